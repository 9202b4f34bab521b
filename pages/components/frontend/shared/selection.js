// Which cards are selected, for what is done to several at once: by their boxes, by key, or by a click with Shift.
import { getCardClass, getCards, getCurrentCard, getCurrentNumber, setCurrentNumber } from "./current_card.js";

const BOX = "qc-select";

/** The classes of the selected cards. @type {Set<string>} */
let selected = new Set();
/** The classes of the cards that can be selected: those that are left and unchanged. @type {Set<string>} */
let selectable = new Set();
/** @type {Set<() => void>} */
const observers = new Set();
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(sheet);
let styles = "";

/** The classes of the selected cards that are on screen, and still left and unchanged. */
export const listSelected = () => getCards().map(getCardClass).filter((name) => selected.has(name) && selectable.has(name));

/**
 * @param {() => void} observer called after each change
 * @returns {() => void} ends that
 */
export function observeSelection(observer) {
  observers.add(observer);
  return () => {
    observers.delete(observer);
  };
}

/**
 * Which cards can be selected from now on.
 * @param {Iterable<string>} names
 */
export function setSelectable(names) {
  selectable = new Set(names);
  drawSelection();
}

/** @param {Iterable<string>} names */
function select(names) {
  selected = new Set(names);
  drawSelection();
  for (const observer of observers) observer();
}

/** Marks the selected cards, and gives those that can be selected a box, where there are several. */
export function drawSelection() {
  const marked = listSelected();
  const rule = "outline: 2px dashed light-dark(#0a666d, #4fb3bb); outline-offset: -3px;";
  const text = marked.map((name) => `.${name} { ${rule} }`).join("\n");
  if (text !== styles) sheet.replaceSync((styles = text));
  const current = getCurrentCard();
  for (const card of getCards()) {
    const name = getCardClass(card);
    const box = card.querySelector(`:scope > .${BOX}`);
    if (selectable.size < 2 || !selectable.has(name)) box?.remove();
    else drawBox(box instanceof HTMLInputElement ? box : addBox(card), card, { isShown: marked.length > 0, isCurrent: card === current });
  }
}

/** @param {HTMLElement} card */
function addBox(card) {
  const box = document.createElement("input");
  Object.assign(box, { type: "checkbox", className: BOX, title: "Select (X); with Shift, all up to here" });
  box.addEventListener("click", (event) => {
    const names = new Set(selected);
    if (!event.shiftKey && !names.delete(getCardClass(card))) names.add(getCardClass(card));
    select(names);
  });
  card.append(box);
  return box;
}

/**
 * A box is seen on the current card, under the pointer, and on all cards once one is selected.
 * @param {HTMLInputElement} box
 * @param {HTMLElement} card
 * @param {{ isShown: boolean, isCurrent: boolean }} state
 */
function drawBox(box, card, { isShown, isCurrent }) {
  const label = `Select ${card.querySelector("p > strong:first-child")?.textContent ?? ""}`;
  if (box.getAttribute("aria-label") !== label) box.setAttribute("aria-label", label);
  box.checked = selected.has(getCardClass(card));
  box.toggleAttribute("data-qc-shown", isShown || isCurrent);
  box.tabIndex = isShown || isCurrent ? 0 : -1;
}

/** Selects nothing; false where nothing was selected. */
export function clearSelection() {
  const had = selected.size > 0;
  if (had) select([]);
  return had;
}

/** Selects the current card, or takes it out; false where it cannot be selected. */
export function toggleCurrent() {
  const card = getCurrentCard();
  if (!card || !selectable.has(getCardClass(card))) return false;
  const names = new Set(selected);
  if (!names.delete(getCardClass(card))) names.add(getCardClass(card));
  select(names);
  return true;
}

/** A click with Shift selects from the current card to this one. @param {PointerEvent} event */
function selectRange(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (!event.shiftKey || event.button !== 0 || target?.closest(`input:not(.${BOX}), textarea, canvas, a, [inert]`)) return;
  const cards = getCards();
  const to = cards.findIndex((card) => target && card.contains(target));
  const from = getCurrentNumber();
  if (to < 0 || from < 0) return;
  event.preventDefault();
  event.stopPropagation(); // the current card stays where the range begins, until it is there
  select([...selected, ...cards.slice(Math.min(from, to), Math.max(from, to) + 1).map(getCardClass)]);
  setCurrentNumber(to, { scroll: false });
}

window.addEventListener("pointerdown", selectRange, true);
window.addEventListener(
  "mousedown",
  (event) => {
    const isCard = event.target instanceof Element && event.target.closest('[class*="st-key-qc-card-"]');
    if (event.shiftKey && isCard) event.preventDefault(); // no text is selected
  },
  true,
);
