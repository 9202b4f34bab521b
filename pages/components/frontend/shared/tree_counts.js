// What the rows of the tree show of their groups: what is left to decide, the status, what is changed. With the draft.
import { getDraftCounts } from "./changed_metrics.js";
import { createIcon, createStatusBadge, getElement } from "./elements.js";
import { addCounts, countDecided, countLeft, rollUpWith } from "./status_counts.js";

/** @import { GroupState, TreeNode } from "../types.d.ts" */

/**
 * The group of each row.
 * @type {WeakMap<Element, TreeNode>}
 */
const nodes = new WeakMap();

/**
 * @param {Element} row
 * @param {TreeNode} node
 */
export const setRowGroup = (row, node) => nodes.set(row, node);

/**
 * A group with the reader's draft.
 * @param {TreeNode} node
 * @param {string} record
 * @returns {GroupState}
 */
export function getGroupState(node, record) {
  const { changed, counts } = getDraftCounts(record, node.key);
  return { counts: addCounts(node.counts, counts), changed, total: node.count };
}

/**
 * Shows in each row what is left to decide in its group, its status, and how much of it is changed: with the draft.
 * @param {HTMLElement[]} rows
 * @param {(node: TreeNode) => GroupState} getState
 * @param {(group: string) => void} ask called with the group of which the reader wants to know why this is its status
 */
export function showCounts(rows, getState, ask) {
  for (const row of rows) {
    const node = nodes.get(row);
    if (!node) continue;
    const { counts, changed } = getState(node);
    const [left, status] = [countLeft(counts), rollUpWith(node.status, node.counts, addCounts(counts, node.counts, -1))];
    const mark = getElement(row, ".mark");
    mark.textContent = changed ? `● ${changed}` : "";
    mark.title = changed ? `${changed} changed, not yet submitted` : "";
    const count = getElement(row, ".count");
    count.classList.toggle("done", !left && countDecided(counts) > 0);
    count.replaceChildren(left ? `${left} left` : countDecided(counts) ? createIcon("tick") : "");
    const stored = `In the record: ${node.status || "no status"}, ${countLeft(node.counts)} Pending.`;
    row.title = changed ? stored : "";
    const badge = createStatusBadge(status);
    badge.title = "Why this status";
    // For the mouse: by keyboard, the dialog that opens from the header offers every group.
    badge.addEventListener("click", (event) => {
      event.preventDefault();
      event.stopPropagation();
      ask(node.key);
    });
    getElement(row, ".status").replaceWith(badge);
    const label = `${node.label}, ${status || "no status"}, ${node.count} metrics, ${left} left`;
    row.setAttribute("aria-label", [label, ...(node.allowed ? [node.allowed] : [])].join(", "));
  }
}
