import { element, statusBadge } from "./shared/elements.js";
import { link } from "./shared/links.js";

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".table");
  const table = element("table");
  const head = element("thead");
  const titles = element("tr");
  for (const column of data.columns) {
    const cell = element("th", `c-${column.key}`);
    cell.scope = "col";
    const anchor = link(column.href, "", column.title);
    if (column.sorted) {
      anchor.append(element("span", "", column.sorted === "ascending" ? "▲" : "▼"));
      cell.setAttribute("aria-sort", column.sorted);
    }
    cell.append(anchor);
    titles.append(cell);
  }
  head.append(titles);
  const body = element("tbody");
  for (const asset of data.rows) {
    const row = element("tr", "asset");
    for (const column of data.columns) {
      const cell = element("td", `c-${column.key}`);
      if (column.key === "name") {
        cell.append(link(asset.href, "", asset.name));
        if (asset.mine) cell.append(element("span", "mine", `● ${asset.mine}`));
        if (asset.problem) cell.append(element("span", "problem", asset.problem));
      } else if (column.key === "status") cell.append(statusBadge(asset.status));
      else cell.textContent = asset[column.key];
      row.append(cell);
    }
    row.addEventListener("click", (event) => {
      if (!event.target.closest("a") && !window.getSelection()?.toString()) row.querySelector("a").click();
    });
    body.append(row);
  }
  table.append(head, body);
  root.replaceChildren(table);
}
