// The keys of the whole review: each acts as its button does, or goes on to another metric, figure or group.
import { isTypedIn } from "../figure/keys.js";
import { isFullScreen, setFullScreen } from "../figure/full_screen.js";
import { findReviewCommand, nameChord } from "./chord_arithmetic.js";
import { getCurrentCard } from "./current_card.js";
import { decide, giveReason, skipReason } from "./deciding.js";
import { findPath, findTarget } from "./event_path.js";
import { toggleKeyList } from "./key_list.js";
import { clickButton, goToFigure, goToGroup, goToMetric, goToNextLeft } from "./moving.js";
import { clearSelection, toggleCurrent } from "./selection.js";
import { afterSteps, requestStep } from "./steps.js";
import { getDrawer, setDrawer } from "./tree_drawer.js";
import { toggleTree } from "./tree_size.js";

const NUMBER_FIELD = '.st-key-qc-cards [data-testid="stNumberInput"]';
const VALUE_FIELD = '[aria-label^="Value of "] button, [data-testid="stSelectbox"] input, [data-testid="stMultiSelect"] input, input:not(.qc-select), textarea';

/** What each command does; false where it means nothing now. @type {Record<string, () => boolean>} */
const ACTIONS = {
  pass: () => decideAfterSteps("Pass"),
  fail: () => decideAfterSteps("Fail"),
  pending: () => decideAfterSteps("Pending"),
  note: () => focusField('[aria-label^="Note on "]'),
  value: () => focusField(VALUE_FIELD),
  undo: () => step("undo"),
  redo: () => step("redo"),
  nextMetric: () => goToMetric(1),
  previousMetric: () => goToMetric(-1),
  nextUndecided: () => goToNextLeft() || pressWithin(".st-key-next-asset", "a"),
  nextFigure: () => goToFigure(1),
  previousFigure: () => goToFigure(-1),
  nextGroup: () => goToGroup(1),
  previousGroup: () => goToGroup(-1),
  tree: toggleTree,
  filter: focusFilter,
  fullScreen: () => toggleFullScreen(),
  leaveFullScreen: () => skipReason() || clearSelection() || (isFullScreen() && toggleFullScreen()),
  compare: () => pressWithin(".st-key-comparison-switch", "button"),
  passRest: () => pressWithin(".st-key-pass-rest", ".selected, .figure"),
  passGroup: () => pressWithin(".st-key-pass-rest", ".group") || pressWithin(".st-key-pass-rest", ".figure"),
  select: toggleCurrent,
  submit: () => clickButton(".st-key-review-and-submit button"),
  showKeys: toggleKeyList,
};

/** @param {"undo" | "redo"} command */
function step(command) {
  requestStep(command);
  return true;
}

/** @param {import("../types.d.ts").Status} status */
function decideAfterSteps(status) {
  afterSteps(() => decide(status));
  return true;
}

function toggleFullScreen() {
  if (!isFullScreen() && !document.querySelector(".st-key-qc-figure")) return false;
  setFullScreen(!isFullScreen());
  return true;
}

/** @param {string} selector */
function focusField(selector) {
  const field = getCurrentCard()?.querySelector(selector);
  if (!(field instanceof HTMLElement)) return false;
  field.focus();
  if (field instanceof HTMLInputElement && field.type !== "checkbox") field.select();
  return true;
}

/** @param {string} part the class of a component's container @param {string} selector within it */
function findWithin(part, selector) {
  for (const node of document.querySelectorAll(`${part} *`)) {
    const found = node.shadowRoot?.querySelector(selector);
    if (found instanceof HTMLElement) return found;
  }
  return null;
}

function focusFilter() {
  const field = findWithin(".st-key-qc-groups", ".filter");
  if (!field) return false;
  if (getDrawer().folded) setDrawer({ shown: true });
  field.focus();
  return true;
}

/** @param {string} part the class of a component's container @param {string} selector of a button within it */
function pressWithin(part, selector) {
  const button = findWithin(part, selector);
  button?.click();
  return button !== null;
}

/** @param {Element} target */
function isTyping(target) {
  const field = target.closest("input, textarea, select, [contenteditable]:not([contenteditable=false])");
  const fieldType = field && (field instanceof HTMLInputElement ? field.type : field.tagName.toLowerCase());
  const role = target.getAttribute("role") ?? "";
  return isTypedIn({ fieldType, role: role === "treeitem" ? "" : role, tag: target.tagName });
}

/**
 * `Esc` leaves a field, with what was typed; a list that is open closes first. `Enter` leaves a note.
 * @param {KeyboardEvent} event
 * @param {HTMLElement} target
 */
function leaveField(event, target) {
  const isList = target.getAttribute("aria-expanded") === "true";
  const isNote = target.matches('input[aria-label^="Note on "]');
  if ((event.key === "Escape" && !isList) || (event.key === "Enter" && isNote)) target.blur();
}

/** @param {KeyboardEvent} event */
function answerKey(event) {
  if (event.isComposing || !document.querySelector(".st-key-qc-workspace")) return;
  if (document.querySelector('[role="dialog"]') || findPath(event).some((node) => node instanceof HTMLDialogElement)) return;
  const target = findTarget(event);
  if (target && isTyping(target)) {
    if (target instanceof HTMLElement) leaveField(event, target);
    return;
  }
  if (event.defaultPrevented) return;
  const isAltGraph = event.getModifierState("AltGraph");
  const command = findReviewCommand(event, isAltGraph);
  const isDone = command === "reason" ? giveReason(Number(nameChord(event)?.slice(-1))) : command && ACTIONS[command]?.();
  if (isDone) event.preventDefault();
}

/**
 * Before all others: `Ctrl/⌘ Enter`, which a button that has the focus takes for a press of its own, as a verdict's does; and a
 * reason for a Fail, whose digit is a picture's key where digits are typed with Shift.
 * @param {KeyboardEvent} event
 */
function answerFirst(event) {
  const target = findTarget(event);
  if (event.key === "Escape" && target instanceof HTMLInputElement && target.closest(NUMBER_FIELD)) {
    target.blur(); // keeps what was typed, and Streamlit does not get the key: it would empty the field
    event.stopPropagation();
    return;
  }
  const isSubmit = event.key === "Enter" && (event.ctrlKey || event.metaKey);
  if (!(isSubmit || findReviewCommand(event) === "reason") || (target && isTyping(target))) return;
  answerKey(event);
  if (event.defaultPrevented) event.stopPropagation();
}

/** Begins to answer keys, on a page of a review only. */
export function startReviewKeyboard() {
  document.addEventListener("keydown", answerFirst, true);
  document.addEventListener("keydown", answerKey);
}
