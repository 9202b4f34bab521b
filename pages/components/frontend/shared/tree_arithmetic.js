// The size of the tree as it is kept, and its limits. Pure.

const [NARROWEST, WIDEST] = [160, 520]; // px
const DEFAULT_WIDTH = 198; // px, with which the figure has half of a window of 1440 by 900

/** @param {number} width in px */
export const clampWidth = (width) => Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));

/**
 * What was kept; what was read from the storage may be anything.
 * @param {string | null} text
 * @returns {{ width: number, closed: boolean }}
 */
export function readSize(text) {
  /** @type {unknown} */
  let kept = null;
  try {
    kept = JSON.parse(text ?? "null");
  } catch {
    /* damaged: the defaults */
  }
  const { width, closed } = /** @type {Record<string, unknown>} */ (kept !== null && typeof kept === "object" ? kept : {});
  return { width: Number.isFinite(width) ? clampWidth(Number(width)) : DEFAULT_WIDTH, closed: closed === true };
}
