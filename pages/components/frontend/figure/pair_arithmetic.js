// The arithmetic of two figures that are compared. Pure.

/** @import { Placement, Size } from "../types.d.ts" */
/** @import { PairMode } from "./keys.js" */

/** @type {readonly PairMode[]} */
export const PAIR_MODES = ["swipe", "side", "blink"];

/**
 * A mode, whatever was remembered.
 * @param {unknown} mode
 * @returns {PairMode}
 */
export const parseMode = (mode) => PAIR_MODES.find((one) => one === mode) ?? "swipe";

/**
 * @param {PairMode} mode
 * @returns {PairMode}
 */
export const getNextMode = (mode) => PAIR_MODES[(PAIR_MODES.indexOf(mode) + 1) % PAIR_MODES.length] ?? "swipe";

const MAX_ENLARGED = 4;
const STACKING_GAIN = 1.3; // how much larger both must be drawn one above the other

/**
 * The frame of both: the left one's shape, in as many pixels as the finer of the two has.
 * @param {Size} left
 * @param {Size} right
 * @returns {Size}
 */
export function getCommonSize([width, height], right) {
  const finer = Math.max(1, Math.min(MAX_ENLARGED, Math.max(right[0] / width, right[1] / height)));
  return [width * finer, height * finer];
}

/**
 * Whether both are drawn much larger one above the other than one beside the other.
 * @param {Size} area
 * @param {Size} picture
 */
export function isStackedLarger([wide, high], [width, height]) {
  const besideEachOther = Math.min(wide / 2 / width, high / height);
  const stacked = Math.min(wide / width, high / 2 / height);
  return stacked > STACKING_GAIN * besideEachOther;
}

/**
 * What is seen of a picture in its pane, in CSS pixels from the pane's corner.
 * @param {Pick<Placement, "wide" | "high" | "left" | "top"> & { width: number, height: number }} drawn
 */
export function getVisibleBox({ wide, high, left, top, width, height }) {
  const clip = (/** @type {number} */ room, /** @type {number} */ from, /** @type {number} */ length) => {
    const start = Math.max(0, from);
    return /** @type {const} */ ([start, Math.min(room, from + length) - start]);
  };
  const [visibleLeft, visibleWidth] = clip(wide, left, width);
  const [visibleTop, visibleHeight] = clip(high, top, height);
  return { left: visibleLeft, width: visibleWidth, top: visibleTop, height: visibleHeight };
}

/** @param {number} percent */
export const clampPercent = (percent) => Math.min(100, Math.max(0, percent));

/**
 * Where the handle is drawn, in CSS pixels from the pane's left edge.
 * @param {number} percent of what is seen of the pictures
 * @param {{ left: number, width: number }} box
 */
export const getHandleOffset = (percent, { left, width }) => left + (width * percent) / 100;

/**
 * The share of the pictures that is left of a point; below 0 or above 100 beside them.
 * @param {number} x in CSS pixels from the pane's left edge
 * @param {{ left: number, width: number }} box
 */
export const getHandlePercent = (x, { left, width }) => (100 * (x - left)) / width;

/**
 * @typedef {{ kind: "ready" } | { kind: "key", key: string, shift: boolean }
 *   | { kind: "zoom", factor: number, x: number, y: number }} FrameMessage
 */

const clamp = (/** @type {number} */ value, /** @type {number} */ least, /** @type {number} */ most) =>
  Math.min(most, Math.max(least, value));

/**
 * What the comparing frame reports, which runs a script of others: what is no such message is left out, and numbers are
 * held within bounds. `at` is where its handle is, in percent.
 * @param {unknown} data
 * @returns {{ at: number | null, message: FrameMessage | null }}
 */
export function parseFrameMessage(data) {
  if (typeof data !== "object" || data === null) return { at: null, message: null };
  const { comparison, at, factor, x, y, key, shift } = /** @type {Record<string, unknown>} */ (data);
  /** @type {FrameMessage | null} */
  let message = null;
  if (comparison === "ready") message = { kind: "ready" };
  if (comparison === "key" && typeof key === "string") message = { kind: "key", key, shift: shift === true };
  if (comparison === "zoom" && isNumber(factor) && isNumber(x) && isNumber(y))
    message = { kind: "zoom", factor: clamp(factor, 0.2, 5), x: clamp(x, 0, 10_000), y: clamp(y, 0, 10_000) };
  return { at: isNumber(at) ? clampPercent(at) : null, message };
}

/**
 * @param {unknown} value
 * @returns {value is number}
 */
function isNumber(value) {
  return Number.isFinite(value);
}
