// How many metrics have each status: `[passed, failed, allowed, pending]`, as qc_core/quality_control/status_counts.py
// has it. `allowed` are those with a Fail that counts as Pass, `failed` the others. Pure.

/** @import { Status, StatusCounts } from "../types.d.ts" */

/**
 * The counts of a single metric that can be given a status; one that has none is left to decide.
 * @param {Status} status
 * @param {boolean} isAllowed whether a Fail of it counts as Pass
 * @returns {StatusCounts}
 */
export function countOne(status, isAllowed) {
  const isFail = status === "Fail";
  return [
    Number(status === "Pass"),
    Number(isFail && !isAllowed),
    Number(isFail && isAllowed),
    Number(status === "Pending" || status === ""),
  ];
}

/**
 * @param {StatusCounts} counts
 * @param {StatusCounts} others
 * @param {1 | -1} [sign] whether the others are added or taken away
 * @returns {StatusCounts}
 */
export function addCounts(counts, others, sign = 1) {
  const [passed, failed, allowed, pending] = others;
  return [
    counts[0] + sign * passed,
    counts[1] + sign * failed,
    counts[2] + sign * allowed,
    counts[3] + sign * pending,
  ];
}

/**
 * How many are left to decide: those that are Pending, or have no status.
 * @param {StatusCounts} counts
 */
export const countLeft = (counts) => Math.max(0, counts[3]);

/**
 * How many are Pass or Fail.
 * @param {StatusCounts} counts
 */
export const countDecided = (counts) => Math.max(0, counts[0] + counts[1] + counts[2]);

/**
 * How many are Fail, whether that is allowed or not.
 * @param {StatusCounts} counts
 */
export const countFailed = (counts) => Math.max(0, counts[1] + counts[2]);

/**
 * What the counts add up to, "" where no metric has a status.
 * @param {StatusCounts} counts
 * @returns {Status}
 */
export function rollUp(counts) {
  if (counts[1] > 0) return "Fail";
  if (counts[3] > 0) return "Pending";
  return countDecided(counts) ? "Pass" : "";
}

/**
 * How many have the status that they add up to, and so decide it.
 * @param {Status} status
 * @param {StatusCounts} counts
 */
export function countDecisive(status, counts) {
  if (status === "Fail") return Math.max(0, counts[1]);
  return status === "Pending" ? countLeft(counts) : countDecided(counts);
}

/**
 * The status with a draft: as stored where the draft changes none.
 * @param {Status} stored
 * @param {StatusCounts} counts as stored
 * @param {StatusCounts} change what the draft adds to them
 */
export const rollUpWith = (stored, counts, change) =>
  change.some((number) => number !== 0) ? rollUp(addCounts(counts, change)) : stored;
