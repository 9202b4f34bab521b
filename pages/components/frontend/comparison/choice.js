// Whether numbers are compared with those of the project, and with how many: one choice for all cards, kept in this tab.
import { recall, remember } from "../figure/memory.js";

/** @import { Cleanup } from "../types.d.ts" */

export const COUNTS = [200, 1000, 5000];

/** @type {Set<() => void>} */
const observers = new Set();

export const isComparing = () => recall("compare") === true;

/** @returns {number} */
export const getMost = () => COUNTS.find((count) => count === recall("compare-most")) ?? 200;

function notify() {
  document.documentElement.classList.toggle("qc-compare", isComparing());
  for (const observer of observers) observer();
}

/** @param {boolean} on */
export function setComparing(on) {
  remember("compare", on);
  notify();
}

/** @param {number} most */
export function setMost(most) {
  remember("compare-most", most);
  notify();
}

/**
 * Calls `observer` after each change of the choice.
 * @param {() => void} observer
 * @returns {Cleanup}
 */
export function observeChoice(observer) {
  observers.add(observer);
  return () => observers.delete(observer);
}

document.documentElement.classList.toggle("qc-compare", isComparing());
