// The pages of a stack: which are drawn, as one or as the maximum of several.

/** @import { PageWindow } from "../types.d.ts" */

/** How many pages the maximum can be drawn of. */
export const WINDOWS = [1, 3, 5, 10, 20, 50];

/**
 * The window of pages that is wanted, within what a file has.
 * @param {PageWindow} wanted
 * @param {number} pages
 * @returns {PageWindow}
 */
export function clampPages({ page, window }, pages) {
  const first = Math.min(Math.max(Math.round(page) || 1, 1), Math.max(pages, 1));
  return { page: first, window: WINDOWS.includes(window) ? window : 1 };
}

/**
 * The parameters of an address; the first page alone needs none.
 * @param {PageWindow} wanted
 */
export const buildPageQuery = ({ page, window }) => (page === 1 && window === 1 ? "" : `&page=${page}&window=${window}`);
