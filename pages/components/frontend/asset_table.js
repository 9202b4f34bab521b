// The list of assets: a page of rows, as the server sorted and filtered them.
import { createElement, createStatusBadge, getElement } from "./shared/elements.js";
import { createLink } from "./shared/links.js";

/** @import { AssetRow, AssetTableData, ComponentArguments } from "./types.d.ts" */

/** @param {ComponentArguments<AssetTableData>} component */
export default function drawAssetTable({ data, parentElement }) {
  const head = createElement("thead");
  head.append(createHead(data.columns));
  const body = createElement("tbody");
  body.append(...data.rows.map((asset) => createRow(asset, data.columns)));
  const table = createElement("table");
  table.append(head, body);
  getElement(parentElement, ".table").replaceChildren(table);
}

/** @param {AssetTableData["columns"]} columns */
function createHead(columns) {
  const row = createElement("tr");
  for (const column of columns) {
    const cell = createElement("th", `c-${column.key}`);
    cell.scope = "col";
    if (!column.href) {
      cell.textContent = column.title;
      row.append(cell);
      continue;
    }
    const anchor = createLink(column.href, "", column.title);
    if (column.sorted) {
      anchor.append(createElement("span", "", column.sorted === "ascending" ? "▲" : "▼"));
      cell.setAttribute("aria-sort", column.sorted);
    }
    cell.append(anchor);
    row.append(cell);
  }
  return row;
}

/**
 * @param {AssetRow} asset
 * @param {AssetTableData["columns"]} columns
 */
function createRow(asset, columns) {
  const row = createElement("tr", "asset");
  for (const { key } of columns) {
    const cell = createElement("td", `c-${key}`);
    if (key === "name") {
      cell.append(createLink(asset.href, "", asset.name));
      if (asset.mine) cell.append(createElement("span", "mine", `● ${asset.mine}`));
      if (asset.problem) cell.append(createElement("span", "problem", asset.problem));
    } else if (key === "status") cell.append(createStatusBadge(asset.status));
    else cell.textContent = asset[key] ?? "";
    row.append(cell);
  }
  // A click anywhere in the row is one on its link, unless a text is being selected.
  row.addEventListener("click", (event) => {
    const isOnLink = event.target instanceof Element && event.target.closest("a");
    if (!isOnLink && !window.getSelection()?.toString()) row.querySelector("a")?.click();
  });
  return row;
}
