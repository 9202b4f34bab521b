// What comes next in a review: card, figure page and group in the order of the tree. Pure.

/** @import { CardPosition, OrderedPage } from "../types.d.ts" */

/**
 * The first card for which `isLeft` holds, from the one after `at` to the end, and on from the beginning; null where
 * there is none but the one at `at`, which is not given.
 * @param {readonly OrderedPage[]} pages
 * @param {CardPosition} at
 * @param {(key: string) => boolean} isLeft called with the key of a metric
 * @returns {CardPosition | null}
 */
export function findNextLeft(pages, at, isLeft) {
  const all = pages.flatMap(({ cards }, page) => cards.map(({ key }, card) => ({ page, card, key })));
  const from = all.findIndex(({ page, card }) => page === at.page && card === at.card);
  const others = [...all.slice(from + 1), ...all.slice(0, Math.max(from, 0))];
  const found = others.find(({ key }) => isLeft(key));
  return found ? { page: found.page, card: found.card } : null;
}

/**
 * The card so many steps on, or back, across pages; null beyond either end.
 * @param {readonly OrderedPage[]} pages
 * @param {CardPosition} at
 * @param {1 | -1} by
 * @returns {CardPosition | null}
 */
export function stepCard(pages, at, by) {
  const count = pages[at.page]?.cards.length ?? 0;
  if (at.card + by >= 0 && at.card + by < count) return { page: at.page, card: at.card + by };
  const page = at.page + by;
  const cards = pages[page]?.cards;
  return cards ? { page, card: by > 0 ? 0 : cards.length - 1 } : null;
}

/**
 * The number of the first page of the group after, or before, that of a page; null where there is no such group.
 * @param {readonly OrderedPage[]} pages
 * @param {number} at
 * @param {1 | -1} by
 * @returns {number | null}
 */
export function stepGroup(pages, at, by) {
  const group = pages[at]?.position.group;
  let to = at;
  while (pages[to]?.position.group === group && to >= 0 && to < pages.length) to += by;
  const found = pages[to]?.position.group;
  return found === undefined ? null : pages.findIndex(({ position }) => position.group === found);
}
