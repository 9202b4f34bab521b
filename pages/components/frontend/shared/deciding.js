// A verdict by key, and the way on after it.
import { getCardClass, getCurrentCard, getShownSince, getStarts } from "./current_card.js";
import { isTooEarly, leadsOn, waitsForReason } from "./deciding_arithmetic.js";
import { getHabit, getMovesOn } from "./habits.js";
import { goToNextLeft, isInQueue } from "./moving.js";
import { requestStep } from "./steps.js";
import { CHOICES } from "./verdict_arithmetic.js";
import { getDraftKey, getVerdict, setNotice } from "./verdicts.js";

/** @import { Status } from "../types.d.ts" */

const LONGEST_STEP = 3000; // ms for which a key waits for the next metric of a queue

/** When the last verdict was given in a queue, and to which of its metrics. */
let led = { starts: -1, at: 0 };
/** The class of the card that was failed last. */
let failed = "";
/** Whether the last Fail waits for a reason before the reader goes on. */
let isAsking = false;

/** @param {Status} status */
function goOn(status) {
  if (!isInQueue() && leadsOn(status, getMovesOn(), true)) goToNextLeft();
}

/**
 * Gives the Fail that was given last, or that of the current card, the reason of this number, or takes it back.
 * @param {number} number
 */
export function giveReason(number) {
  const current = getCurrentCard();
  const card = current && getVerdict(getCardClass(current)) === "Fail" ? getCardClass(current) : failed;
  const key = card && getVerdict(card) === "Fail" ? getDraftKey(card) : "";
  if (!key) return false;
  requestStep("reason", key, number);
  if (isAsking) skipReason();
  return true;
}

/** Goes on without a reason; false where none was asked for. */
export function skipReason() {
  if (!isAsking) return false;
  isAsking = false;
  setNotice("");
  goOn("Fail");
  return true;
}

/**
 * Gives the current card a status, by its own button, and goes on to the next metric that is left to decide.
 * @param {Status} status
 */
export function decide(status) {
  const card = getCurrentCard();
  const group = card?.querySelector('[role="radiogroup"][aria-label^="Status of "]');
  const button = group?.querySelectorAll('[role="radio"]')[CHOICES.indexOf(status)];
  // While cards belong to the figure before, or are still drawn, nothing is decided on what is not seen.
  if (!card || card.closest("[inert]") || !(button instanceof HTMLButtonElement)) {
    if (card) setNotice("Nothing was decided: the card was not drawn yet. Press the key again.");
    return false;
  }
  if (button.disabled) return false;
  // In a queue the script leads on: until it does, a key is not meant for the metric that is still on screen.
  const isLed = isInQueue() && status !== "Pending";
  if (isLed && led.starts === getStarts() && performance.now() - led.at < LONGEST_STEP) return true;
  if (isTooEarly({ dwells: getHabit("dwell"), shownFor: performance.now() - getShownSince() })) {
    setNotice("Nothing was decided: the figure has not been on screen for a second.");
    return true;
  }
  if (isLed) led = { starts: getStarts(), at: performance.now() };
  if (button.getAttribute("aria-checked") !== "true") button.click();
  if (status === "Fail") failed = getCardClass(card);
  isAsking = waitsForReason(status, getHabit("asksReason"));
  if (isAsking) setNotice("Why? Shift and a digit give a reason; Esc goes on without one.");
  else goOn(status);
  return true;
}

/**
 * A verdict by the mouse: the reader goes on, too, where they want that.
 * @param {MouseEvent} event
 */
function followClick(event) {
  if (!event.isTrusted || isInQueue()) return;
  const radio = event.target instanceof Element ? event.target.closest('[role="radio"]') : null;
  const group = radio?.closest('[role="radiogroup"][aria-label^="Status of "]');
  if (!radio || !group) return;
  const number = [...group.querySelectorAll('[role="radio"]')].indexOf(radio);
  const status = CHOICES[number];
  if (status && leadsOn(status, getMovesOn(), false)) setTimeout(goToNextLeft);
}

document.addEventListener("click", followClick);
