// What the reader did on a page that keeps changes, until the server has it: leaving for another page drops what a field
// has not sent, and a request that waits on the server while its script runs.
import { getScriptState } from "./script.js";
import { QUIET_TIME, Unsent } from "./unsent_arithmetic.js";

/** The bars of the pages on which changes are made. */
const KEEPS_CHANGES = ".st-key-qc-bar, .st-key-qc-grid-bar, .st-key-qc-queue-bar";
const FIELDS = '[data-testid="stTextInput"], [data-testid="stTextArea"], [data-testid="stNumberInput"]';
const PASSING_KEYS = new Set(["Tab", "Shift", "Control", "Alt", "Meta", "Escape"]);

const unsent = new Unsent();
/** Each gives whether its part of the page waits for an answer to what was decided. @type {(() => boolean)[]} */
const sources = [];
/** Each gives whether its part of the page waits for the script. @type {(() => boolean)[]} */
const busySources = [];
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {() => boolean} isWaiting whether what was decided is not confirmed by the server */
export function addUnsentSource(isWaiting) {
  sources.push(isWaiting);
}

/** @param {() => boolean} isWaiting whether a run of the script is waited for, whose answer the page needs before it is left */
export function addBusySource(isWaiting) {
  busySources.push(isWaiting);
}

export const isConnected = () =>
  document.querySelector('[data-testid="stApp"][data-test-connection-state="CONNECTED"]') !== null;

const isRunning = () => getScriptState() === "running";

/** @param {MutationRecord[]} [changes] of the script's state */
function noteScriptState(changes) {
  const hasRun = isRunning() || changes?.some(({ oldValue }) => oldValue === "running") || false;
  unsent.noteScript({ isRunning: hasRun, isConnected: isConnected() }, performance.now());
}

/** Notices a run that is shorter than `QUIET_TIME`, too. */
const watcher = typeof document === "undefined" ? null : new MutationObserver((changes) => noteScriptState(changes));
/** @type {Element | null} */
let watched = null;

/** While something may not be sent, what the script does is followed. */
function follow() {
  clearTimeout(timer);
  const app = watched?.isConnected ? watched : document.querySelector('[data-testid="stApp"]');
  if (app && app !== watched) {
    watcher?.disconnect();
    watcher?.observe(app, { attributeFilter: ["data-test-script-state"], attributeOldValue: true });
    watched = app;
  }
  noteScriptState();
  if (unsent.isUnsent()) timer = setTimeout(follow, QUIET_TIME);
}

/** @param {EventTarget} node */
const isLink = (node) => node instanceof HTMLElement && node.dataset.qcLink;

/** @param {Event} event */
function noteEvent(event) {
  if (event.type === "click" && event.composedPath().some(isLink)) return;
  const at = performance.now();
  const target = event.target instanceof Element ? event.target : null;
  const isKept = document.querySelector(KEEPS_CHANGES) !== null;
  if (event.type === "focusout") unsent.noteLeaving(at);
  else if (!isKept || (event instanceof KeyboardEvent && PASSING_KEYS.has(event.key))) unsent.noteInput(at);
  else if (event.type === "input" && target?.closest(FIELDS))
    unsent.noteTyping(at, target instanceof HTMLInputElement && target.type === "text");
  else unsent.noteChange(at);
  follow();
}

// A test of node's has no document.
for (const kind of typeof document === "undefined" ? [] : ["input", "change", "focusout", "keydown", "click"])
  document.addEventListener(kind, noteEvent, true);

/** Whether what was done may not have reached the server: it is lost with the page. */
export function hasUnsent() {
  noteScriptState();
  const isKept = document.querySelector(KEEPS_CHANGES) !== null;
  return isKept && (unsent.isUnsent() || sources.some((isWaiting) => isWaiting()));
}

/** Whether an input was a moment ago, or the script runs or is waited for. */
export const isBusy = () =>
  isRunning() || unsent.isBusy(performance.now()) || busySources.some((isWaiting) => isWaiting());

/** Lets the field that has the focus send its text, as a click elsewhere would. */
export function leaveField() {
  if (unsent.typedAt !== null && document.activeElement instanceof HTMLElement) document.activeElement.blur();
}
