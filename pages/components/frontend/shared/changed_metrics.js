// How many metrics of each group a reader changed and did not submit: from the component that learns it after each
// change to the tree, which is not drawn again for that.

/** @type {Record<string, number>} */
let counts = {};
/** @type {Set<() => void>} */
const observers = new Set();

/**
 * @param {string} group the group's address
 * @returns {number}
 */
export const getChangedCount = (group) => counts[group] ?? 0;

/** @param {Record<string, number>} next counts by the group's address */
export function setChangedCounts(next) {
  counts = next;
  for (const observer of observers) observer();
}

/**
 * @param {() => void} observer called after each change
 * @returns {() => void} ends that
 */
export function observeChangedCounts(observer) {
  observers.add(observer);
  return () => {
    observers.delete(observer);
  };
}
