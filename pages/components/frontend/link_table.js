// A table whose cells are texts, statuses and links that stay in the session.
import { blockCards } from "./shared/cards.js";
import { createElement, createStatusBadge, getElement } from "./shared/elements.js";
import { createLink } from "./shared/links.js";

/** @import { ComponentArguments, LinkCell, LinkTableData, SendToServer } from "./types.d.ts" */

/** @param {ComponentArguments<LinkTableData>} component */
export default function drawLinkTable({ data, parentElement, setTriggerValue }) {
  const table = createElement("table");
  table.setAttribute("aria-label", data.label);
  table.classList.toggle("shares", data.columns.some(({ share }) => share));
  table.classList.toggle("untitled", !data.titled);
  const titles = createElement("tr");
  for (const { title, number, share } of data.columns) {
    const cell = createElement("th", number ? "number" : "");
    cell.append(createElement("span", "title", title));
    if (share) cell.style.width = `${share}%`;
    cell.scope = "col";
    titles.append(cell);
  }
  const head = createElement("thead");
  head.append(titles);
  const body = createElement("tbody");
  body.append(...data.rows.map((cells) => createRow(cells, data.columns, setTriggerValue)));
  table.append(head, body);
  getElement(parentElement, ".table").replaceChildren(table);
}

/**
 * @param {LinkCell[][]} cells for each column the parts of its cell
 * @param {LinkTableData["columns"]} columns
 * @param {SendToServer} sendToServer
 */
function createRow(cells, columns, sendToServer) {
  const row = createElement("tr");
  columns.forEach(({ title, number }, index) => {
    const cell = createElement("td", `${number ? "number" : ""} ${index ? "" : "first"}`.trim());
    cell.dataset.title = title;
    cell.append(...(cells[index] ?? []).map((part) => createPart(part, sendToServer)));
    row.append(cell);
  });
  return row;
}

/**
 * @param {LinkCell} part
 * @param {SendToServer} sendToServer
 */
function createPart(part, sendToServer) {
  if (part.status !== undefined && !part.text) return createStatusBadge(part.status);
  const { href, position } = part;
  if (href && position)
    return createLink(href, "part", part.text, () => {
      blockCards();
      sendToServer("followed", position);
    });
  if (part.href) return createLink(part.href, "part", part.text);
  return createElement("span", part.quiet ? "part note" : "part", part.text);
}
