import { problem } from "./loading.js";
import { awaited } from "./requests.js";
import { tabLink } from "./text_links.js";
import { element } from "../shared/elements.js";

export function drawExcerpt(stage, figure, shell) {
  const around = element("div", "excerpt");
  around.tabIndex = 0;
  around.setAttribute("role", "region");
  around.setAttribute("aria-label", figure.name);
  stage.append(around);
  readInto(around, figure, shell);
}

async function readInto(around, figure, shell) {
  const { answer, reason } = await awaited(around.parentElement, figure, shell.again, figure.address);
  if (!around.isConnected) return;
  if (reason) {
    around.replaceWith(problem(reason, shell.again));
    return;
  }
  const found = await answer.json();
  if (found.limit) {
    const limit = element("p", "beside", `${found.limit} `);
    limit.append(tabLink(figure.original, "Open the whole file"));
    around.append(limit);
  }
  around.append(found.rows.length ? tableOf(found.rows) : element("pre", "", found.text || "This file is empty."));
}

function tableOf([head, ...rows]) {
  const table = element("table");
  const top = element("thead");
  const line = element("tr");
  for (const name of head) line.append(element("th", "", name));
  top.append(line);
  const body = element("tbody");
  const isNumber = (text) => text.trim() !== "" && Number.isFinite(Number(text));
  for (const row of rows) {
    const made = element("tr");
    for (const cell of row) made.append(element("td", isNumber(cell) ? "number" : "", cell));
    body.append(made);
  }
  table.append(top, body);
  return table;
}
