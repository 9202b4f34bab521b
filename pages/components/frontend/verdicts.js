// The part of the bar that counts verdicts before the server has answered, also on the button that submits them, and hands
// the server those that a page before left.
import { replaceObservers } from "./shared/drawings.js";
import { announce } from "./shared/announce.js";
import { createElement, getElement } from "./shared/elements.js";
import { setWantedClass } from "./shared/current_card.js";
import { getSubmitLimit } from "./shared/habits.js";
import { confirmSteps } from "./shared/steps.js";
import { getVerdicts, observeVerdicts, setServerVerdicts, takeLeftVerdicts } from "./shared/verdicts.js";

/** @import { ComponentArguments, VerdictsData } from "./types.d.ts" */

const SAVE_DELAY = 700; // ms in which no other verdict came, until those that wait are stored

/** The record whose left verdicts were sent. */
let sentFor = "";
/** How many steps of undo and redo led to a metric. */
let wentTo = 0;
/** What the last step has done, as far as it was announced; null before the first drawing. @type {string | null} */
let stated = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let saveTimer;
let save = () => {};
/** The styles with which the browser's own count is in the place of the server's: a class of the page would cost more. */
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(sheet);
let styles = "";

/** Asks the server to submit up to so many changes at once. @type {((limit: number) => void) | null} */
let submitAtOnce = null;

/** @param {string} label of the button that submits, while the count is the browser's; "" while it is the server's */
function setLabel(label) {
  const next = label && [
    ".st-key-qc-bar > .st-key-verdicts { position: static; flex: 1 1 0; width: auto !important; height: auto; overflow: visible; }",
    ".st-key-qc-bar > .st-key-verdicts + .stElementContainer { display: none; }",
    ".st-key-review-and-submit button p { font-size: 0; }",
    `.st-key-review-and-submit button p::after { content: ${JSON.stringify(label)}; font-size: 0.875rem; }`,
  ].join("\n");
  if (next === styles) return;
  styles = next;
  sheet.replaceSync(styles);
}

/** Submits without the dialog, where the reader wants that and there are few changes. @param {MouseEvent} event */
function interceptSubmit(event) {
  const button = event.target instanceof Element ? event.target.closest(".st-key-review-and-submit button") : null;
  const limit = getSubmitLimit();
  if (!(button instanceof HTMLButtonElement) || button.disabled || !submitAtOnce || getVerdicts().number > limit) return;
  event.preventDefault();
  event.stopPropagation();
  submitAtOnce(limit);
}

document.addEventListener("click", interceptSubmit, true);
addEventListener("pagehide", () => save());

/** @param {ComponentArguments<VerdictsData>} component */
export default function drawVerdicts({ data, parentElement, setTriggerValue }) {
  const root = getElement(parentElement, ".words");
  const show = () => {
    const { isWaiting, number, takenBack, notice } = getVerdicts();
    const isOwn = isWaiting || takenBack !== "" || notice !== "";
    setLabel(isOwn ? (number ? `Review and submit (${number})` : "Review and submit") : "");
    const changes = number === 1 ? "1 change" : number ? `${number} changes` : "No changes";
    const words = takenBack ? `Taken back: ${takenBack} ` : notice ? `${notice} ` : "";
    root.replaceChildren(createElement("span", "", words + (isWaiting ? `${changes}, saving …` : changes)));
  };
  if (sentFor !== data.record) {
    sentFor = data.record;
    const left = takeLeftVerdicts(data.record);
    if (left.length) setTriggerValue("again", left);
  }
  clearTimeout(saveTimer);
  save = data.waits ? () => void setTriggerValue("save", true) : () => {};
  if (data.waits) saveTimer = setTimeout(save, SAVE_DELAY);
  submitAtOnce = (limit) => void setTriggerValue("submit", limit);
  const end = replaceObservers(root, () => [observeVerdicts(show)]);
  setServerVerdicts(data);
  if (data.stated && stated !== null && (data.stated !== stated || data.wentTo[0] > wentTo)) announce(data.stated);
  stated = data.stated;
  if (data.wentTo[0] > wentTo) setWantedClass(data.wentTo[1]);
  wentTo = data.wentTo[0];
  confirmSteps(...data.steps);
  show();
  return () => {
    clearTimeout(saveTimer);
    save = () => {};
    submitAtOnce = null;
    end();
  };
}
