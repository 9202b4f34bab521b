// The buttons above the tree that narrow it: to what is left, to failures, to what the reader changed. Each has its number.
import { createElement } from "./elements.js";
import { addCounts } from "./status_counts.js";
import { CHOICES, countChosen } from "./tree_filter.js";

/** @import { GroupState, TreeNode } from "../types.d.ts" */

/**
 * @param {TreeNode[]} nodes the groups at the top of the tree
 * @param {(node: TreeNode) => GroupState} getState
 * @returns {GroupState} that of all groups together
 */
export function sumStates(nodes, getState) {
  /** @type {GroupState} */
  let sum = { counts: [0, 0, 0, 0], changed: 0, total: 0 };
  for (const node of nodes) {
    const { counts, changed, total } = getState(node);
    sum = { counts: addCounts(sum.counts, counts), changed: sum.changed + changed, total: sum.total + total };
  }
  return sum;
}

/**
 * @param {(choice: string) => void} choose
 * @returns {{ element: HTMLElement, show: (choice: string, state: GroupState) => void }}
 */
export function createChips(choose) {
  const element = createElement("div", "chips");
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", "Show");
  const buttons = CHOICES.map(([choice, label]) => {
    const button = createElement("button", "chip");
    button.type = "button";
    button.addEventListener("click", () => choose(choice));
    const number = createElement("span", "number");
    // A narrow tree shows the first word alone; the button's name is whole.
    const [word, ...rest] = label.split(" ");
    const further = createElement("span", "further", rest.length ? ` ${rest.join(" ")}` : "");
    button.append(word ?? "", further, " ", number);
    element.append(button);
    return { choice, button, number };
  });
  const show = (/** @type {string} */ chosen, /** @type {GroupState} */ state) => {
    for (const { choice, button, number } of buttons) {
      button.setAttribute("aria-pressed", String(choice === chosen));
      number.textContent = String(countChosen(choice, state));
    }
  };
  return { element, show };
}
