// Which groups the filter and the choice above it leave, which lead to a group, and where the arrow keys lead in the tree.

import { countFailed, countLeft } from "./status_counts.js";

/** @import { GroupState, TreeNode } from "../types.d.ts" */

/** What the tree can be narrowed to, with the names of the buttons; "" is everything. */
export const CHOICES = /** @type {const} */ ([
  ["", "All"],
  ["left", "Left"],
  ["fail", "Fail"],
  ["changed", "Changed by me"],
]);

/**
 * How many metrics of a group are of a choice.
 * @param {string} choice one of `CHOICES`
 * @param {GroupState} state
 */
export function countChosen(choice, { counts, changed, total }) {
  if (choice === "left") return countLeft(counts);
  if (choice === "fail") return countFailed(counts);
  return choice === "changed" ? changed : total;
}

/**
 * The words by which a group is found besides its own text: the statuses that its metrics have now.
 * @param {GroupState} state
 */
function listStatusWords({ counts }) {
  const words = [countLeft(counts) ? "pending" : "", countFailed(counts) ? "fail" : "", counts[0] > 0 ? "pass" : ""];
  return words.join("\n");
}

/**
 * Whether a group is shown: it, or one below it, has metrics of the choice, and the filter's text is in its own text
 * (which is in lower case), in that of a group above it, or is a status of its metrics.
 * @param {TreeNode} node
 * @param {{ text: string, choice: string }} filter
 * @param {(node: TreeNode) => GroupState} getState
 * @param {boolean} [isFoundAbove] whether the text is in that of a group above it
 * @returns {boolean}
 */
export function matchesFilter(node, filter, getState, isFoundAbove = false) {
  const text = filter.text.toLowerCase();
  const isFound = isFoundAbove || !text || node.search.includes(text);
  if (node.children.length) return node.children.some((child) => matchesFilter(child, filter, getState, isFound));
  const state = getState(node);
  return countChosen(filter.choice, state) > 0 && (isFound || listStatusWords(state).includes(text));
}

/**
 * What a key does in the tree: the number of the row that it leads to, "open" or "close" for the branch, or null.
 * @param {string} key
 * @param {number} at the number of the row with the focus
 * @param {number} count how many rows are in view
 * @returns {number | "open" | "close" | null}
 */
export function resolveTreeKey(key, at, count) {
  switch (key) {
    case "ArrowDown":
      return Math.min(at + 1, count - 1);
    case "ArrowUp":
      return Math.max(at - 1, 0);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    case "ArrowRight":
      return "open";
    case "ArrowLeft":
      return "close";
    default:
      return null;
  }
}

/**
 * The addresses of a group and of all groups above it, from the top: `a/b` gives `a` and `a/b`.
 * @param {string} key
 * @returns {string[]}
 */
export function listWay(key) {
  const steps = key.split("/");
  return steps.map((_, at) => steps.slice(0, at + 1).join("/"));
}
