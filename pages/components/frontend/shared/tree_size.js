// How wide the tree of groups is, and whether it is closed: kept in this browser, for all assets.
import { createElement, createIcon } from "./elements.js";
import { getDrawer, toggleDrawer } from "./tree_drawer.js";
import { clampWidth, readSize } from "./tree_arithmetic.js";

const STORAGE_KEY = "qc-tree";
const KEY = "\\";
const STEP = 16; // px for one press of an arrow

let size = readSize(read());

function read() {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null; // not allowed: it lasts as long as the page
  }
}

/** @param {Partial<typeof size>} change */
function setSize(change) {
  size = { ...size, ...change };
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(size));
  } catch {
    /* no room or not allowed */
  }
  applySize();
}

/** Shows the tree as it is kept: also one that was just drawn. */
export function applySize() {
  const root = document.documentElement;
  root.classList.toggle("qc-tree-closed", size.closed);
  root.style.setProperty("--qc-tree-width", `${size.width}px`);
  for (const button of buttons) {
    if (!button.isConnected) buttons.delete(button);
    describe(button);
  }
}

/** @type {Set<HTMLElement>} */
const buttons = new Set();

/** @param {HTMLElement} button */
function describe(button) {
  const label = size.closed ? "Show the tree of groups" : "Hide the tree of groups";
  button.setAttribute("aria-label", label);
  button.setAttribute("aria-expanded", String(!size.closed));
  button.title = `${label} (${KEY})`;
  button.closest(".tree")?.classList.toggle("closed", size.closed);
}

/** The button that closes and opens the tree. */
export function createTreeButton() {
  const button = createElement("button", "fold");
  button.type = "button";
  button.append(createIcon("sidebar"));
  button.addEventListener("click", () => toggleTree());
  buttons.add(button);
  describe(button);
  return button;
}

/** Closes the tree, or opens it again; where it is a drawer, that. */
export function toggleTree() {
  if (getDrawer().folded) toggleDrawer();
  else setSize({ closed: !size.closed });
  return true;
}

/** The edge that is pulled, or moved by the arrow keys, to make the tree wider or narrower. */
export function createTreeEdge() {
  const edge = createElement("div", "edge");
  const set = (/** @type {number} */ width) => {
    setSize({ width: clampWidth(width) });
    edge.setAttribute("aria-valuenow", String(size.width));
  };
  edge.setAttribute("role", "separator");
  edge.setAttribute("aria-orientation", "vertical");
  edge.setAttribute("aria-label", "Width of the tree of groups");
  edge.setAttribute("aria-valuenow", String(size.width));
  edge.tabIndex = 0;
  edge.addEventListener("pointerdown", (event) => {
    const [from, width] = [event.clientX, size.width];
    edge.setPointerCapture(event.pointerId);
    event.preventDefault();
    edge.onpointermove = (moved) => set(width + moved.clientX - from);
  });
  edge.addEventListener("lostpointercapture", () => {
    edge.onpointermove = null;
  });
  edge.addEventListener("keydown", (event) => {
    const by = event.key === "ArrowLeft" ? -STEP : event.key === "ArrowRight" ? STEP : 0;
    if (!by) return;
    event.preventDefault();
    set(size.width + by);
  });
  return edge;
}

applySize();
