// Which key does what in which kind of figure, and how the list of keys names them. Pure: it acts on nothing.

/** @import { KeyRow } from "../types.d.ts" */

/** @typedef {"swipe" | "side" | "blink"} PairMode */

/** The keys of the frame around every figure. */
export const FRAME_COMMANDS = /** @type {const} */ ({
  "[": "previousFigure",
  "]": "nextFigure",
  f: "toggleFullScreen",
  F: "toggleFullScreen",
  Escape: "leaveFullScreen",
  "?": "showKeys",
});

/** @type {readonly KeyRow[]} */
export const FRAME_ROWS = [
  ["[ ]", "previous, next figure"],
  ["F", "full screen, and back"],
  ["?", "these keys"],
];

export const ZOOM_COMMANDS = /** @type {const} */ ({
  "+": "zoomIn",
  "=": "zoomIn",
  "-": "zoomOut",
  0: "fit",
  1: "showActualPixels",
  a: "openAdjust",
  A: "openAdjust",
  ArrowLeft: "panRight",
  ArrowRight: "panLeft",
  ArrowUp: "panDown",
  ArrowDown: "panUp",
});

/** @type {readonly KeyRow[]} */
export const ZOOM_ROWS = [
  ["+ −", "zoom in, zoom out; so does the wheel"],
  ["0", "fit"],
  ["1", "actual pixels; a double click does both"],
  ["← ↑ → ↓", "move"],
  ["A", "brightness and contrast"],
];

export const VIDEO_COMMANDS = /** @type {const} */ ({
  " ": "togglePlay",
  ",": "stepBack",
  ".": "stepForward",
  "<": "slower",
  ">": "faster",
});

/** @type {readonly KeyRow[]} */
export const VIDEO_ROWS = [
  ["space", "play, pause"],
  [", .", "one frame back, one frame on"],
  ["< >", "slower, faster"],
];

/** The keys of a video that is alone: in a pair the arrows move the handle. */
export const SEEK_COMMANDS = /** @type {const} */ ({ ArrowLeft: "seekBack", ArrowRight: "seekForward" });

/** @type {KeyRow} */
export const SEEK_ROW = ["← →", "5 seconds back, on"];

/**
 * The command of a key in one of these tables.
 * @template {Record<string, string>} Commands
 * @param {Commands} commands
 * @param {string} key as in `KeyboardEvent.key`
 * @returns {Commands[keyof Commands] | null}
 */
export function findCommand(commands, key) {
  return Object.hasOwn(commands, key) ? commands[/** @type {keyof Commands} */ (key)] : null;
}

/**
 * What a key does in a pair by itself; null where it is left to the videos, and then to the zoom.
 * @param {string} key
 * @param {{ shift: boolean, mode: PairMode, hasVideo: boolean }} state
 * @returns {"nextMode" | "handleLeft" | "handleRight" | "showLeft" | "showRight" | "toggleBlink" | null}
 */
export function findPairCommand(key, { shift, mode, hasVideo }) {
  if (key === "m" || key === "M") return "nextMode";
  if (key === " ") return mode === "blink" && !hasVideo ? "toggleBlink" : null;
  if (shift || (key !== "ArrowLeft" && key !== "ArrowRight")) return null;
  if (mode === "swipe") return key === "ArrowLeft" ? "handleLeft" : "handleRight";
  if (mode === "blink") return key === "ArrowLeft" ? "showLeft" : "showRight";
  return null;
}

/**
 * The rows of the list of keys for a pair.
 * @param {boolean} hasVideo
 * @returns {readonly KeyRow[]}
 */
export function buildPairRows(hasVideo) {
  /** @type {KeyRow} */
  const blink = ["space", "blink: pause, go on"];
  return [
    ["M", "swipe, side by side, blink"],
    ["← →", "move the handle; in blink, show the left or the right one"],
    ...(hasVideo ? VIDEO_ROWS : [blink]),
    ...ZOOM_ROWS.filter(([keys]) => !keys.includes("←")),
    ["⇧ ← →, ↑ ↓", "move the pictures"],
  ];
}

const TYPING_ROLES =
  /^(textbox|searchbox|combobox|listbox|option|spinbutton|grid|gridcell|menu|menuitem|tree|treeitem)$/;
const MOVING_KEYS = /^(Arrow\w+| |Home|End)$/;
const BUTTON_TYPES = new Set(["range", "button", "checkbox", "radio", "submit", "reset"]);

/**
 * Whether the element with the focus takes all keys for itself, since one types or chooses in it.
 * @param {{ fieldType: string | null, role: string, tag: string }} target `fieldType` is the type of the field that
 *   holds the focus ("text", "textarea", …), null outside of fields
 */
export function isTypedIn({ fieldType, role, tag }) {
  return (fieldType !== null && !BUTTON_TYPES.has(fieldType)) || TYPING_ROLES.test(role) || tag === "CANVAS";
}

/**
 * Whether a key moves something (arrows, the space bar): such keys are the figure's only where nothing else has the
 * focus.
 * @param {string} key
 */
export const isMovingKey = (key) => MOVING_KEYS.test(key);
