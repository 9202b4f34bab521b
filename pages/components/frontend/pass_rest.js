// “Pass the rest”: how many are left and unchanged, on this figure, in its group, or among what is selected.
import { buildHint } from "./shared/chord_arithmetic.js";
import { nameCard } from "./shared/current_card.js";
import { replaceObservers } from "./shared/drawings.js";
import { createElement, getElement } from "./shared/elements.js";
import { findReviewPage, isListedUndecided, listReviewPages } from "./shared/figure_pages.js";
import { clearSelection, listSelected, observeSelection, setSelectable } from "./shared/selection.js";
import { isUntouched, observeVerdicts } from "./shared/verdicts.js";

/** @import { ComponentArguments, OrderedPage } from "./types.d.ts" */

/** @param {readonly OrderedPage[]} pages */
const listLeft = (pages) => [
  ...new Set(
    pages.flatMap(({ cards }) => cards.map(({ key }) => key)).filter((key) => isListedUndecided(key) && isUntouched(nameCard(key))),
  ),
];

/** @param {ComponentArguments<{ group: string, page: string }>} component */
export default function drawPassRest({ data, parentElement, setTriggerValue }) {
  const root = getElement(parentElement, ".rest");
  const drawButton = (/** @type {string} */ scope, /** @type {string} */ text, /** @type {string} */ hint, /** @type {string[]} */ keys) => {
    const button = createElement("button", scope, `${text} (${keys.length})`);
    button.type = "button";
    button.title = hint;
    button.addEventListener("click", () => {
      clearSelection();
      setTriggerValue("asked", scope === "selected" ? { scope, keys } : { scope });
    });
    return button;
  };
  function show() {
    const page = findReviewPage(data.page);
    const ofFigure = listLeft(page ? [page] : []);
    const pages = listReviewPages().filter(({ position }) => position.group === data.group);
    const ofGroup = listLeft(pages);
    setSelectable(ofFigure.map(nameCard));
    const names = new Set(listSelected());
    const chosen = ofFigure.filter((key) => names.has(nameCard(key)));
    const buttons = [];
    if (names.size) buttons.push(drawButton("selected", "Pass selected", buildHint("passRest"), chosen));
    else if (ofFigure.length) buttons.push(drawButton("figure", "Pass the rest", buildHint("passRest"), ofFigure));
    if (ofGroup.length > ofFigure.length) buttons.push(drawButton("group", "Pass the rest of the group", buildHint("passGroup"), ofGroup));
    const active = parentElement.activeElement;
    const focused = active instanceof HTMLElement ? active.className : null;
    root.replaceChildren(...buttons);
    const again = buttons.find((button) => button.className === focused);
    again?.focus({ preventScroll: true });
  }
  show();
  const end = replaceObservers(root, () => [observeVerdicts(show), observeSelection(show)]);
  return () => {
    setSelectable([]);
    end();
  };
}
