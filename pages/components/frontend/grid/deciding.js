// Verdicts in a grid, by key or button.
import { isTooEarly, leadsOn, waitsForReason } from "../shared/deciding_arithmetic.js";
import { getHabit, getMovesOn } from "../shared/habits.js";
import { getCurrentTile, getServer, getShownFor, goToNextLeft, listLeft, requestGridStep, setNotice } from "./state.js";

/** @import { Status } from "../types.d.ts" */

/** Whether the last Fail waits for a reason before the reader goes on. */
let isAsking = false;

export const mayDecide = () => !getServer().refusal;

/**
 * Gives the current tile a status, and goes on to the next one that is left, as the reader's habits want it.
 * @param {Status} status
 * @param {boolean} [isByKey]
 */
export function decideTile(status, isByKey = true) {
  const tile = getCurrentTile();
  if (!tile || !mayDecide()) return false;
  if (isByKey && isTooEarly({ dwells: getHabit("dwell"), shownFor: getShownFor(tile.id) })) {
    setNotice("Nothing was decided: the figure has not been on screen for a second.");
    return true;
  }
  isAsking = isByKey && waitsForReason(status, getHabit("asksReason"));
  setNotice(isAsking ? "Why? Enter opens the review, for a reason or a note; Esc goes on without one." : "");
  requestGridStep(status, [tile.id]);
  if (!isAsking && leadsOn(status, getMovesOn(), isByKey)) goToNextLeft();
  return true;
}

/** Goes on without a reason; false where none was asked for. */
export function skipReason() {
  if (!isAsking) return false;
  isAsking = false;
  setNotice("");
  if (leadsOn("Fail", getMovesOn(), true)) goToNextLeft();
  return true;
}

/** @type {(left: { seen: string[], unseen: string[] }) => void} */
let askAbout = () => {};

/** @param {typeof askAbout} ask asks whether to pass also what was not in view */
export function setRestDialog(ask) {
  askAbout = ask;
}

/** Passes what is left, at once where all of it was in view. */
export function passTiles() {
  const left = listLeft();
  if (!mayDecide() || !(left.seen.length + left.unseen.length)) return false;
  if (left.unseen.length) askAbout(left);
  else requestGridStep("rest", left.seen);
  return true;
}
