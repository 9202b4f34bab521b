// Metrics of several assets, a row each, under a heading for each asset; the server sorted and filtered them.
import { createElement, createStatusBadge, getElement } from "./shared/elements.js";
import { createLink } from "./shared/links.js";

/** @import { ComponentArguments, MetricTableData, MetricTableGroup, MetricTableRow } from "./types.d.ts" */

/** @param {ComponentArguments<MetricTableData>} component */
export default function drawMetricTable({ data, parentElement }) {
  const head = createElement("thead");
  const titles = createElement("tr");
  for (const { key, title } of data.columns) {
    const cell = createElement("th", `c-${key}`, title);
    cell.scope = "col";
    titles.append(cell);
  }
  head.append(titles);
  const table = createElement("table");
  table.append(head, ...data.groups.map((group) => createGroup(group, data.columns)));
  getElement(parentElement, ".table").replaceChildren(table);
}

/**
 * @param {MetricTableGroup} group
 * @param {MetricTableData["columns"]} columns
 */
function createGroup(group, columns) {
  const body = createElement("tbody");
  const row = createElement("tr", "asset");
  const heading = createElement("th");
  heading.scope = "rowgroup";
  heading.colSpan = columns.length;
  heading.append(createLink(group.href, "name", group.name), createElement("span", "facts", group.facts));
  row.append(heading);
  body.append(row, ...group.rows.map((metric) => createRow(metric, columns)));
  return body;
}

/**
 * @param {MetricTableRow} metric
 * @param {MetricTableData["columns"]} columns
 */
function createRow(metric, columns) {
  const row = createElement("tr", "metric");
  for (const { key } of columns) {
    const cell = createElement("td", `c-${key}`);
    if (key === "name") cell.append(createLink(metric.href, "", metric.name));
    else if (key === "state") {
      if (metric.draft) cell.append(createStatusBadge(metric.draft), createElement("span", "quiet", "in your draft"));
      else cell.textContent = metric.state;
    } else cell.textContent = metric[key] ?? "";
    row.append(cell);
  }
  // A click anywhere in the row is one on its link, unless a text is being selected.
  row.addEventListener("click", (event) => {
    const isOnLink = event.target instanceof Element && event.target.closest("a");
    if (!isOnLink && !window.getSelection()?.toString()) row.querySelector("a")?.click();
  });
  return row;
}
