// What verdicts change that the server has not confirmed yet: on a card, in the tree and in the bar. Pure.

import { addCounts, countOne } from "./status_counts.js";

/** @import { CardStatuses, GroupMark, HeldVerdict, Status } from "../types.d.ts" */

/** The statuses in the order of their buttons on a card. */
export const CHOICES = ["Pass", "Fail", "Pending"];

/**
 * A verdict on a card, against what the server has of it.
 * @param {string} card the class of the card's container
 * @param {Status} status
 * @param {CardStatuses[string]} server
 * @param {string[]} groups the addresses of the groups that the metric is in, "" (all metrics) among them
 * @returns {HeldVerdict}
 */
export function holdVerdict(card, status, server, groups) {
  const was = server.more || (server.chosen !== "" && server.chosen !== server.stored);
  const is = server.more || status !== server.stored;
  const before = countOne(server.chosen || server.stored, server.allowed);
  const change = addCounts(countOne(status, server.allowed), before, -1);
  return { card, status, groups, adds: Number(is) - Number(was), change };
}

/**
 * Whether the server has a verdict.
 * @param {HeldVerdict} held
 * @param {CardStatuses} cards
 */
export function isConfirmed(held, cards) {
  const server = cards[held.card];
  return server !== undefined && (server.chosen || server.stored) === held.status;
}

/**
 * How many changes there are, with those that are held.
 * @param {number} number that the server has
 * @param {Iterable<HeldVerdict>} held
 */
export function countWith(number, held) {
  for (const { adds } of held) number += adds;
  return Math.max(0, number);
}

/**
 * What the draft changes in each group, with what is held.
 * @param {Record<string, GroupMark>} marks by the group's address, as the server has them
 * @param {Iterable<HeldVerdict>} held
 */
export function markWith(marks, held) {
  const found = { ...marks };
  for (const { groups, adds, change } of held)
    for (const group of groups) {
      const [changed, ...counts] = found[group] ?? [0, 0, 0, 0, 0];
      found[group] = [Math.max(0, changed + adds), ...addCounts(counts, change)];
    }
  return found;
}

/** ms for which a verdict of a closed tab is kept for the next one: after that others may have decided. */
export const LEFT_TIME = 3_600_000;

/**
 * The verdicts in a text that a page left, for that record; what was read from the storage may be anything.
 * @param {string | null} text
 * @param {string} record
 * @param {number} [now] where given, the text has to be from the hour before
 * @returns {[key: string, status: Status][]}
 */
export function readLeftVerdicts(text, record, now) {
  let left = null;
  try {
    left = JSON.parse(text ?? "null");
  } catch {
    return [];
  }
  if (left?.record !== record || !Array.isArray(left.verdicts)) return [];
  if (now !== undefined && !(now - left.at >= 0 && now - left.at < LEFT_TIME)) return [];
  return left.verdicts.filter((/** @type {unknown} */ one) => Array.isArray(one) && typeof one[0] === "string" && CHOICES.includes(one[1]));
}
