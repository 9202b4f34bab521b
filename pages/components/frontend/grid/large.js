// A tile's figure in large, over the page: it follows the current tile, and closes with the key that opened it.
import { createButton } from "../figure/controls.js";
import { buildHint } from "../shared/chord_arithmetic.js";
import { createElement, createStatusBadge } from "../shared/elements.js";
import { createLink } from "../shared/links.js";
import { askForReason } from "./deciding.js";
import { createVerdictButtons } from "./verdict_buttons.js";
import { getCurrent, getCurrentTile, getReasons, getTiles, getVerdict, setCurrent } from "./state.js";

/** @import { GridTile } from "../types.d.ts" */

/** @type {HTMLDialogElement | null} */
let dialog = null;
let shownId = "";

/** @param {HTMLDialogElement | null} next @param {() => void} onClose */
export function setLargeDialog(next, onClose) {
  dialog = next;
  if (!next) return;
  next.onclose = () => {
    shownId = "";
    next.replaceChildren();
    onClose();
  };
}

export const isLarge = () => dialog?.open === true;

/** Opens the current tile in large, or closes it. */
export function toggleLarge() {
  if (!dialog || !getCurrentTile()) return false;
  if (dialog.open) dialog.close();
  else {
    dialog.showModal();
    drawLarge();
    dialog.focus();
  }
  return true;
}

/** Shows the current tile, and the verdict that it has by now, where the dialog is open. */
export function drawLarge() {
  const tile = getCurrentTile();
  if (!dialog?.open || !tile) return;
  if (shownId !== tile.id) {
    shownId = tile.id;
    dialog.replaceChildren(createElement("div", "head"), createStage(tile), createElement("div", "foot"));
    loadNeighbour();
  }
  const [head, , foot] = dialog.children;
  const verdict = getVerdict(tile.id);
  const facts = [tile.facts, tile.value && `value ${tile.value}`, verdict.isChanged ? "draft" : "", getReasons(tile).join(", ") || askForReason(tile)].filter(Boolean).join(" · ");
  const link = createLink(tile.href, "asset", tile.asset);
  link.title = buildHint("openTile");
  const close = createButton("Close", "✕", () => dialog?.close());
  const place = `${getCurrent() + 1} of ${getTiles().length}`;
  head?.replaceChildren(createStatusBadge(verdict.status), createElement("strong", "", tile.metric), createElement("span", "", `${tile.day} ·`), link, createElement("span", "quiet facts", facts), createElement("span", "quiet place", place), close);
  const previous = createButton("Previous", "‹ Previous", () => setCurrent(getCurrent() - 1));
  const next = createButton("Next", "Next ›", () => setCurrent(getCurrent() + 1));
  previous.disabled = getCurrent() === 0;
  next.disabled = getCurrent() === getTiles().length - 1;
  foot?.replaceChildren(previous, ...createVerdictButtons(), next);
}

/** @param {GridTile} tile */
function createStage({ large, picture, reason, href, metric }) {
  const stage = createElement("div", "stage");
  if (large?.kind === "picture") {
    if (picture) stage.append(Object.assign(createElement("img", "small"), { src: picture, alt: "" }));
    const image = Object.assign(createElement("img", "whole"), { alt: metric });
    image.addEventListener("load", () => stage.classList.add("loaded"));
    image.addEventListener("error", () => stage.replaceChildren(createElement("p", "", "This picture cannot be shown in large.")));
    image.addEventListener("click", () => stage.classList.toggle("actual"));
    image.src = large.address;
    stage.append(image);
  } else if (large?.kind === "video") {
    stage.append(Object.assign(createElement("video"), { src: large.address, controls: true, muted: true }));
  } else {
    const words = createElement("p", "", `${reason} `);
    words.append(createLink(href, "asset", "Open it in the review"));
    stage.append(words);
  }
  return stage;
}

/** The next picture is loaded before it is asked for. */
function loadNeighbour() {
  const next = getTiles()[getCurrent() + 1]?.large;
  if (next?.kind === "picture") new Image().src = next.address;
}
