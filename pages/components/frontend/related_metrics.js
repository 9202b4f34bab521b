// The metrics of other groups that refer to the open figure, each a link to its own position; many are folded.
import { blockCards } from "./shared/cards.js";
import { createElement, createStatusBadge, getElement } from "./shared/elements.js";
import { createLink } from "./shared/links.js";

/** @import { ComponentArguments, RelatedMetricsData } from "./types.d.ts" */

const MAX_UNFOLDED = 8;

/**
 * Whether the reader opened or closed the list, by component.
 * @type {WeakMap<HTMLElement, boolean>}
 */
const chosenOpen = new WeakMap();

/** @param {ComponentArguments<RelatedMetricsData>} component */
export default function drawRelatedMetrics({ data, parentElement, setTriggerValue }) {
  const root = getElement(parentElement, ".related");
  const { count } = data;
  const details = createElement("details");
  details.open = chosenOpen.get(root) ?? count <= MAX_UNFOLDED;
  const summary = createElement("summary", "", `Also on this figure: ${count} more ${count === 1 ? "metric" : "metrics"}`);
  summary.addEventListener("click", () => {
    chosenOpen.set(root, !details.open);
  });
  details.append(summary);
  let left = count;
  for (const group of data.groups) {
    details.append(createElement("div", "quiet group", group.label));
    for (const metric of group.links) {
      const row = createLink(metric.href, "row", undefined, () => {
        blockCards();
        setTriggerValue("followed", metric.position);
      });
      row.append(createStatusBadge(metric.status), createElement("span", "", metric.name));
      details.append(row);
    }
    left -= group.links.length;
  }
  if (left > 0) details.append(createElement("div", "quiet", `and ${left} more`));
  root.replaceChildren(details);
}
