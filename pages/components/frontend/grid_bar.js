// The bar below a grid: the current tile and its verdict, how much is left, the rest, and undo.
import { createButton } from "./figure/controls.js";
import { askForReason, mayDecide, passTiles, setRestDialog } from "./grid/deciding.js";
import { toggleLarge } from "./grid/large.js";
import { createVerdictButtons } from "./grid/verdict_buttons.js";
import {
  getCounts,
  getCurrentTile,
  getNotice,
  getServer,
  isSaving,
  listLeft,
  observeGrid,
  requestGridStep,
  setServer,
} from "./grid/state.js";
import { buildHint } from "./shared/chord_arithmetic.js";
import { replaceObservers } from "./shared/drawings.js";
import { createElement, getElement } from "./shared/elements.js";
import { setKeyDialog, toggleKeyList } from "./shared/key_list.js";

/** @import { ComponentArguments, GridServer } from "./types.d.ts" */

/**
 * @param {string} className
 * @param {string} text
 * @param {string} command
 * @param {() => void} act
 */
function createTool(className, text, command, act) {
  const button = createButton(text, text, act);
  button.classList.add(className);
  button.title = buildHint(command);
  return button;
}

/** @param {HTMLDialogElement} dialog */
function buildAsk(dialog) {
  return (/** @type {{ seen: string[], unseen: string[] }} */ { seen, unseen }) => {
    const all = [...seen, ...unseen];
    const pass = (/** @type {string[]} */ ids) => () => {
      dialog.close();
      requestGridStep("rest", ids);
    };
    const words = `${unseen.length} of the ${all.length} that are left ${unseen.length === 1 ? "was" : "were"} not in view yet.`;
    const buttons = createElement("div", "buttons");
    if (seen.length) buttons.append(createButton(`Pass ${seen.length} seen`, `Pass the ${seen.length} that I have seen`, pass(seen)));
    buttons.append(createButton(`Pass all ${all.length}`, `Pass all ${all.length}`, pass(all)), createButton("Cancel", "Cancel", () => dialog.close()));
    dialog.replaceChildren(createElement("h2", "", "Pass the rest"), createElement("p", "", words), buttons);
    dialog.showModal();
  };
}

/** @param {ComponentArguments<GridServer>} component */
export default function drawGridBar({ data, parentElement, setTriggerValue }) {
  const root = getElement(parentElement, ".grid-bar");
  const [ask, keys] = [getElement(parentElement, ".ask"), getElement(parentElement, ".keys")];
  if (ask instanceof HTMLDialogElement) setRestDialog(buildAsk(ask));
  if (keys instanceof HTMLDialogElement) setKeyDialog(keys, "grid");
  // One element for as long as the bar is there, so that its changes are heard.
  const counts = root.querySelector(".counts") ?? createElement("span", "counts");
  counts.setAttribute("role", "status");
  const show = () => {
    const focused = parentElement.activeElement?.className;
    root.replaceChildren(...createParts(counts));
    const again = [...root.querySelectorAll("button")].find((button) => button.className === focused);
    again?.focus({ preventScroll: true });
  };
  const end = replaceObservers(root, () => [observeGrid(show)]);
  setServer(data, setTriggerValue);
  show();
  return () => {
    end();
    setKeyDialog(null);
  };
}

/** @param {Element} counts */
function createParts(counts) {
  const tile = getCurrentTile();
  const { refused, canUndo, canRedo } = getServer();
  const here = createElement("span", "here", tile ? `${tile.title} · ${askForReason(tile) || tile.asset}` : "");
  here.title = here.textContent ?? "";
  if (getNotice()) here.textContent = getNotice();
  else if (tile && refused[tile.id]) here.textContent = `⚠ Not taken: ${refused[tile.id]}`;
  else if (Object.keys(refused).length) here.textContent = `⚠ ${Object.keys(refused).length} not taken: ${Object.values(refused)[0]}`;
  const { pass, fail, left } = getCounts();
  counts.textContent = `${pass} Pass · ${fail} Fail · ${left} left${isSaving() ? ", saving …" : ""}`;
  const large = createTool("enlarge", "Large", "enlarge", toggleLarge);
  const help = createTool("help", "Keys", "showGridKeys", toggleKeyList);
  if (!mayDecide()) return [here, large, counts, help];
  const { seen, unseen } = listLeft();
  const rest = createTool("rest", `Pass the rest (${seen.length + unseen.length})`, "passTiles", passTiles);
  rest.disabled = left === 0;
  const undo = createTool("undo", "Undo", "undoGrid", () => requestGridStep("undo"));
  const redo = createTool("redo", "Redo", "redoGrid", () => requestGridStep("redo"));
  undo.disabled = !canUndo;
  redo.disabled = !canRedo;
  return [here, ...createVerdictButtons(), large, rest, counts, undo, redo, help];
}
