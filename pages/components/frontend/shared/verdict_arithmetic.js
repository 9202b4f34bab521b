// What verdicts change that the server has not confirmed yet: on a card, in the tree and in the bar. Pure.

/** @import { CardStatuses, HeldVerdict, Status } from "../types.d.ts" */

/** The statuses in the order of their buttons on a card. */
export const CHOICES = ["Pass", "Fail", "Pending"];

/**
 * A verdict on a card, against what the server has of it.
 * @param {string} card the class of the card's container
 * @param {Status} status
 * @param {CardStatuses[string]} server
 * @param {string[]} groups the addresses of the groups that the metric is in
 * @returns {HeldVerdict}
 */
export function holdVerdict(card, status, server, groups) {
  const was = server.more || (server.chosen !== "" && server.chosen !== server.stored);
  const is = server.more || status !== server.stored;
  return { card, status, groups, adds: Number(is) - Number(was) };
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
 * How many metrics of each group are changed, with those that are held.
 * @param {Record<string, number>} marks by the group's address, as the server has them
 * @param {Iterable<HeldVerdict>} held
 */
export function markWith(marks, held) {
  const counts = { ...marks };
  for (const { groups, adds } of held)
    for (const group of groups) counts[group] = Math.max(0, (counts[group] ?? 0) + adds);
  return counts;
}
