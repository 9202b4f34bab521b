// The switch that shows, under each number on the cards, where it lies among the project's values.
import { isComparing, observeChoice, setComparing } from "./comparison/choice.js";
import { createElement, getElement } from "./shared/elements.js";

/** @import { ComponentArguments } from "./types.d.ts" */

/** @param {ComponentArguments<null>} component */
export default function showSwitch({ parentElement }) {
  const root = getElement(parentElement, ".switch");
  const button = createElement("button", "compare", "Compare with project");
  button.type = "button";
  button.title = "Show under each number where it lies among the project's values of the same metric";
  const update = () => button.setAttribute("aria-pressed", String(isComparing()));
  button.addEventListener("click", () => setComparing(!isComparing()));
  update();
  root.replaceChildren(button);
  return observeChoice(update);
}
