// What a grid shows and where its keys lead. Pure.

/** @import { GridServer, GridStep, TileVerdict } from "../types.d.ts" */

/**
 * The verdict of a tile, with the steps that the server has not confirmed yet.
 * @param {string} id
 * @param {Pick<GridServer, "stored" | "drafted">} server
 * @param {readonly GridStep[]} pending
 * @returns {TileVerdict}
 */
export function getTileVerdict(id, { stored, drafted }, pending) {
  const was = stored[id] ?? "";
  let verdict = { status: drafted[id] || was, stored: was, isChanged: Object.hasOwn(drafted, id) };
  for (const [, command, tiles] of pending) {
    if (!tiles.includes(id) || command === "reason" || (command === "rest" && !isLeft(verdict))) continue;
    const status = command === "rest" ? "Pass" : command;
    verdict = { status, stored: was, isChanged: status !== was };
  }
  return verdict;
}

/**
 * The short reasons of a tile's Fail, with the steps that the server has not confirmed yet.
 * @param {{ id: string, reasons: string[] }} tile with the reasons that it can have
 * @param {Pick<GridServer, "reasons">} server
 * @param {readonly GridStep[]} pending
 */
export function getTileReasons({ id, reasons: offered }, { reasons }, pending) {
  let given = reasons[id] ?? [];
  for (const [, command, tiles, number] of pending) {
    const reason = command === "reason" && tiles.includes(id) && number ? offered[number - 1] : undefined;
    if (reason !== undefined) given = given.includes(reason) ? given.filter((one) => one !== reason) : [...given, reason];
  }
  return given;
}

/**
 * Whether a tile is left to decide: it is Pending in its record, and nothing of it is changed in the draft.
 * @param {TileVerdict} verdict
 */
export const isLeft = ({ stored, isChanged }) => stored === "Pending" && !isChanged;

/**
 * The index that a command leads to from `at`, null for a command that does not move. At an edge one stays.
 * @param {string} command
 * @param {number} at
 * @param {number} count
 * @param {number} columns
 */
export function moveTile(command, at, count, columns) {
  /** @type {Record<string, number>} */
  const targets = { nextTile: at + 1, previousTile: at - 1, tileBelow: at + columns, tileAbove: at - columns, firstTile: 0, lastTile: count - 1 };
  const target = targets[command];
  if (target === undefined || !count) return null;
  if (command === "tileBelow" && target >= count) {
    const isInLastRow = Math.floor(at / columns) === Math.floor((count - 1) / columns);
    return isInLastRow ? at : count - 1;
  }
  return target < 0 || target >= count ? at : target;
}

/**
 * The index of the next tile after `at` that is left to decide, from the beginning again after the last; -1 for none.
 * @param {readonly TileVerdict[]} verdicts in order
 * @param {number} at
 */
export function findNextLeft(verdicts, at) {
  for (let step = 1; step <= verdicts.length; step += 1) {
    const index = (at + step) % verdicts.length;
    const verdict = verdicts[index];
    if (verdict && isLeft(verdict) && index !== at) return index;
  }
  return -1;
}

/**
 * How many tiles show Pass and Fail, and how many are left to decide.
 * @param {readonly TileVerdict[]} verdicts
 */
export function countVerdicts(verdicts) {
  const count = (/** @type {(one: TileVerdict) => boolean} */ matches) => verdicts.filter(matches).length;
  return { pass: count(({ status }) => status === "Pass"), fail: count(({ status }) => status === "Fail"), left: count(isLeft) };
}
