// Where a key was pressed.

/**
 * What an event passes, from the element that has the focus on, without what is in a dialog that has been closed: the
 * browser takes the focus out of there only as it draws the next frame, and keys can be quicker.
 * @param {Event} event
 */
export function findPath(event) {
  const path = event.composedPath();
  return path.slice(1 + path.findLastIndex((node) => node instanceof HTMLDialogElement && !node.open));
}

/**
 * The element that has the focus, or null.
 * @param {Event} event
 */
export function findTarget(event) {
  const [target] = findPath(event);
  return target instanceof Element ? target : null;
}
