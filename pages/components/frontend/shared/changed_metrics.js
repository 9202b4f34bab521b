// What a reader's draft changes in each group: from the component that learns it after each change to the header and
// the tree, which are not drawn again for that.

/** @import { GroupMark, StatusCounts } from "../types.d.ts" */

/** Which record, and whose draft of it, `marks` are of. */
let of = "";
/** By the group's address, "" for all metrics. @type {Record<string, GroupMark>} */
let marks = {};
/** @type {Set<() => void>} */
const observers = new Set();

/**
 * How many metrics of a group are changed, and what that adds to its counts.
 * @param {string} record
 * @param {string} group the group's address, "" for all metrics
 * @returns {{ changed: number, counts: StatusCounts }}
 */
export function getDraftCounts(record, group) {
  const [changed, ...counts] = (record === of && marks[group]) || [0, 0, 0, 0, 0];
  return { changed, counts };
}

/**
 * @param {string} record
 * @param {Record<string, GroupMark>} next by the group's address
 */
export function setDraftCounts(record, next) {
  of = record;
  marks = next;
  for (const observer of observers) observer();
}

/**
 * @param {() => void} observer called after each change
 * @returns {() => void} ends that
 */
export function observeDraftCounts(observer) {
  observers.add(observer);
  return () => {
    observers.delete(observer);
  };
}
