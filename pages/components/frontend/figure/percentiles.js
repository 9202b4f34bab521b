// Pictures whose grey values the server stretched: between which percentiles, and what was done, in words.

/** @import { ConversionFacts, Percentiles } from "../types.d.ts" */

/** @typedef {{ address: string, low?: number, high?: number }} ConvertedFile */

/**
 * What the reader chose, by the address of the file.
 * @type {Map<string, Percentiles>}
 */
const chosen = new Map();

/**
 * What the reader chose for the file at an address, null where nothing was chosen.
 * @param {string} address
 */
export const findChosenPercentiles = (address) => chosen.get(address) ?? null;

/**
 * @param {string} address of a file
 * @param {Percentiles | null} percentiles null for the usual ones
 */
export function keepChosenPercentiles(address, percentiles) {
  if (percentiles) chosen.set(address, percentiles);
  else chosen.delete(address);
}

/** @param {ConvertedFile} file */
export const hasChosenPercentiles = (file) => chosen.has(file.address);

/**
 * The percentiles that a file is to be converted with: those that were chosen, or the usual ones.
 * @param {ConvertedFile} file
 * @returns {Percentiles}
 */
export const getPercentiles = (file) => chosen.get(file.address) ?? { low: file.low ?? 0, high: file.high ?? 100 };

/**
 * Keeps what the reader chose; the usual percentiles of the file count as no choice.
 * @param {ConvertedFile} file
 * @param {Percentiles} percentiles
 */
export const choosePercentiles = (file, percentiles) =>
  keepChosenPercentiles(file.address, percentiles.low === file.low && percentiles.high === file.high ? null : percentiles);

/** @param {Percentiles} percentiles */
export const buildPercentileQuery = ({ low, high }) => `?low=${low}&high=${high}`;

/**
 * Whether two percentiles are from 0 to 100, the first below the second.
 * @param {Percentiles} percentiles
 */
export const arePercentiles = ({ low, high }) => low >= 0 && high <= 100 && low < high;

/**
 * Which pages of a file are drawn, "" where it has one.
 * @param {ConversionFacts} facts
 */
export function describePages({ pages, first, window: width }) {
  if (pages <= 1) return "";
  if (first === undefined || width === undefined) return `page 1 of ${pages}, the others are not shown`;
  if (width === 1) return `page ${first + 1} of ${pages}`;
  return `maximum of the pages ${first + 1} to ${first + width} of ${pages}`;
}

/**
 * What was done to a picture, as a line of text; `brief` leaves out what is shown close by.
 * @param {ConversionFacts} facts
 * @param {boolean} [isBrief]
 */
export function describeConversion(facts, isBrief = false) {
  const format = (/** @type {number | undefined} */ value) =>
    value?.toLocaleString("en", { maximumSignificantDigits: 5 });
  const [bottom, top] = [format(facts.bottom), format(facts.top)];
  const parts = [`${facts.width.toLocaleString("en")} × ${facts.height.toLocaleString("en")}`];
  if (facts.stretched && isBrief) parts.unshift(`${facts.bits}, black at ${bottom}, white at ${top}`);
  else if (facts.stretched) {
    parts.unshift(`${facts.bits} greyscale`);
    parts.push(`stretched: black at ${bottom} (${facts.low} %), white at ${top} (${facts.high} %)`);
  } else parts.push("brightness as stored");
  const pages = describePages(facts);
  if (pages) parts.push(pages);
  if (facts.array) parts.push(facts.array);
  if (facts.factor > 1) parts.push(`shown at 1/${facts.factor} of its size`);
  if (facts.odd) parts.push(`${facts.odd.toLocaleString("en")} pixels are not a number, shown black`);
  return parts.join(" · ");
}
