// Which groups a filter leaves, which lead to a group, and where the arrow keys lead in the tree.

/** @import { TreeNode } from "../types.d.ts" */

/**
 * Whether the filter's text is in the node's own text (which is in lower case), or in that of one below it.
 * @param {TreeNode} node
 * @param {string} filter
 * @returns {boolean}
 */
export function matchesFilter(node, filter) {
  return (
    !filter ||
    node.search.includes(filter.toLowerCase()) ||
    node.children.some((child) => matchesFilter(child, filter))
  );
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
