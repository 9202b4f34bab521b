// A table whose cells are texts, statuses and links that stay in the session.
import { createElement, createStatusBadge, getElement } from "./shared/elements.js";
import { createLink } from "./shared/links.js";

/** @import { ComponentArguments, LinkCell, LinkTableData } from "./types.d.ts" */

/** @param {ComponentArguments<LinkTableData>} component */
export default function drawLinkTable({ data, parentElement }) {
  const table = createElement("table");
  table.setAttribute("aria-label", data.label);
  const titles = createElement("tr");
  for (const { title, number } of data.columns) {
    const cell = createElement("th", number ? "number" : "", title);
    cell.scope = "col";
    titles.append(cell);
  }
  const head = createElement("thead");
  head.append(titles);
  const body = createElement("tbody");
  body.append(...data.rows.map((cells) => createRow(cells, data.columns)));
  table.append(head, body);
  getElement(parentElement, ".table").replaceChildren(table);
}

/**
 * @param {LinkCell[][]} cells for each column the parts of its cell
 * @param {LinkTableData["columns"]} columns
 */
function createRow(cells, columns) {
  const row = createElement("tr");
  columns.forEach(({ title, number }, index) => {
    const cell = createElement("td", `${number ? "number" : ""} ${index ? "" : "first"}`.trim());
    cell.dataset.title = title;
    cell.append(...(cells[index] ?? []).map(createPart));
    row.append(cell);
  });
  return row;
}

/** @param {LinkCell} part */
function createPart(part) {
  if (part.status !== undefined && !part.text) return createStatusBadge(part.status);
  if (part.href) return createLink(part.href, "part", part.text);
  return createElement("span", part.quiet ? "part note" : "part", part.text);
}
