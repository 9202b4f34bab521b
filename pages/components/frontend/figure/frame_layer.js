// Views by other sites that stay alive while another figure of the asset is open. A frame that leaves the document, or is
// moved within it, loads again and loses what was done in it. So these frames are in a layer of their own, outside of
// what Streamlit draws, and are laid over the place of the open figure.
import { createElement } from "../shared/elements.js";

/** @import { Cleanup } from "../types.d.ts" */

/** @typedef {{ key: string, record: string, frame: HTMLIFrameElement, box: HTMLElement, place: HTMLElement | null, stop: Cleanup }} KeptFrame */

const MOST_FRAMES = 2;

/**
 * By key, the one that was shown last at the end.
 * @type {Map<string, KeptFrame>}
 */
const frames = new Map();
/** @type {HTMLElement | null} */
let layer = null;
let animation = 0;

function getLayer() {
  if (layer?.isConnected) return layer;
  for (const key of frames.keys()) removeFrame(key); // the page that held them is gone
  layer = createElement("div", "qc-frames");
  (document.querySelector('[data-testid="stMain"]') ?? document.body).append(layer);
  return layer;
}

/** @param {string} key */
export const findFrame = (key) => (layer?.isConnected ? frames.get(key) : undefined);

/**
 * Puts a new frame into the layer; of those that are not seen, the ones shown longest ago make room.
 * @param {string} key
 * @param {string} record
 * @param {HTMLIFrameElement} frame
 * @param {Cleanup} stop called when it is removed
 */
export function addFrame(key, record, frame, stop) {
  const box = createElement("div", "qc-frame");
  box.append(frame);
  getLayer().append(box);
  const added = { key, record, frame, box, place: null, stop };
  frames.set(key, added);
  for (const other of frames.values()) {
    if (frames.size <= MOST_FRAMES) break;
    if (other !== added && !other.place) removeFrame(other.key);
  }
  return added;
}

/** @param {string} key */
export function removeFrame(key) {
  const removed = frames.get(key);
  if (!removed) return;
  frames.delete(key);
  removed.stop();
  removed.box.remove();
}

/**
 * Lays a frame over a place in the page, and keeps it there, until the returned function is called.
 * @param {KeptFrame} shown
 * @param {HTMLElement} place
 * @returns {Cleanup}
 */
export function showFrame(shown, place) {
  shown.place = place;
  frames.delete(shown.key);
  frames.set(shown.key, shown);
  if (!animation) follow();
  return () => {
    if (shown.place === place) hide(shown);
  };
}

/** Removes the frames of every record but this one: they are kept within one asset. @param {string} record */
export function removeFramesOfOthers(record) {
  for (const one of frames.values()) if (one.record !== record) removeFrame(one.key);
}

/** @param {KeptFrame} hidden */
function hide(hidden) {
  hidden.place = null;
  hidden.box.classList.remove("shown");
  hidden.box.inert = true;
}

/** Moves each frame to where its place is now. There is no event for an element that moved, so each drawing is asked. */
function follow() {
  animation = 0;
  let isAnyShown = false;
  for (const one of frames.values()) {
    if (!one.place) continue;
    isAnyShown = true;
    const place = one.place.getBoundingClientRect();
    const origin = getLayer().getBoundingClientRect();
    const isSeen = one.place.isConnected && place.width > 0 && place.height > 0;
    one.box.inert = !isSeen;
    one.box.classList.toggle("shown", isSeen);
    if (!isSeen) continue;
    setLength(one.box, "left", place.left - origin.left);
    setLength(one.box, "top", place.top - origin.top);
    setLength(one.box, "width", place.width);
    setLength(one.box, "height", place.height);
  }
  if (isAnyShown) animation = requestAnimationFrame(follow);
}

/**
 * @param {HTMLElement} element
 * @param {"left" | "top" | "width" | "height"} property
 * @param {number} pixels
 */
function setLength(element, property, pixels) {
  const value = `${Math.round(pixels * 4) / 4}px`;
  if (element.style[property] !== value) element.style[property] = value;
}
