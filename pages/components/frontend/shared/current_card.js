// Which card is the current one, that the keys act on: marked, kept in view, and named in the address.
import { findReviewPage } from "./figure_pages.js";
import { buildMarkStyles } from "./mark_styles.js";

const CARDS = '.st-key-qc-cards [class*="st-key-qc-card-"]';
const PREFIX = "st-key-qc-card-";

/** The class of the current card, "" before there is one. */
let current = "";
/** The figure page that is drawn. */
let drawn = "";
let shownSince = 0;
/** How often the reader was led to a page, or in a queue to a metric. */
let starts = 0;
/** The card to begin at once that page is drawn. @type {{ page: string, card: number } | null} */
let wanted = null;
/** The class of the card to go to once it is drawn, "" for none. */
let wantedClass = "";
/** Whether the current card is to be scrolled to. */
let isSought = false;
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(sheet);

/** @returns {HTMLElement[]} */
export const getCards = () => [...document.querySelectorAll(CARDS)].filter((card) => card instanceof HTMLElement);

/** @param {Element} card */
export const getCardClass = (card) => [...card.classList].find((name) => name.startsWith(PREFIX)) ?? "";

/**
 * The class of a metric's card, as Streamlit makes it of a key.
 * @param {string} key
 */
export const nameCard = (key) => PREFIX + key.replace(/[^a-zA-Z0-9_-]/g, "-");

/** The current card, null where none is on screen. */
export const getCurrentCard = () => getCards().find((card) => card.classList.contains(current)) ?? null;

/** The number of the current card among those on screen, -1 for none. */
export const getCurrentNumber = () => getCards().findIndex((card) => card.classList.contains(current));

/** How often the reader was led to a page, or in a queue to a metric. */
export const getStarts = () => starts;

/** When the page that is drawn came on screen, as `performance.now()` counts. */
export const getShownSince = () => shownSince;

/** The name of the figure page that is drawn, "" before the first. */
export const getDrawnPage = () => drawn;

/**
 * Lets the page of that name begin at a card.
 * @param {string} page
 * @param {number} card its number on the page
 */
export function setWantedCard(page, card) {
  wanted = { page, card };
}

/**
 * The cards of a page are drawn: the number of the one to begin at.
 * @param {string} page
 * @param {number} usual
 */
export function startPage(page, usual) {
  const ofClass = wantedClass ? getCards().findIndex((card) => card.classList.contains(wantedClass)) : -1;
  const number = ofClass >= 0 ? ofClass : wanted?.page === page ? wanted.card : usual;
  if (ofClass >= 0) wantedClass = "";
  wanted = null;
  if (drawn !== page) shownSince = performance.now();
  drawn = page;
  starts += 1;
  mark(getCards()[number] ?? null);
  if (number !== usual) writeAddress(number);
  return number;
}

/**
 * Makes the card of a class the current one: now, or once it is drawn.
 * @param {string} name
 */
export function setWantedClass(name) {
  const number = getCards().findIndex((card) => card.classList.contains(name));
  wantedClass = number < 0 ? name : "";
  setCurrentNumber(number);
}

/** Marks the current card again, after cards were drawn. */
export function markAgain() {
  const card = getCurrentCard();
  if (card) mark(card);
}

/**
 * Makes a card of the page on screen the current one; it is scrolled to once it is open (`scrollToCurrent`).
 * @param {number} number
 * @param {{ scroll?: boolean }} [options]
 */
export function setCurrentNumber(number, { scroll = true } = {}) {
  const card = getCards()[number];
  if (!card) return;
  isSought = scroll;
  if (card.classList.contains(current)) {
    scrollToCurrent();
    return;
  }
  mark(card);
  writeAddress(number);
}

/** Scrolls to the current card, where that was asked for and not done yet. */
export function scrollToCurrent() {
  if (isSought) getCurrentCard()?.scrollIntoView({ block: "nearest", behavior: "instant" });
  isSought = false;
}

/** @param {HTMLElement | null} card */
function mark(card) {
  for (const one of getCards()) if (one !== card) one.removeAttribute("aria-current");
  card?.setAttribute("aria-current", "true");
  const name = card ? getCardClass(card) : "";
  if (name !== current) sheet.replaceSync(name ? buildMarkStyles(name) : "");
  current = name;
}

/**
 * Names the current card in the address, in the same entry of the browser's history. In a queue the address is the queue's.
 * @param {number} number
 */
function writeAddress(number) {
  const query = new URLSearchParams(location.search);
  const page = findReviewPage(drawn);
  const card = page?.cards[number];
  if (!page || !card || query.has("queue")) return;
  query.set("group", page.position.group);
  query.set("metric", card.address);
  if (!page.position.group) query.delete("group");
  history.replaceState(history.state, "", `${location.pathname}?${query}`);
}

/** Where one acts is where one is; to select cards does not lead to them, so that nothing moves. @param {Event} event */
function follow(event) {
  if (event.target instanceof Element && event.target.classList.contains("qc-select")) return;
  const target = event.composedPath().find((node) => node instanceof Element && node.matches(CARDS));
  if (!(target instanceof HTMLElement)) return;
  const number = getCards().indexOf(target);
  if (number >= 0 && !target.closest("[inert]")) setCurrentNumber(number, { scroll: false });
}

document.addEventListener("focusin", follow, true);
document.addEventListener("pointerdown", follow, true);
