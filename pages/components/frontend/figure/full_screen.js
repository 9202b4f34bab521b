// Full screen shows the figure and its cards, and hides the rest. The whole page goes there, since lists that open and
// dialogs are at its end. Where a browser has no full screen (a telephone) the window is filled instead.

/** @import { Cleanup } from "../types.d.ts" */

/** @type {Set<() => void>} */
const observers = new Set();

export const isFullScreen = () => document.documentElement.classList.contains("qc-full");

/** @param {boolean} on */
export function setFullScreen(on) {
  document.documentElement.classList.toggle("qc-full", on);
  if (on && !document.fullscreenElement) document.documentElement.requestFullscreen?.().catch(() => {});
  if (!on && document.fullscreenElement) document.exitFullscreen().catch(() => {});
  for (const observer of observers) observer();
}

/**
 * @param {() => void} observer called after each change
 * @returns {Cleanup}
 */
export function observeFullScreen(observer) {
  observers.add(observer);
  return () => {
    observers.delete(observer);
  };
}

// The browser's own way out, Escape.
document.addEventListener("fullscreenchange", () => {
  if (!document.fullscreenElement && isFullScreen()) setFullScreen(false);
});
