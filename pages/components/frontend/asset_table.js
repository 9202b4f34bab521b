// The list of assets: a page of rows, as the server sorted and filtered them, and the way to the other pages.
import { createElement, createStatusBadge, getElement } from "./shared/elements.js";
import { createLink } from "./shared/links.js";
import { createListLink, followText, setSearch } from "./shared/list_answers.js";

/** @import { AssetRow, AssetTableData, ComponentArguments } from "./types.d.ts" */

/** What is drawn in each place, so that the same is not drawn again. @type {WeakMap<HTMLElement, string>} */
const drawn = new WeakMap();

/** @param {ComponentArguments<AssetTableData>} component */
export default function showAssetTable({ data, parentElement }) {
  const root = getElement(parentElement, ".table");
  return followText(root, data, (answer) => draw(root, answer));
}

/**
 * @param {HTMLElement} root
 * @param {AssetTableData} data
 */
function draw(root, data) {
  setSearch(data.search);
  const encoded = JSON.stringify(data);
  if (drawn.get(root) === encoded) return;
  drawn.set(root, encoded);
  const pages = createElement("ul", "links");
  pages.append(
    ...data.pages.map(({ text, href }) => {
      const item = createElement("li");
      item.append(href ? createListLink(href, "", text) : createElement("span", "", text));
      return item;
    }),
  );
  root.replaceChildren(data.rows.length ? createTable(data) : createElement("p", "none", data.message), pages);
}

/** @param {AssetTableData} data */
function createTable({ columns, rows }) {
  const head = createElement("thead");
  head.append(createHead(columns));
  const body = createElement("tbody");
  body.append(...rows.map((asset) => createRow(asset, columns)));
  const table = createElement("table");
  table.append(head, body);
  return table;
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
    const anchor = createListLink(column.href, "", column.title);
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
