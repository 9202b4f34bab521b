// Which group is open: from the panes, or the click that opens it, to the tree, which is not drawn again for that.

/** @import { OpenGroup } from "../types.d.ts" */

/** @type {OpenGroup | null} */
let open = null;
/** @type {Set<() => void>} */
const observers = new Set();

/**
 * The open group; null before the panes were drawn.
 * @returns {OpenGroup | null}
 */
export const getOpenGroup = () => open;

/** @param {OpenGroup} next */
export function setOpenGroup(next) {
  open = next;
  for (const observer of observers) observer();
}

/**
 * @param {() => void} observer called after each change
 * @returns {() => void} ends that
 */
export function observeOpenGroup(observer) {
  observers.add(observer);
  return () => {
    observers.delete(observer);
  };
}
