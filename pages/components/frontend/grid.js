// Many metrics as small pictures at once, each with its verdict: keys move and decide, one is seen in large.
import { createTile, showVerdict } from "./grid/tile.js";
import { loadPictures, watchSeen } from "./grid/pictures.js";
import { drawLarge, isLarge, setLargeDialog, toggleLarge } from "./grid/large.js";
import { startGridKeyboard } from "./grid/keyboard.js";
import { getCurrent, getReasons, getServer, getVerdict, observeGrid, setCurrent, setTiles } from "./grid/state.js";
import { replaceObservers } from "./shared/drawings.js";
import { createElement, getElement } from "./shared/elements.js";

/** @import { ComponentArguments, GridTile } from "./types.d.ts" */

/** The tiles that are drawn, for each component, and what they were drawn from. @type {WeakMap<Element, { text: string, elements: HTMLElement[], end: () => void }>} */
const drawings = new WeakMap();

/**
 * @param {HTMLElement} root
 * @param {readonly GridTile[]} tiles
 */
function draw(root, tiles) {
  const list = createElement("div", "tiles");
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Metrics: arrow keys move, P, F and U decide, space shows one in large");
  const elements = tiles.map((tile, index) => {
    const element = createTile(tile);
    let wasCurrent = false; // a click on the current tile shows it in large; the focus comes before the click
    element.addEventListener("pointerdown", () => {
      wasCurrent = getCurrent() === index && element.matches(":focus");
    });
    element.addEventListener("click", () => {
      if (wasCurrent) toggleLarge();
      else setCurrent(index);
    });
    element.addEventListener("focus", () => getCurrent() !== index && setCurrent(index));
    return element;
  });
  list.append(...elements);
  root.replaceChildren(list);
  const endings = [watchSeen(new Map(elements.map((element, index) => [element, tiles[index]?.id ?? ""]))), loadPictures(list)];
  return { text: JSON.stringify(tiles), elements, end: () => endings.forEach((end) => end()) };
}

/** @param {ComponentArguments<{ tiles: GridTile[] }>} component */
export default function drawGrid({ data, parentElement }) {
  const root = getElement(parentElement, ".grid");
  const dialog = getElement(parentElement, "dialog");
  let drawing = drawings.get(parentElement.host);
  if (drawing?.text !== JSON.stringify(data.tiles)) {
    drawing?.end();
    drawing = draw(root, data.tiles);
    drawings.set(parentElement.host, drawing);
  }
  const { elements } = drawing;
  let shown = -1;
  const show = () => {
    const { refused } = getServer();
    data.tiles.forEach((tile, index) => {
      const element = elements[index];
      if (element) showVerdict(element, tile, getVerdict(tile.id), getReasons(tile), refused[tile.id] ?? "");
    });
    showCurrent();
    drawLarge();
  };
  const showCurrent = () => {
    const index = getCurrent();
    if (index === shown) return;
    elements[shown]?.removeAttribute("aria-selected");
    const element = elements[index];
    for (const one of elements) one.tabIndex = one === element ? 0 : -1;
    element?.setAttribute("aria-selected", "true");
    if (shown >= 0) element?.scrollIntoView({ block: "nearest", behavior: "instant" });
    if (shown >= 0 && !isLarge()) element?.focus({ preventScroll: true });
    shown = index;
  };
  const columns = () => {
    const list = root.querySelector(".tiles");
    return list ? getComputedStyle(list).gridTemplateColumns.split(" ").length : 1;
  };
  if (dialog instanceof HTMLDialogElement) setLargeDialog(dialog, () => elements[getCurrent()]?.focus({ preventScroll: true }));
  setTiles(data.tiles);
  const end = replaceObservers(root, () => [observeGrid(show), startGridKeyboard(columns)]);
  show();
  return end;
}
