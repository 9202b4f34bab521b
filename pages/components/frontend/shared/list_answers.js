// The rows of the list of assets at each letter that is typed: asked for right away, next to the script, which draws the
// whole page for the same text once the reader pauses.
import { createLink, openPage } from "./links.js";
import { addTypedText, setParameter } from "./parameters.js";
import { getScriptState } from "./script.js";

/** @import { AssetTableData, Cleanup, ListedText } from "../types.d.ts" */

const FIELD = ".st-key-assets-text";
const SETTLED = 1000; // ms after the last letter: by then the script has the text

/** The address of the rows that are on screen. */
let search = "";
/** What was typed since the script last drew the list. @type {string | null} */
let typed = null;
/** @type {AbortController | undefined} */
let asked;
let timer = 0;
/** Who draws answers, each with what the script gave it. @type {Map<(answer: ListedText) => void, ListedText>} */
const observers = new Map();

/**
 * Draws what the script gives, unless it is of an earlier text than the one in the field; and each answer until then.
 * @template {ListedText} Data
 * @param {Data} data
 * @param {(answer: Data) => void} draw
 * @returns {Cleanup}
 */
export function followText(data, draw) {
  const observer = /** @type {(answer: ListedText) => void} */ (draw); // an answer holds what each of them draws
  observers.set(observer, data);
  if (typed === null || typed === data.text) {
    typed = null;
    draw(data);
  }
  return () => observers.delete(observer);
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
  const field = document.querySelector(`${FIELD} input`);
  const drawn = [...observers.values()][0]?.text;
  const isKnown = field instanceof HTMLInputElement && drawn !== undefined;
  return openPage(isKnown ? addTypedText(href, drawn, field.value.trim()) : href);
}

/** @param {string} shown the address of the rows that are on screen */
export function setSearch(shown) {
  search = shown;
}

/** @param {string} text */
async function ask(text) {
  asked?.abort();
  const request = (asked = new AbortController());
  typed = text;
  settleLater();
  try {
    const response = await fetch(`rows/assets${setParameter(search, "q", text)}`, { signal: request.signal });
    if (!response.ok) return;
    /** @type {AssetTableData} */
    const answer = await response.json();
    if (request.signal.aborted) return;
    if (typed !== null) typed = answer.text;
    for (const draw of Array.from(observers.keys())) draw(answer);
  } catch {
    /* the next letter, or the script that follows, draws the rows */
  }
}

/**
 * Once all is at rest, what the script has given is on screen, whatever was typed: an answer that it never followed,
 * since the text was taken back before, is not left there.
 */
function settleLater() {
  clearTimeout(timer);
  timer = window.setTimeout(() => (getScriptState() === "running" ? settleLater() : showScript()), SETTLED);
}

function showScript() {
  asked?.abort();
  typed = null;
  for (const [draw, data] of Array.from(observers)) draw(data);
}

/** @param {Event} event */
function askIfChanged({ target }) {
  const field = target instanceof Element ? target.closest(FIELD)?.querySelector("input") : null;
  if (field && observers.size && field.value.trim() !== (typed ?? [...observers.values()][0]?.text))
    void ask(field.value.trim());
}
document.addEventListener("input", askIfChanged, true);
document.addEventListener("click", (event) => setTimeout(askIfChanged, 0, event), true); // the field's own cross
window.addEventListener("popstate", showScript, true);
