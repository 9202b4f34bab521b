// The buttons of a review's line at the top that only narrow windows have: the way to the groups, and to what is rarely used.
import { createElement, createIcon } from "./elements.js";
import { getDrawer, observeDrawer, setDrawer, toggleDrawer } from "./tree_drawer.js";

const OPEN_CLASS = "qc-more-open";
const REVIEW_CLASS = "qc-in-review";

/**
 * The button that opens the drawer of groups, with the open group's path; hidden where the tree is not a drawer.
 * @returns {[HTMLElement, () => void]} with how to end it
 */
export function createGroupsButton() {
  const button = createElement("button", "groups");
  const label = createElement("span", "label");
  button.type = "button";
  button.append(createIcon("sidebar"), label);
  button.addEventListener("click", () => {
    setOpen(false);
    toggleDrawer();
  });
  button.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !getDrawer().shown) return;
    event.stopPropagation();
    setDrawer({ shown: false });
  });
  const show = () => {
    const { folded, shown, label: path, returns } = getDrawer();
    button.hidden = !folded;
    label.textContent = path || "Groups";
    button.title = `Groups: ${path}`;
    button.setAttribute("aria-label", `Groups: ${path}`);
    button.setAttribute("aria-expanded", String(shown));
    if (returns) button.focus();
  };
  show();
  return [button, observeDrawer(show)];
}

/** Popovers of what is behind the button are outside of it, too: only these parts of the page are elsewhere. */
const ELSEWHERE = '.st-key-qc-workspace, [data-testid="stBottom"]';

/** The header that is drawn, with its button. @type {{ header: HTMLElement, button: HTMLElement } | null} */
let drawn = null;

const isOpen = () => document.documentElement.classList.contains(OPEN_CLASS);

/** @param {boolean} open */
function setOpen(open) {
  document.documentElement.classList.toggle(OPEN_CLASS, open);
  if (!drawn) return;
  const { header, button } = drawn;
  header.classList.toggle("open", open);
  button.setAttribute("aria-expanded", String(open));
  button.title = open ? "Less" : "More: notes, history, arrange, and who signs";
  button.setAttribute("aria-label", open ? "Less" : "More");
}

document.addEventListener(
  "pointerdown",
  (event) => {
    const isElsewhere = (/** @type {EventTarget} */ node) => node instanceof Element && node.matches(ELSEWHERE);
    if (isOpen() && event.composedPath().some(isElsewhere)) setOpen(false);
  },
  true,
);

/**
 * The button that opens and closes the rest of the line at the top, which is below it then.
 * @param {HTMLElement} header has the class `open` meanwhile
 * @returns {HTMLElement}
 */
export function createMoreButton(header) {
  const button = createElement("button", "more-button");
  button.type = "button";
  button.append(createIcon("more"));
  button.addEventListener("click", () => {
    setDrawer({ shown: false });
    setOpen(!isOpen());
  });
  header.onkeydown = (event) => {
    if (event.key !== "Escape" || !isOpen()) return;
    event.stopPropagation();
    setOpen(false);
    button.focus();
  };
  drawn = { header, button };
  setOpen(isOpen());
  document.documentElement.classList.add(REVIEW_CLASS);
  return button;
}

/** The header leaves the page. */
export function endHeader() {
  setOpen(false);
  document.documentElement.classList.remove(REVIEW_CLASS);
}
