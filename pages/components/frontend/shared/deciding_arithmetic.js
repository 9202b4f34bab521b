// What a verdict by key leads to, by the habits of the reader.

/** ms for which a figure has to be on screen, where the reader wants that. */
export const DWELL_TIME = 1000;

/**
 * Whether a verdict is not given yet, since the figure was not on screen for long enough.
 * @param {{ dwells: boolean, shownFor: number }} state whether the reader wants that, and for how many ms it was shown
 */
export const isTooEarly = ({ dwells, shownFor }) => dwells && shownFor < DWELL_TIME;

/**
 * Whether the reader stays at the metric after a verdict, to give a reason.
 * @param {import("../types.d.ts").Status} status
 * @param {boolean} asksReason whether they want that
 */
export const waitsForReason = (status, asksReason) => asksReason && status === "Fail";

/**
 * Whether the reader is led to the next metric.
 * @param {import("../types.d.ts").Status} status
 * @param {import("./habits.js").MovesOn} movesOn
 * @param {boolean} isByKey else it was given with the mouse
 */
export const leadsOn = (status, movesOn, isByKey) => status !== "Pending" && (movesOn === "always" || (isByKey && movesOn === "keys"));
