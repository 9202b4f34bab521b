// The arithmetic of zooming and moving a picture in its pane. Pure: sizes and views in, views out.

/** @import { Placement, Size, View } from "../types.d.ts" */

/** A picture seen whole, as it is stored. @type {Readonly<View>} */
export const WHOLE_VIEW = { fit: true, scale: 1, x: 0.5, y: 0.5, brightness: 0, contrast: 0, at: 0 };

/** One press of + or −. */
export const ZOOM_STEP = 1.25;

const LARGEST_SCALE = 32; // pixels of the screen a pixel of the picture
const FIT_TOLERANCE = 0.005; // a scale this close to that of the whole picture is taken for it

const clamp = (/** @type {number} */ value, /** @type {number} */ least, /** @type {number} */ most) =>
  Math.min(most, Math.max(least, value));

/**
 * Whether a value has the form of a view: what was remembered by an older version may have another.
 * @param {unknown} value
 * @returns {value is View}
 */
export function isView(value) {
  if (typeof value !== "object" || value === null || typeof (/** @type {View} */ (value).fit) !== "boolean") return false;
  const numbers = /** @type {const} */ (["scale", "x", "y", "brightness", "contrast", "at"]);
  return numbers.every((name) => Number.isFinite(/** @type {View} */ (value)[name]));
}

/**
 * The latest wish counts: what was chosen for this very figure, or for the one of the same size looked at before.
 * @param {View | null} own
 * @param {View | null} before
 * @returns {View}
 */
export function chooseView(own, before) {
  const [mine, other] = [own ?? WHOLE_VIEW, before ?? WHOLE_VIEW];
  return { ...(other.at > mine.at ? other : mine) };
}

/**
 * Where a picture is drawn. What is smaller than the pane is in its middle, what is larger leaves no gap at an edge.
 * @param {View} view
 * @param {Size} pane in CSS pixels
 * @param {Size} picture in its own pixels
 * @returns {Placement}
 */
export function placePicture(view, [wide, high], [width, height]) {
  const fitting = Math.min(wide / width, high / height);
  const scale = view.fit ? fitting : view.scale;
  const start = (/** @type {number} */ room, /** @type {number} */ length, /** @type {number} */ centre) => {
    const drawn = length * scale;
    return drawn <= room ? (room - drawn) / 2 : clamp(room / 2 - centre * drawn, room - drawn, 0);
  };
  return { scale, fitting, wide, high, left: start(wide, width, view.x), top: start(high, height, view.y) };
}

/**
 * The smallest and the largest scale: at least the whole picture, and its actual pixels, can always be seen.
 * @param {number} fitting
 * @param {number} pixelRatio pixels of the screen a CSS pixel
 * @returns {[least: number, most: number]}
 */
export const getScaleLimits = (fitting, pixelRatio) => [
  Math.min(fitting, 1 / pixelRatio),
  Math.max(LARGEST_SCALE / pixelRatio, fitting),
];

/**
 * Whether a picture can still be drawn larger (a factor above 1), or smaller.
 * @param {Placement} placement
 * @param {number} factor
 * @param {number} pixelRatio
 */
export function canZoom({ scale, fitting }, factor, pixelRatio) {
  const [least, most] = getScaleLimits(fitting, pixelRatio);
  return factor < 1 ? scale > least * 1.001 : scale < most * 0.999;
}

/**
 * The point of a picture that is in the middle of its pane, from 0 to 1, if it is drawn with its corner at (left, top).
 * @param {Size} pane
 * @param {Size} picture
 * @param {number} scale
 * @param {number} left
 * @param {number} top
 */
export const findMiddle = ([wide, high], [width, height], scale, left, top) => ({
  x: (wide / 2 - left) / (width * scale),
  y: (high / 2 - top) / (height * scale),
});

/**
 * The view at another scale: the point of the picture that is under `at`, in the pane, stays there. A scale that passes
 * the one at which the whole picture fits stops there.
 * @param {View} view
 * @param {Placement} placement how it is drawn now
 * @param {Size} picture
 * @param {number} wanted the scale asked for
 * @param {readonly [x: number, y: number]} at
 * @param {number} pixelRatio
 * @returns {View}
 */
export function zoomView(view, placement, picture, wanted, [x, y], pixelRatio) {
  const { fitting, wide, high } = placement;
  const clamped = clamp(wanted, ...getScaleLimits(fitting, pixelRatio));
  const passesFit = (placement.scale - fitting) * (clamped - fitting) < 0 && !view.fit;
  const fit = passesFit || Math.abs(clamped / fitting - 1) < FIT_TOLERANCE;
  const scale = fit ? fitting : clamped;
  const left = x - ((x - placement.left) / placement.scale) * scale;
  const top = y - ((y - placement.top) / placement.scale) * scale;
  return { ...view, fit, scale, ...findMiddle([wide, high], picture, scale, left, top) };
}

/** @param {View} view */
export const isNeutral = ({ brightness, contrast }) => brightness === 0 && contrast === 0;

/**
 * The CSS filter of a view: each 50 steps double or halve. "" where nothing was changed.
 * @param {View} view
 */
export function buildFilter(view) {
  const strength = (/** @type {number} */ step) => 2 ** (step / 50);
  if (isNeutral(view)) return "";
  return `brightness(${strength(view.brightness)}) contrast(${strength(view.contrast)})`;
}

/**
 * By how much a turn of the wheel zooms. A pinch on a touchpad comes as a wheel with Ctrl.
 * @param {{ deltaY: number, deltaMode: number, ctrlKey: boolean }} event
 */
export function getWheelFactor({ deltaY, deltaMode, ctrlKey }) {
  const unit = ctrlKey ? 0.01 : deltaMode ? 0.05 : 0.0018;
  return Math.exp(-clamp(deltaY, -400, 400) * unit);
}

/**
 * What two fingers ask for when one of them moves: the factor to zoom by, the point that stays, and how far it moves.
 * @param {readonly [number, number]} from where the finger was
 * @param {readonly [number, number]} to where it is now
 * @param {readonly [number, number]} other where the other finger is
 */
export function resolvePinch(from, to, other) {
  const distance = (/** @type {readonly [number, number]} */ [x, y]) =>
    Math.max(10, Math.hypot(x - other[0], y - other[1]));
  return {
    factor: distance(to) / distance(from),
    x: (to[0] + other[0]) / 2,
    y: (to[1] + other[1]) / 2,
    moveX: (to[0] - from[0]) / 2,
    moveY: (to[1] - from[1]) / 2,
  };
}
