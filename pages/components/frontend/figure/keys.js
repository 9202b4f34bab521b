// Which key does what in which kind of figure, and how the list of keys names them. Pure: it acts on nothing.

import { buildCommands, buildRows } from "../shared/chord_arithmetic.js";

/** @import { KeyRow } from "../types.d.ts" */

/** @typedef {"swipe" | "side" | "blink"} PairMode */

export const ZOOM_COMMANDS = buildCommands("zoom");
export const ZOOM_ROWS = buildRows("zoom");
export const VIDEO_COMMANDS = buildCommands("video");
export const VIDEO_ROWS = buildRows("video");
/** The keys of a video that is alone: in a pair the arrows move the handle. */
export const SEEK_COMMANDS = buildCommands("seek");
export const SEEK_ROWS = buildRows("seek");
/** The keys of a file of several pages. */
export const STACK_COMMANDS = buildCommands("stack");
export const STACK_ROWS = buildRows("stack");
const PAIR_COMMANDS = buildCommands("pair");

/**
 * The command of a key in one of these tables.
 * @param {Readonly<Record<string, string>>} commands
 * @param {string} key as in `KeyboardEvent.key`
 */
export const findCommand = (commands, key) => (Object.hasOwn(commands, key) ? (commands[key] ?? null) : null);

/**
 * What a key does in a pair by itself; null where it is left to the videos, and then to the zoom.
 * @param {string} key
 * @param {{ shift: boolean, mode: PairMode, hasVideo: boolean }} state
 * @returns {"nextMode" | "handleLeft" | "handleRight" | "showLeft" | "showRight" | "toggleBlink" | null}
 */
export function findPairCommand(key, { shift, mode, hasVideo }) {
  const command = findCommand(PAIR_COMMANDS, key);
  if (command === "nextMode") return "nextMode";
  if (command === "toggleBlink") return mode === "blink" && !hasVideo ? "toggleBlink" : null;
  if (shift || (command !== "left" && command !== "right")) return null;
  if (mode === "swipe") return command === "left" ? "handleLeft" : "handleRight";
  if (mode === "blink") return command === "left" ? "showLeft" : "showRight";
  return null;
}

/**
 * The rows of the list of keys for a pair.
 * @param {boolean} hasVideo
 * @returns {readonly KeyRow[]}
 */
export function buildPairRows(hasVideo) {
  const isSpace = (/** @type {KeyRow} */ [keys]) => keys === "space";
  return [
    ...buildRows("pair").filter((row) => !hasVideo || !isSpace(row)),
    ...(hasVideo ? VIDEO_ROWS : []),
    ...ZOOM_ROWS.filter(([keys]) => keys !== "←" && keys !== "→"),
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
