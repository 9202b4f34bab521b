// The figure pages of the open record, and which one is wanted: shown in the browser before the server has drawn its
// cards. A page is known by its name, "group#metric" with the metric that comes first on it.

/** @import { FigureList, FigurePage, OrderedPage, ReviewPosition } from "../types.d.ts" */

/** @type {FigureList} */
let list = { figures: [], groups: {} };
let address = "";
/** All figure pages in the order of the tree. @type {OrderedPage[]} */
let order = [];
/** The keys of the metrics that are undecided in the record. @type {Set<string>} */
let undecided = new Set();

/** @type {string | null} */
let wanted = null;
/** @type {Set<() => void>} */
const observers = new Set();

/**
 * @param {FigureList} next
 * @param {string} href the address of the review, without a position
 */
export function setFigureList(next, href) {
  list = next;
  address = href;
  order = Object.entries(next.groups).flatMap(([group, pages]) =>
    pages.map(([metric, , cards]) => ({
      position: { group, metric },
      cards: cards.map(([name, key, isLeft]) => ({ address: name, key, undecided: isLeft === 1 })),
    })),
  );
  undecided = new Set(order.flatMap(({ cards }) => cards.filter((card) => card.undecided).map(({ key }) => key)));
  notify(); // the tree may come after the figure, which only now knows what to fetch ahead
}

function notify() {
  for (const observer of observers) observer();
}

/**
 * Whether a metric is Pending in the record and can be decided.
 * @param {string} key
 */
export const isListedUndecided = (key) => undecided.has(key);

/** All figure pages of the review in the order of the tree; none where the browser does not know them. */
export const listReviewPages = () => order;

/**
 * A figure page with its cards, by its name; undefined where the browser does not know it.
 * @param {string} name
 */
export const findReviewPage = (name) => order.find(({ position }) => namePage(position) === name);

/** @param {ReviewPosition} position */
export const namePage = ({ group, metric }) => `${group}#${metric ?? ""}`;

/**
 * The pages of a group in their order; none where the browser does not know the group.
 * @param {string} group
 * @returns {FigurePage[]}
 */
export function getPages(group) {
  const pages = [];
  for (const [metric, number] of list.groups[group] ?? []) {
    const figure = list.figures[number];
    if (figure) pages.push({ position: { group, metric }, ...figure });
  }
  return pages;
}

/**
 * The first page of the group after this one in the tree, undefined after the last group.
 * @param {string} group
 */
export function getFirstOfNext(group) {
  const groups = Object.keys(list.groups);
  const next = groups[groups.indexOf(group) + 1];
  return groups.includes(group) && next !== undefined ? getPages(next)[0] : undefined;
}

/**
 * A page with its number in the group, and the steps to the one before and after it; null where it is not known.
 * @param {string} name
 */
export function findPage(name) {
  const group = name.slice(0, name.indexOf("#"));
  const pages = getPages(group);
  const at = pages.findIndex((page) => namePage(page.position) === name);
  const page = pages[at];
  if (!page) return null;
  const step = (/** @type {FigurePage | undefined} */ to) =>
    to ? { position: to.position, href: createHref(to.position) } : null;
  return { page, position: at + 1, of: pages.length, previous: step(pages[at - 1]), next: step(pages[at + 1]) };
}

/** @param {ReviewPosition} position */
function createHref({ group, metric }) {
  const query = new URLSearchParams({ group, ...(metric ? { metric } : {}) });
  return `${address}&${query}`;
}

/** The page that the reader asked for and the server has not drawn yet, null for none. */
export const getWantedPage = () => wanted;

/**
 * @param {string | null} name null: what the server drew is what is wanted
 */
export function setWantedPage(name) {
  if (wanted === name) return;
  wanted = name;
  notify();
}

/**
 * @param {() => void} observer called after each change of the wanted page or of the figures
 * @returns {() => void} ends that
 */
export function observeWantedPage(observer) {
  observers.add(observer);
  return () => {
    observers.delete(observer);
  };
}
