// Verdicts in a grid, by key or button.
import { isTooEarly, leadsOn, waitsForReason } from "../shared/deciding_arithmetic.js";
import { getHabit, getMovesOn } from "../shared/habits.js";
import {
  findTile,
  getCurrentTile,
  getReasons,
  getServer,
  getShownFor,
  getVerdict,
  goToNextLeft,
  listLeft,
  requestGridStep,
  setNotice,
} from "./state.js";

/** @import { GridTile, Status } from "../types.d.ts" */

/** Whether the last Fail waits for a reason before the reader goes on. */
let isAsking = false;
/** The id of the tile that was failed last. */
let failed = "";

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
  if (status === "Fail") failed = tile.id;
  setNotice(isAsking ? `Why? ${listReasons(tile)}; Enter opens the review, for a note; Esc goes on without one.` : "");
  requestGridStep(status, [tile.id]);
  if (!isAsking && leadsOn(status, getMovesOn(), isByKey)) goToNextLeft();
  return true;
}

/** The reasons that a tile's Fail can have, each with its key. @param {GridTile} tile */
export const listReasons = ({ reasons }) => reasons.map((reason, index) => `⇧ ${index + 1} ${reason}`).join(", ");

/**
 * What to state of a tile that the draft fails without a reason; "" for any other.
 * @param {GridTile} tile
 */
export function askForReason(tile) {
  const isAsked = mayDecide() && tile.reasons.length > 0 && isFailed(tile) && !getReasons(tile).length;
  return isAsked ? `Why? ${listReasons(tile)}` : "";
}

/** Whether the draft fails a tile. @param {GridTile} tile */
const isFailed = ({ id }) => getServer().drafted[id] !== "" && getVerdict(id).isChanged && getVerdict(id).status === "Fail";

/**
 * Gives the Fail of the current tile, or that which was given last, the reason of this number, or takes it back.
 * @param {number} number
 */
export function giveReason(number) {
  const tile = [getCurrentTile(), findTile(failed)].find((one) => one && isFailed(one));
  if (!tile?.reasons[number - 1] || !mayDecide()) return false;
  requestGridStep("reason", [tile.id], number);
  if (isAsking) skipReason();
  setNotice(`Fail of ${tile.title}: ${getReasons(tile).join(", ") || "no reason"}`);
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
