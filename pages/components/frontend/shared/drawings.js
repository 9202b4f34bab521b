// What the drawing of a component observes ends where the component is drawn again. Streamlit calls the function that a
// component returns only when the component leaves the page.

/** @import { Cleanup } from "../types.d.ts" */

/** @type {WeakMap<Element, Cleanup[]>} */
const endings = new WeakMap();

/**
 * Ends what the last drawing in an element observed, and begins what this one does.
 * @param {Element} root
 * @param {() => Cleanup[]} observe gives the functions that end it
 * @returns {Cleanup} for when the component leaves the page
 */
export function replaceObservers(root, observe) {
  endObservers(root);
  endings.set(root, observe());
  return () => endObservers(root);
}

/** @param {Element} root */
function endObservers(root) {
  for (const end of endings.get(root) ?? []) end();
  endings.delete(root);
}

/**
 * @param {() => void} observer called after each change of the window's size
 * @returns {Cleanup} ends that
 */
export function observeSize(observer) {
  window.addEventListener("resize", observer);
  return () => window.removeEventListener("resize", observer);
}
