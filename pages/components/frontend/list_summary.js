// Above the list of assets: how many metrics are Pending in the whole result.
import { getElement } from "./shared/elements.js";
import { followText } from "./shared/list_answers.js";

/** @import { ComponentArguments } from "./types.d.ts" */

/** @param {ComponentArguments<{ text: string, pending: string }>} component */
export default function drawSummary({ data, parentElement }) {
  const root = getElement(parentElement, ".summary");
  return followText(root, data, ({ pending }) => {
    root.textContent = pending;
    root.classList.toggle("quiet", !/\d/.test(pending));
  });
}
