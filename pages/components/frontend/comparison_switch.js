// The switch that shows, under each number on the cards, where it lies among the project's values. The server draws the
// strips; that they are wanted is kept here, through reloads of the page.
import { isComparing, observeChoice, setComparing } from "./comparison/choice.js";
import { replaceObservers } from "./shared/drawings.js";
import { createElement, getElement } from "./shared/elements.js";

/** @import { ComponentArguments } from "./types.d.ts" */

/** @param {ComponentArguments<{ on: boolean }>} component */
export default function showSwitch({ data, parentElement, setTriggerValue }) {
  const root = getElement(parentElement, ".switch");
  const button = createElement("button", "compare", "Compare with project");
  button.type = "button";
  button.title = "Show under each number where it lies among the project's values of the same metric";
  const update = () => button.setAttribute("aria-pressed", String(isComparing()));
  button.addEventListener("click", () => {
    setComparing(!isComparing());
    setTriggerValue("switched", isComparing());
  });
  update();
  const hadFocus = root.contains(parentElement.activeElement);
  root.replaceChildren(button);
  if (hadFocus) button.focus({ preventScroll: true });
  if (data.on !== isComparing()) setTriggerValue("switched", isComparing()); // after a reload
  return replaceObservers(root, () => [observeChoice(update)]);
}
