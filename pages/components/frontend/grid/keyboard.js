// The keys of a grid.
import { isTypedIn } from "../figure/keys.js";
import { buildCommands, nameChord } from "../shared/chord_arithmetic.js";
import { findPath } from "../shared/event_path.js";
import { toggleKeyList } from "../shared/key_list.js";
import { openPage } from "../shared/links.js";
import { clickButton } from "../shared/moving.js";
import { decideTile, giveReason, mayDecide, passTiles, skipReason } from "./deciding.js";
import { moveTile } from "./grid_arithmetic.js";
import { isLarge, toggleLarge } from "./large.js";
import { getCurrent, getCurrentTile, getTiles, goToNextLeft, requestGridStep, setCurrent } from "./state.js";

const COMMANDS = buildCommands("grid");

/** How many tiles are in a row. */
let countColumns = () => 1;

/** What each command does; false where it means nothing now. @type {Record<string, () => boolean>} */
const ACTIONS = {
  passTile: () => decideTile("Pass"),
  failTile: () => decideTile("Fail"),
  pendingTile: () => decideTile("Pending"),
  passTiles: () => !isLarge() && passTiles(),
  undoGrid: () => step("undo"),
  redoGrid: () => step("redo"),
  nextLeftTile: goToNextLeft,
  enlarge: toggleLarge,
  shrink: () => (isLarge() ? toggleLarge() : skipReason()),
  openTile: openReview,
  submitGrid: () => !isLarge() && clickButton(".st-key-queue-submit button"),
  showGridKeys: () => !isLarge() && toggleKeyList(),
};

/** @param {"undo" | "redo"} command */
function step(command) {
  if (!mayDecide()) return false;
  requestGridStep(command);
  return true;
}

function openReview() {
  const tile = getCurrentTile();
  if (tile) void openPage(tile.href);
  return tile !== null;
}

/** @param {string} command */
function move(command) {
  const index = moveTile(command, getCurrent(), getTiles().length, isLarge() ? 1 : countColumns());
  if (index === null) return false;
  setCurrent(index);
  return true;
}

/** @param {EventTarget[]} path of an event, from its target on */
function isMeantForAnother(path) {
  const [target] = path;
  const dialog = path.find((node) => node instanceof HTMLDialogElement || (node instanceof Element && node.getAttribute("role") === "dialog"));
  if (dialog ? !(dialog instanceof HTMLDialogElement && dialog.classList.contains("large")) : document.querySelector('[role="dialog"]')) return true;
  if (!(target instanceof Element)) return false;
  const field = target.closest("input, textarea, select, [contenteditable]:not([contenteditable=false])");
  const role = target.getAttribute("role") ?? "";
  const fieldType = field && (field instanceof HTMLInputElement ? field.type : field.tagName.toLowerCase());
  return isTypedIn({ fieldType, role: role === "option" ? "" : role, tag: target.tagName });
}

/** @param {KeyboardEvent} event */
function answerKey(event) {
  const path = findPath(event);
  if (event.isComposing || event.defaultPrevented || !getTiles().length || isMeantForAnother(path)) return;
  const [target] = path;
  const isPressed = target instanceof Element && target.closest("button, a, summary, video") !== null;
  if (isPressed && (event.key === " " || event.key === "Enter")) return;
  const chord = nameChord(event, event.getModifierState("AltGraph"));
  const command = chord !== null && Object.hasOwn(COMMANDS, chord) ? (COMMANDS[chord] ?? "") : "";
  const isDone = command === "tileReason" ? giveReason(Number(chord?.slice(-1))) : ACTIONS[command]?.() || move(command);
  if (command && isDone) event.preventDefault();
}

/**
 * Answers keys, until the function that it gives is called.
 * @param {() => number} columns
 */
export function startGridKeyboard(columns) {
  countColumns = columns;
  document.addEventListener("keydown", answerKey);
  return () => document.removeEventListener("keydown", answerKey);
}
