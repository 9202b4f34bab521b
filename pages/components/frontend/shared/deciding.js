// A verdict by key, and the way on after it.
import { getCurrentCard } from "./current_card.js";
import { getMovesOn } from "./habits.js";
import { goToNextLeft, isInQueue } from "./moving.js";
import { CHOICES } from "./verdict_arithmetic.js";

/** @import { Status } from "../types.d.ts" */

/**
 * Gives the current card a status, by its own button, and goes on to the next metric that is left to decide.
 * @param {Status} status
 */
export function decide(status) {
  const card = getCurrentCard();
  const group = card?.querySelector('[role="radiogroup"][aria-label^="Status of "]');
  const button = group?.querySelectorAll('[role="radio"]')[CHOICES.indexOf(status)];
  // While cards belong to the figure before, nothing is decided on what is not seen.
  if (!card || card.closest("[inert]") || !(button instanceof HTMLButtonElement) || button.disabled) return false;
  if (button.getAttribute("aria-checked") !== "true") button.click();
  if (status !== "Pending" && !isInQueue() && getMovesOn() !== "never") goToNextLeft();
  return true;
}

/**
 * A verdict by the mouse: the reader goes on, too, where they want that.
 * @param {MouseEvent} event
 */
function followClick(event) {
  if (!event.isTrusted || getMovesOn() !== "always" || isInQueue()) return;
  const radio = event.target instanceof Element ? event.target.closest('[role="radio"]') : null;
  const group = radio?.closest('[role="radiogroup"][aria-label^="Status of "]');
  if (!radio || !group) return;
  const number = [...group.querySelectorAll('[role="radio"]')].indexOf(radio);
  if (CHOICES[number] !== "Pending") setTimeout(goToNextLeft);
}

document.addEventListener("click", followClick);
