// The rows of the list of assets at each letter that is typed: asked for right away, next to the script, which draws the
// whole page for the same text once the reader pauses.
import { createLink, openPage } from "./links.js";
import { addTypedText, setParameter } from "./parameters.js";
import { getScriptState } from "./script.js";
import { addBusySource } from "./unsent.js";

/** @import { AssetTableData, Cleanup, ListedText } from "../types.d.ts" */
/** @typedef {{ data: ListedText, draw: (answer: ListedText) => void }} Drawing */

const FIELD = ".st-key-assets-text";
const RESTORE_AFTER = 100; // ms after the list was drawn: Streamlit has set the field itself by then
const RESTORE_CHECKS = 10;
const SETTLED = 1000; // ms after the last letter: by then the script has the text, if it is to have one
const LONGEST_WAIT = 5000; // ms after the last letter: by then it has the text over a slow network, too

/** The address of the rows that are on screen. */
let search = "";
/** What was typed since the script last drew the list. @type {string | null} */
let typed = null;
/** @type {AbortController | undefined} */
let asked;
let timer = 0;
/** Whether the reader went to another address, and has typed nothing since. */
let hasMoved = false;
let restoring = 0;
/** What draws answers, by its element, with what the script gave it last. @type {Map<Element, Drawing>} */
const drawings = new Map();

/**
 * Draws what the script gives, unless it is of an earlier text than the one in the field; and each answer until then.
 * @template {ListedText} Data
 * @param {Element} root
 * @param {Data} data
 * @param {(answer: Data) => void} draw
 * @returns {Cleanup}
 */
export function followText(root, data, draw) {
  // An answer holds what each of them draws.
  drawings.set(root, { data, draw: /** @type {(answer: ListedText) => void} */ (draw) });
  if (typed === null || typed === data.text) {
    typed = null;
    draw(data);
  }
  if (hasMoved) restoreField();
  return () => drawings.delete(root);
}

/**
 * A link to the list in another state: it keeps what was typed, also before the script knows of that.
 * @param {string} href
 * @param {string} [className]
 * @param {string} [text]
 */
export const createListLink = (href, className, text) => createLink(href, className, text, openList);

/** @param {string} href */
export function openList(href) {
  const [field, drawn] = [getField(), getText()];
  return openPage(field && drawn !== undefined ? addTypedText(href, drawn, field.value.trim()) : href);
}

/** @returns {HTMLInputElement | null} */
const getField = () => document.querySelector(`${FIELD} input`);

/** The text that the script drew the list for, undefined where there is no list. */
const getText = () => [...drawings.values()][0]?.data.text;

/** @param {string} shown the address of the rows that are on screen */
export function setSearch(shown) {
  search = shown;
}

/** @param {string} text */
async function ask(text) {
  asked?.abort();
  const request = (asked = new AbortController());
  typed = text;
  hasMoved = false;
  settleLater(performance.now());
  try {
    const response = await fetch(`rows/assets${setParameter(search, "q", text)}`, { signal: request.signal });
    if (!response.ok) return;
    /** @type {AssetTableData} */
    const answer = await response.json();
    if (request.signal.aborted) return;
    if (typed !== null) typed = answer.text;
    for (const { draw } of Array.from(drawings.values())) draw(answer);
  } catch {
    /* the next letter, or the script that follows, draws the rows */
  }
}

/**
 * Once all is at rest, what the script has given is on screen, whatever was typed: an answer that it never followed,
 * since the text was taken back before, is not left there.
 * @param {number} typedAt when the last letter was typed, in ms
 */
function settleLater(typedAt) {
  clearTimeout(timer);
  timer = window.setTimeout(() => (isSettled(typedAt) ? showScript() : settleLater(typedAt)), SETTLED);
}

/** @param {number} typedAt */
function isSettled(typedAt) {
  if (getScriptState() === "running") return false;
  return getField()?.value.trim() === getText() || performance.now() - typedAt >= LONGEST_WAIT;
}

function showScript() {
  asked?.abort();
  typed = null;
  for (const { draw, data } of Array.from(drawings.values())) draw(data);
}

/**
 * Makes the field show the text of the list again once the script is at rest. Streamlit takes a text that it was sent
 * a moment ago for a late answer and leaves the field as it is, also where the reader has gone back to that text.
 * @param {number} [checks] how often it is seen to: Streamlit may set the field once more
 */
function restoreField(checks = RESTORE_CHECKS) {
  clearTimeout(restoring);
  restoring = window.setTimeout(() => {
    if (!hasMoved) return;
    const isRunning = getScriptState() === "running";
    if (!isRunning) showText();
    if (isRunning || checks > 1) restoreField(isRunning ? checks : checks - 1);
  }, RESTORE_AFTER);
}

/** Puts the text of the list into the field. */
function showText() {
  const [field, text] = [getField(), getText()];
  if (!field || text === undefined || field.value.trim() === text) return;
  // React notices a value only where the setter of the element's own class sets it.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** @param {Event} event */
function askIfChanged({ target }) {
  const field = target instanceof Element ? target.closest(FIELD)?.querySelector("input") : null;
  const text = getText();
  if (field && text !== undefined && field.value.trim() !== (typed ?? text)) void ask(field.value.trim());
}
// With the text the script sends the address of the list: it would come after that of a link which did not wait for it.
addBusySource(() => typed !== null && drawings.size > 0);
document.addEventListener("input", askIfChanged, true);
document.addEventListener("click", (event) => setTimeout(askIfChanged, 0, event), true); // the field's own cross
window.addEventListener(
  "popstate",
  () => {
    hasMoved = true;
    showScript();
  },
  true,
);
