// The drawer that the tree of groups is where the window is narrow, or a figure needs its width: the tree states what it
// holds, the button in the line at the top opens it.

/**
 * `folded`: whether the tree is a drawer now. `label` is the path of the open group. `returns`: whether the focus goes back to the button.
 * @typedef {{ folded: boolean, shown: boolean, label: string, returns: boolean }} Drawer
 */

/** @type {Drawer} */
let drawer = { folded: false, shown: false, label: "", returns: false };
/** @type {Set<() => void>} */
const observers = new Set();

/** @returns {Readonly<Drawer>} */
export const getDrawer = () => drawer;

/** @param {Partial<Drawer>} change */
export function setDrawer(change) {
  const next = { ...drawer, returns: false, ...change };
  if (!next.folded) next.shown = false;
  const keys = /** @type {(keyof Drawer)[]} */ (Object.keys(next));
  if (keys.every((key) => next[key] === drawer[key])) return;
  drawer = next;
  for (const observer of observers) observer();
}

/** Opens the drawer, or closes it. */
export function toggleDrawer() {
  setDrawer({ shown: !drawer.shown });
}

/**
 * @param {() => void} observer called after each change
 * @returns {() => void} ends that
 */
export function observeDrawer(observer) {
  observers.add(observer);
  return () => {
    observers.delete(observer);
  };
}
