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

/** Changes that can be submitted without the dialog at most; `verdicts.py` has the same number. */
export const MAX_AT_ONCE = 50;

/** Up to how many changes are submitted without the dialog: 0, the default, for none. */
export const getSubmitLimit = () => readSubmitLimit(habits["submitAtOnce"]);

/**
 * A whole number from 0 to 50; 0 for anything else.
 * @param {unknown} value
 */
export const readSubmitLimit = (value) => {
  const number = Number(typeof value === "string" && value.trim() === "" ? 0 : value);
  return Number.isInteger(number) && number > 0 ? Math.min(number, MAX_AT_ONCE) : 0;
};

/** @returns {MovesOn} */
export const getMovesOn = () => MOVES_ON.find(([value]) => value === habits["movesOn"])?.[0] ?? "keys";
