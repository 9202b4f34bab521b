// Keys for figures: whether a key is the figure's, and which figure's.
import { findTarget } from "../shared/event_path.js";
import { isMovingKey, isTypedIn } from "./keys.js";

/** @import { Cleanup, KeyHandler } from "../types.d.ts" */

/**
 * A key is the figure's only while nobody types or moves within something else: letters from anywhere but a field,
 * arrows and the space bar only where nothing else has the focus. C and R are Streamlit's own.
 * @param {KeyboardEvent} event
 * @param {Element} host
 */
function isFigureKey(event, host) {
  const target = findTarget(event);
  if (event.defaultPrevented || event.isComposing || document.querySelector('[role="dialog"]')) return false;
  if ((event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState("AltGraph")) return false;
  if (!target) return !isMovingKey(event.key);
  const field = target.closest("input, textarea, select, [contenteditable]:not([contenteditable=false])");
  const fieldType = field && (field instanceof HTMLInputElement ? field.type : field.tagName.toLowerCase());
  if (isTypedIn({ fieldType, role: target.getAttribute("role") ?? "", tag: target.tagName })) return false;
  if (!isMovingKey(event.key)) return true;
  if (target.matches("input, video, summary") || (event.key === " " && target.matches("button, a"))) return false;
  return target === document.body || target === document.documentElement || event.composedPath().includes(host);
}

/** @type {{ host: Element, handle: KeyHandler }[]} */
const listeners = [];

// Several figures can be on a page (two that no handle can join): the one with the focus answers, or else the first.
document.addEventListener("keydown", (event) => {
  const focused = listeners.find(({ host }) => event.composedPath().includes(host));
  const listener = focused ?? listeners[0];
  if (listener && isFigureKey(event, listener.host) && listener.handle(event.key, event.shiftKey)) event.preventDefault();
});

/**
 * Hands a figure its keys.
 * @param {Element} host
 * @param {KeyHandler} handle
 * @returns {Cleanup}
 */
export function listenForKeys(host, handle) {
  const listener = { host, handle };
  listeners.push(listener);
  return () => {
    listeners.splice(listeners.indexOf(listener), 1);
  };
}
