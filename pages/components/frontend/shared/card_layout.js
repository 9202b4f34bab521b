// The cards next to a figure: open while there is room for all of them, else closed but for the current one. And what they
// are for those who hear them: a group with the metric's name, which is a heading; and the figure is a group that is described
// by its metrics.
import { getCardClass, scrollToCurrent } from "./current_card.js";
import { drawSelection } from "./selection.js";
import { getStatus, observeVerdicts } from "./verdicts.js";

const CARDS = '.st-key-qc-cards [class*="st-key-qc-card-"]';
const OPEN_HEIGHT = 300; // px that an open card has as a rule
const FOLDED_LINES = 3;
const MORE = "qc-more";

/** Whether the pointer is down: what it is on must not move away before that is a click. */
let isPressed = false;
/** The bar at the bottom, and its height as last reported. */
let bar = /** @type {Element | null} */ (null);
let barHeight = 0;
const barSizes = new ResizeObserver(() => {
  const height = bar?.getBoundingClientRect().height ?? 0;
  if (height === barHeight) return;
  setBarHeight(height);
  plan();
});

/** @param {number} height */
function setBarHeight(height) {
  barHeight = height;
  document.documentElement.style.setProperty("--qc-bar-height", `${height}px`);
}

/** Follows the height of the bar, which is then known without asking for a layout. */
function followBar() {
  const found = document.querySelector('[data-testid="stBottom"]');
  if (found === bar) return;
  barSizes.disconnect();
  bar = found;
  setBarHeight(bar?.getBoundingClientRect().height ?? 0);
  if (bar) barSizes.observe(bar);
}

/** Opens the current card, and closes the others where there are more than have room, beside a figure. */
function fitCards() {
  if (isPressed) return;
  const cards = [...document.querySelectorAll(CARDS)];
  const current = cards.find((card) => card.getAttribute("aria-current") === "true");
  for (const card of cards) card.toggleAttribute("data-qc-open", card === current);
  const isBeside = document.querySelector('.st-key-qc-panes [data-testid="stColumn"] .st-key-qc-cards') !== null;
  const most = Math.max(1, Math.floor((window.innerHeight - barHeight) / OPEN_HEIGHT));
  document.documentElement.classList.toggle("qc-compact", isBeside && current !== undefined && cards.length > most);
}

/**
 * Sets an attribute only where that changes it: each change would be noticed again.
 * @param {Element} element
 * @param {string} name
 * @param {string} value
 */
function set(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

function nameCards() {
  for (const card of document.querySelectorAll(CARDS)) {
    const name = card.querySelector("p > strong:first-child");
    if (!name) continue;
    set(name, "role", "heading");
    set(name, "aria-level", "2");
    set(card, "role", "group");
    set(card, "aria-label", name.textContent ?? "");
    const verdicts = card.querySelector('[aria-label^="Status of "]');
    for (let at = verdicts; at; at = at.parentElement)
      if (at.parentElement === card) set(at, "data-qc-name", name.textContent ?? "");
  }
}

/** The figure is described by the metrics whose cards are on screen: "Figure of Drift: Pass; Noise: Pending". */
function describeFigure() {
  const figure = document.querySelector(".st-key-qc-figure");
  const cards = [...document.querySelectorAll(CARDS)].filter((card) => !card.closest("[inert]") && card.getAttribute("aria-label"));
  if (!figure || !cards.length) return;
  const metrics = cards.map((card) => `${card.getAttribute("aria-label")}: ${getStatus(getCardClass(card)) || "no status"}`);
  set(figure, "role", "group");
  set(figure, "aria-label", `Figure of ${metrics.join("; ")}`);
}

/** In a list of changes each button says which change it is of: "Leave out Drift, probe A". */
function nameChangeButtons() {
  for (const row of document.querySelectorAll('[class*="st-key-qc-change-"]')) {
    const [title, button] = [row.querySelector("p > strong:first-child"), row.querySelector("button")];
    if (title && button) set(button, "aria-label", `${button.textContent?.trim()} ${title.textContent}`);
  }
}

const DESCRIPTIONS = `:is(${CARDS}) > [data-testid="stElementContainer"]:not(:first-child) [data-testid="stMarkdownContainer"]`;

/** Whether a description that is seen has more than three lines. @param {HTMLElement} text */
function isLong(text) {
  const height = parseFloat(getComputedStyle(text.querySelector("p, li") ?? text).lineHeight) || 22;
  return text.offsetHeight > 0 && text.scrollHeight > height * (FOLDED_LINES + 0.9);
}

/** Folds descriptions that are longer than three lines, each with a button that opens it. */
function foldDescriptions() {
  const texts = [...document.querySelectorAll(DESCRIPTIONS)].filter((text) => text instanceof HTMLElement);
  const long = texts.filter((text) => !text.nextElementSibling?.classList.contains(MORE) && isLong(text));
  for (const text of long) {
    const more = document.createElement("button");
    Object.assign(more, { type: "button", className: MORE });
    const show = (/** @type {boolean} */ open) => {
      text.classList.toggle("qc-folded", !open);
      more.textContent = open ? "Less" : "More";
      more.setAttribute("aria-expanded", String(open));
    };
    more.addEventListener("click", () => show(text.classList.contains("qc-folded")));
    show(false);
    text.after(more);
  }
}

let frame = 0;

/** First all that is written, then what reads the layout, so that one is enough for the frame. */
function update() {
  frame = 0;
  followBar();
  fitCards();
  nameCards();
  describeFigure();
  nameChangeButtons();
  drawSelection();
  foldDescriptions();
  scrollToCurrent();
}

function plan() {
  frame ||= requestAnimationFrame(update);
}

/** Keeps the layout of the cards what it is to be, through all drawings of the page; does nothing the second time. */
export function startCardLayout() {
  const attributes = { attributes: true, attributeFilter: ["aria-current"] };
  new MutationObserver(plan).observe(document.body, { childList: true, subtree: true, ...attributes });
  const press = (/** @type {boolean} */ down) => {
    isPressed = down;
    if (!down) setTimeout(plan); // after the click
  };
  document.addEventListener("pointerdown", () => press(true), true);
  document.addEventListener("pointerup", () => press(false), true);
  document.addEventListener("pointercancel", () => press(false), true);
  window.addEventListener("resize", plan);
  observeVerdicts(plan);
  plan();
}
