// Fetches and decodes pictures that are likely to be wanted next, within a limit.

/** @import { Figure } from "../types.d.ts" */

const MOST_BYTES = 60_000_000;
const MOST_HELD = 8; // pictures

/**
 * The pictures that were fetched ahead, the newest last. While one is held here, it shows without a request.
 * @type {Map<string, HTMLImageElement>}
 */
const held = new Map();

/**
 * The addresses of a figure's pictures; videos are large, and begin to play before they are there.
 * @param {Figure | null} figure
 * @returns {string[]}
 */
export function getPictures(figure) {
  if (!figure) return [];
  const files = figure.kind === "pair" ? [figure.left, figure.right] : figure.kind === "picture" ? [figure] : [];
  return files.filter((file) => file.kind === "picture" && !("low" in file)).map((file) => file.address);
}

/** How many bytes the pictures held here took to fetch, as far as the browser reports it. */
function countBytes() {
  let bytes = 0;
  for (const image of held.values())
    for (const entry of performance.getEntriesByName(image.src))
      if (entry instanceof PerformanceResourceTiming) bytes = bytes + (entry.encodedBodySize || 0);
  return bytes;
}

/** The addresses that are asked about or fetched now. @type {Set<string>} */
const pending = new Set();

/**
 * Whether a picture can be shown now: one that is not there, or that cannot be reached, is reported once it is opened.
 * @param {string} address
 */
async function canBeShown(address) {
  if (!address.startsWith("/files/")) return true;
  try {
    const response = await fetch(`${address}?ahead`, { priority: "low" });
    return response.ok && (await response.json()).shown === true;
  } catch {
    return false;
  }
}

/**
 * One after another, so that what is on screen comes first.
 * @param {string[]} addresses
 */
export async function prefetch(addresses) {
  for (const address of addresses) {
    const known = held.get(address);
    held.delete(address);
    if (known) {
      held.set(address, known);
      continue;
    }
    if (pending.has(address)) continue;
    pending.add(address);
    await fetchAhead(address);
    pending.delete(address);
  }
}

/** @param {string} address */
async function fetchAhead(address) {
  if (!(await canBeShown(address))) return;
  while (held.size >= MOST_HELD || (held.size && countBytes() > MOST_BYTES))
    held.delete(/** @type {string} */ (held.keys().next().value));
  const image = new Image();
  image.decoding = "async";
  image.fetchPriority = "low";
  image.src = address;
  held.set(address, image);
  try {
    await image.decode();
  } catch {
    held.delete(address); // it is asked for, and reported, once it is wanted
  }
}
