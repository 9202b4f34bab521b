// Where the reader begins after a change of figure or group: at the card of `data.card`, or at the top where that is in
// view from there. Drawn after the cards, once for each figure page. It also unblocks the cards that a link blocked, and
// puts the focus where one goes on after a submission.
import { announce } from "./shared/announce.js";
import { startCardLayout } from "./shared/card_layout.js";
import { blockCards, unblockCards } from "./shared/cards.js";
import { getCards, getDrawnPage, markAgain, startPage } from "./shared/current_card.js";
import { findReviewPage, getWantedPage, listReviewPages } from "./shared/figure_pages.js";
import { isInQueue, isLeft } from "./shared/moving.js";
import { setOpenGroup } from "./shared/open_group.js";
import { startReviewKeyboard } from "./shared/review_keyboard.js";
import { waitAtRest } from "./shared/script.js";
import { isSideBySide } from "./shared/side_by_side.js";
import { setCards } from "./shared/verdicts.js";

/** @import { CardsStartData, ComponentArguments } from "./types.d.ts" */

const LONGEST_WAIT = 3000; // ms for which the script is at rest

/**
 * What each component has done.
 * @type {WeakMap<Element, { page: unknown, step: string, submitted: number }>}
 */
const states = new WeakMap();

/** @param {Element} element */
function getScrollingParents(element) {
  const found = [];
  for (let at = /** @type {Element | null} */ (element); at; at = at.parentElement)
    if (at.scrollHeight > at.clientHeight && /auto|scroll/.test(getComputedStyle(at).overflowY)) found.push(at);
  return found;
}

/** @param {number} number */
function scrollToCard(number) {
  const card = getCards()[number];
  if (!card) return;
  for (const parent of getScrollingParents(card)) parent.scrollTop = 0;
  const bar = document.querySelector('[data-testid="stBottom"]')?.getBoundingClientRect().top ?? window.innerHeight;
  if (!isSideBySide()) return;
  if (number && card.getBoundingClientRect().bottom > bar) card.scrollIntoView({ block: "start", behavior: "instant" });
}

/** The link to the next asset, which the bar has once all is decided and submitted. */
function findNextAsset() {
  for (const node of document.querySelectorAll(".st-key-next-asset *")) {
    const link = node.shadowRoot?.querySelector("a");
    if (link) return link;
  }
  return null;
}

/**
 * Puts the focus on a control of a card; false where it has none.
 * @param {number} number
 */
function focusCard(number) {
  const control = getCards()[number]?.querySelector('[data-testid="stButtonGroup"] button:not([disabled])');
  if (control instanceof HTMLElement) control.focus();
  return control instanceof HTMLElement;
}

/**
 * Puts the focus where one goes on: on the card to decide, else, once all is decided, on the link to the next asset, else on the
 * open group's row in the tree.
 * @param {number | null} number of the card to begin at
 */
async function focusNext(number) {
  const keys = findReviewPage(getDrawnPage())?.cards.map(({ key }) => key) ?? [];
  const isUsual = isInQueue() || isLeft(keys[number ?? -1] ?? "");
  if (focusCard(isUsual ? (number ?? -1) : keys.findIndex(isLeft))) return;
  const next = isInQueue() || listReviewPages().some(({ cards }) => cards.some(({ key }) => isLeft(key))) ? null : await waitAtRest(findNextAsset, LONGEST_WAIT);
  if (next) {
    next.focus();
    return;
  }
  const tree = [...document.querySelectorAll(".st-key-qc-groups *")].map((node) => node.shadowRoot).find(Boolean);
  const row = tree?.querySelector('[aria-current="true"]');
  if (row instanceof HTMLElement) row.focus({ preventScroll: true });
}

startCardLayout();
startReviewKeyboard(); // before a card is marked as the one that keys act on

/** @param {ComponentArguments<CardsStartData>} component */
export default function startCards({ data, parentElement }) {
  const state = states.get(parentElement.host) ?? { page: null, step: "", submitted: 0 };
  states.set(parentElement.host, state);
  setCards(data.cards);
  const wanted = getWantedPage();
  if (wanted !== null && wanted !== data.page) blockCards(); // these are the cards of a figure that was passed by
  else {
    setOpenGroup(data.group);
    if (state.page !== data.page || state.step !== data.step || wanted !== null) {
      state.page = data.page;
      state.step = data.step;
      scrollToCard(startPage(data.page, data.card ?? 0));
      unblockCards();
    } else markAgain();
  }
  if (data.submitted > state.submitted) {
    state.submitted = data.submitted;
    if (data.landed) announce(`${data.landed} ${data.landed === 1 ? "change" : "changes"} submitted and read back`);
    waitAtRest(() => !document.querySelector('[data-testid="stDialog"]'), LONGEST_WAIT).then(() => focusNext(data.card));
  }
}
