// Which array of a file, which of its pages, and between which percentiles, are shown: in the address of the review, and
// in the tab's memory.
import { recall, remember } from "./memory.js";
import { arePercentiles, findChosenPercentiles, keepChosenPercentiles } from "./percentiles.js";

/** @import { Figure, ReviewPosition, StackView } from "../types.d.ts" */

const KEYS = ["array", "page", "window", "low", "high"];
/** @type {StackView} */
const USUAL = { array: "", page: 1, window: 1, percentiles: null };

/**
 * The view that the parameters of an address name, null where they name none.
 * @param {string} search the parameters, encoded
 * @returns {StackView | null}
 */
export function readStack(search) {
  const parameters = new URLSearchParams(search);
  if (!KEYS.some((key) => parameters.has(key))) return null;
  const [page, window] = [Number(parameters.get("page")) || 1, Number(parameters.get("window")) || 1];
  const percentiles = readPercentiles(parameters);
  return { array: parameters.get("array") ?? "", page, window, percentiles };
}

/** @param {URLSearchParams} parameters */
function readPercentiles(parameters) {
  const [low, high] = [parameters.get("low"), parameters.get("high")];
  if (!low || !high) return null;
  const percentiles = { low: Number(low), high: Number(high) };
  return arePercentiles(percentiles) ? percentiles : null;
}

/**
 * The parameters with a view of the figure at a position, which they name then; what is usual is left out.
 * @param {string} search
 * @param {ReviewPosition} position
 * @param {StackView} view
 */
export function setStack(search, { group, metric }, view) {
  const parameters = new URLSearchParams(search);
  if (group && !parameters.has("group")) parameters.set("group", group);
  if (metric && !parameters.has("metric")) parameters.set("metric", metric);
  for (const key of KEYS) parameters.delete(key);
  if (view.array) parameters.set("array", view.array);
  if (view.page !== 1) parameters.set("page", String(view.page));
  if (view.window !== 1) parameters.set("window", String(view.window));
  if (view.percentiles) {
    parameters.set("low", String(view.percentiles.low));
    parameters.set("high", String(view.percentiles.high));
  }
  return `?${parameters}`;
}

/**
 * The address that a figure's pages or slices are asked of; "" for one that has none.
 * @param {Figure | null} figure
 */
export function getStackAddress(figure) {
  if (figure?.kind === "converted") return figure.address;
  return figure?.kind === "data" ? (figure.sliced?.address ?? "") : "";
}

/**
 * What this tab showed last of a figure; what was remembered may be anything.
 * @param {string} address
 * @returns {StackView}
 */
export function recallStack(address) {
  const percentiles = findChosenPercentiles(address);
  const remembered = recall(`stack ${address}`);
  if (typeof remembered !== "object" || remembered === null) return { ...USUAL, percentiles };
  const { array, page, window } = { ...USUAL, ...remembered };
  const name = typeof array === "string" ? array : "";
  return { array: name, page: Number(page) || 1, window: Number(window) || 1, percentiles };
}

/**
 * @param {string} address
 * @param {StackView} view
 */
export function rememberStack(address, { percentiles, ...pages }) {
  remember(`stack ${address}`, pages);
  keepChosenPercentiles(address, percentiles);
}

/** @param {StackView} one @param {StackView} other */
export const isSameStack = (one, other) =>
  one.array === other.array &&
  one.page === other.page &&
  one.window === other.window &&
  one.percentiles?.low === other.percentiles?.low &&
  one.percentiles?.high === other.percentiles?.high;

/** @param {StackView} view */
export const isUsualStack = (view) => isSameStack(view, USUAL);
