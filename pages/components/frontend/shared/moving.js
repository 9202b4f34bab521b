// Going from metric to metric, figure to figure and group to group by keys: in the order of the tree, across its groups.
import { blockCards } from "./cards.js";
import { getCurrentNumber, getDrawnPage, nameCard, setCurrentNumber, setWantedCard } from "./current_card.js";
import { getWantedPage, isListedUndecided, listReviewPages, namePage, setWantedPage } from "./figure_pages.js";
import { findNextLeft, stepCard, stepGroup } from "./order_arithmetic.js";
import { getVerdict } from "./verdicts.js";

/** @import { CardPosition, SendToServer } from "../types.d.ts" */

/** @type {SendToServer | null} */
let sendToServer = null;

/** @param {SendToServer | null} send hands a position to the script, as a link of the review does */
export function setPositionSender(send) {
  sendToServer = send;
}

/** Whether the review is worked off as a part of a queue, which says itself what comes next. */
export const isInQueue = () => new URLSearchParams(location.search).has("queue");

/** Where the reader is: the page that is shown, or wanted, and the current card of it. */
function getPosition() {
  const name = getWantedPage() ?? getDrawnPage();
  const page = listReviewPages().findIndex(({ position }) => namePage(position) === name);
  return { page, card: name === getDrawnPage() ? Math.max(0, getCurrentNumber()) : 0 };
}

/**
 * Goes to a card: at once on the page that is drawn, else the figure is shown and its cards are asked for.
 * @param {CardPosition | null} to
 */
export function goTo(to) {
  const page = to ? listReviewPages()[to.page] : undefined;
  const card = to ? page?.cards[to.card] : undefined;
  if (!to || !page || !card) return false;
  const name = namePage(page.position);
  if (name === (getWantedPage() ?? getDrawnPage())) {
    setCurrentNumber(to.card);
    return true;
  }
  blockCards();
  setWantedCard(name, to.card);
  setWantedPage(name);
  sendToServer?.("followed", { group: page.position.group, metric: card.address });
  return true;
}

/** @param {1 | -1} by */
export const goToMetric = (by) => goTo(stepCard(listReviewPages(), getPosition(), by));

/**
 * Goes to the figure after or before, and there to the first metric that is left to decide.
 * @param {1 | -1} by
 */
export function goToFigure(by) {
  const page = getPosition().page;
  return page >= 0 && goTo(beginAt(page + by));
}

/**
 * Goes to the group after or before, and there to the first metric that is left to decide.
 * @param {1 | -1} by
 */
export function goToGroup(by) {
  const pages = listReviewPages();
  const first = stepGroup(pages, getPosition().page, by);
  if (first === null) return false;
  const { group } = pages[first]?.position ?? {};
  const left = pages.findIndex(({ position, cards }) => position.group === group && cards.some(({ key }) => isLeft(key)));
  return goTo(beginAt(left < 0 ? first : left));
}

/** Goes to the next metric that is left to decide; false where none is. */
export function goToNextLeft() {
  if (isInQueue()) return clickButton(".st-key-queue-next button");
  return goTo(findNextLeft(listReviewPages(), getPosition(), isLeft));
}

/** @param {number} page */
function beginAt(page) {
  const cards = listReviewPages()[page]?.cards;
  if (!cards) return null;
  return { page, card: Math.max(0, cards.findIndex(({ key }) => isLeft(key))) };
}

/**
 * Whether a metric is left to decide, with what was decided a moment ago.
 * @param {string} key
 */
export function isLeft(key) {
  const verdict = getVerdict(nameCard(key));
  if (verdict) return verdict === "Pending";
  return isListedUndecided(key);
}

/**
 * Presses a button of Streamlit's, where it is there and can be pressed.
 * @param {string} selector
 */
export function clickButton(selector) {
  const button = document.querySelector(selector);
  if (!(button instanceof HTMLButtonElement) || button.disabled) return false;
  button.click();
  return true;
}
