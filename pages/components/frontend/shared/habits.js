// How a person likes to work: kept in their browser, for all reviews.

const STORAGE_KEY = "qc-habits";

/** Whether a decision goes on to the next metric: by key, by key and mouse, or never. @typedef {"keys" | "always" | "never"} MovesOn */

/** @type {readonly (readonly [MovesOn, string])[]} */
export const MOVES_ON = [
  ["keys", "by key, go on to the next metric"],
  ["always", "by key or mouse, go on to the next metric"],
  ["never", "stay at the metric"],
];

/** @type {Record<string, unknown>} */
let habits = {};
try {
  const stored = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "{}");
  if (typeof stored === "object" && stored !== null) habits = stored;
} catch {
  /* not allowed, or written by something else: then all is as usual */
}

/**
 * @param {string} name
 * @param {unknown} value plain JSON
 */
export function setHabit(name, value) {
  habits[name] = value;
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(habits));
  } catch {
    /* no room or not allowed: it lasts as long as the page */
  }
}

/**
 * A habit that is on or off, off by default.
 * @param {string} name
 */
export const getHabit = (name) => habits[name] === true;

/** @returns {MovesOn} */
export const getMovesOn = () => MOVES_ON.find(([value]) => value === habits["movesOn"])?.[0] ?? "keys";
