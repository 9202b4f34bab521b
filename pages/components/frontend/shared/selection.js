// Which cards are selected, for what is done to several at once: by key, or by a click with Shift.
import { getCardClass, getCards, getCurrentNumber, setCurrentNumber } from "./current_card.js";

/** The classes of the selected cards. @type {Set<string>} */
let selected = new Set();
/** @type {Set<() => void>} */
const observers = new Set();
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(sheet);

/** The classes of the selected cards that are on screen. */
export const listSelected = () => getCards().map(getCardClass).filter((name) => selected.has(name));

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

/** @param {Iterable<string>} names */
function select(names) {
  selected = new Set(names);
  const rule = "outline: 2px dashed light-dark(#0a666d, #4fb3bb); outline-offset: -3px;";
  sheet.replaceSync([...selected].map((name) => `.${name} { ${rule} }`).join("\n"));
  for (const observer of observers) observer();
}

/** Selects nothing; false where nothing was selected. */
export function clearSelection() {
  const had = selected.size > 0;
  if (had) select([]);
  return had;
}

/** Selects the current card, or takes it out. */
export function toggleCurrent() {
  const card = getCards()[getCurrentNumber()];
  if (!card) return false;
  const names = new Set(selected);
  if (!names.delete(getCardClass(card))) names.add(getCardClass(card));
  select(names);
  return true;
}

/** A click with Shift selects from the current card to this one. @param {PointerEvent} event */
function selectRange(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (!event.shiftKey || event.button !== 0 || target?.closest("input, textarea, canvas, a, [inert]")) return;
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
