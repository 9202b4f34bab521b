// The arithmetic of a strip of values over time. Pure.

/** @import { ComparedValue, Size } from "../types.d.ts" */

/**
 * How far down each number is drawn: the highest of the range at 0, the lowest at 1. What is beyond the range is drawn at
 * its edge.
 * @param {readonly [low: number, high: number]} range
 * @param {number} number
 */
export function getDepth([low, high], number) {
  if (!(high > low)) return 0.5;
  const share = (number / 2 - low / 2) / (high / 2 - low / 2); // halves: the difference of two floats may be none
  return 1 - Math.min(1, Math.max(0, share));
}

/**
 * How far across each is drawn, from 0 to 1, by its time; those without a time are at the left edge. Where all are of
 * one time they are spread in their order.
 * @param {readonly (string | null)[]} times
 * @returns {number[]}
 */
export function getShares(times) {
  const moments = times.map((time) => (time ? Date.parse(time) : Number.NaN));
  const known = moments.filter((moment) => !Number.isNaN(moment));
  const [first, last] = [Math.min(...known), Math.max(...known)];
  if (!known.length || first === last) return times.map((_, at) => (times.length > 1 ? at / (times.length - 1) : 0.5));
  return moments.map((moment) => (Number.isNaN(moment) ? 0 : (moment - first) / (last - first)));
}

/**
 * The point that is nearest to another and no farther than `reach`; -1 for none.
 * @param {readonly Size[]} points
 * @param {Size} at
 * @param {number} reach
 */
export function findNearest(points, [x, y], reach) {
  let [nearest, least] = [-1, reach];
  points.forEach(([left, top], index) => {
    const far = Math.hypot(left - x, top - y);
    if (far <= least) [nearest, least] = [index, far];
  });
  return nearest;
}

/**
 * A number in at most five digits; a very large or small one with its power of ten.
 * @param {number} number
 */
export function formatValue(number) {
  const size = Math.abs(number);
  if (size !== 0 && (size >= 1e7 || size < 1e-4)) return number.toExponential(3).replace(/\.?0+e/, "e").replace("e+", "e");
  return number.toLocaleString("en", { maximumSignificantDigits: 5 });
}

/**
 * The day of an ISO time, or what is shown where there is none.
 * @param {string | null} time
 */
export const formatDay = (time) => time?.slice(0, 10) ?? "no date";

/**
 * How many values have each status, in the order in which a legend lists them.
 * @param {readonly Pick<ComparedValue, "status">[]} values
 * @returns {[status: string, count: number][]}
 */
export function countStatuses(values) {
  return ["Pass", "Fail", "Pending", ""]
    .map((status) => /** @type {[string, number]} */ ([status, values.filter((one) => one.status === status).length]))
    .filter(([, count]) => count > 0);
}

/**
 * The index that a key leads to among `count` values from `at` (-1 for none); null for any other key.
 * @param {string} key
 * @param {number} at
 * @param {number} count
 */
export function moveIndex(key, at, count) {
  if (!count) return null;
  if (key === "ArrowRight" || key === "ArrowUp") return Math.min(count - 1, at + 1);
  if (key === "ArrowLeft" || key === "ArrowDown") return at < 0 ? count - 1 : Math.max(0, at - 1);
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : null;
}

/**
 * The SVG path of marks of one status at these points: a disc, a cross, a ring or a dash, so that they differ without
 * their colours.
 * @param {string} status
 * @param {readonly Size[]} points
 * @param {number} radius
 */
export function buildMarks(status, points, radius) {
  const r = radius;
  const circle = (/** @type {Size} */ [x, y]) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
  const cross = (/** @type {Size} */ [x, y]) => `M${x - r} ${y - r}l${2 * r} ${2 * r}m0 ${-2 * r}l${-2 * r} ${2 * r}`;
  const dash = (/** @type {Size} */ [x, y]) => `M${x - r} ${y}h${2 * r}`;
  const rounded = points.map(([x, y]) => /** @type {Size} */ ([Math.round(10 * x) / 10, Math.round(10 * y) / 10]));
  return rounded.map(status === "Fail" ? cross : status === "" ? dash : circle).join("");
}
