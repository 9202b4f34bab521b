// What this tab remembers of figures, through reloads; without storage, until the next reload.

/** @type {Map<string, unknown>} */
const remembered = new Map();
const STORAGE_KEY = "qc-figures";
const MAX_REMEMBERED = 300;
const SAVE_DELAY = 100; // ms

try {
  for (const [key, value] of JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? "[]")) remembered.set(key, value);
} catch {
  remembered.clear();
}

let timer = 0;
if (typeof window !== "undefined") window.addEventListener("pagehide", () => timer && save()); // a test of node's has none

function save() {
  timer = 0;
  try {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify([...remembered]));
  } catch {
    /* no room or not allowed: it lasts until the next reload */
  }
}

/**
 * @param {string} key
 * @param {unknown} value plain JSON
 */
export function remember(key, value) {
  remembered.delete(key);
  remembered.set(key, value);
  const oldest = remembered.keys().next().value;
  if (remembered.size > MAX_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  clearTimeout(timer);
  timer = window.setTimeout(save, SAVE_DELAY);
}

/**
 * What was remembered; what was read from the storage may be anything.
 * @param {string} key
 * @returns {unknown}
 */
export const recall = (key) => remembered.get(key);
