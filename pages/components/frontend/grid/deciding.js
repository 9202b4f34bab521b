// Verdicts in a grid, by key or button.
import { getMovesOn } from "../shared/habits.js";
import { getCurrentTile, getServer, goToNextLeft, listLeft, requestGridStep } from "./state.js";

/** @import { Status } from "../types.d.ts" */

export const mayDecide = () => !getServer().refusal;

/**
 * Gives the current tile a status, and goes on to the next one that is left.
 * @param {Status} status
 * @param {boolean} [isByKey]
 */
export function decideTile(status, isByKey = true) {
  const tile = getCurrentTile();
  if (!tile || !mayDecide()) return false;
  requestGridStep(status, [tile.id]);
  const goesOn = isByKey ? getMovesOn() !== "never" : getMovesOn() === "always";
  if (status !== "Pending" && goesOn) goToNextLeft();
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
