// The beginning of a text or a table, set as text.
import { createElement } from "../shared/elements.js";
import { isNumeric } from "./format.js";
import { createProblem } from "./loading.js";
import { requestForStage } from "./requests.js";
import { createTabLink } from "./text_links.js";

/** @import { DrawFigure, ExcerptFigure, Shell } from "../types.d.ts" */

/** @type {DrawFigure<ExcerptFigure>} */
export function drawExcerpt(stage, figure, shell) {
  const region = createElement("div", "excerpt");
  region.tabIndex = 0;
  region.setAttribute("role", "region");
  region.setAttribute("aria-label", figure.name);
  stage.append(region);
  fill(region, stage, figure, shell);
}

/**
 * @param {HTMLElement} region
 * @param {HTMLElement} stage
 * @param {ExcerptFigure} figure
 * @param {Shell} shell
 */
async function fill(region, stage, figure, shell) {
  const { response, reason } = await requestForStage(stage, figure, shell.retry, figure.address);
  if (!region.isConnected) return;
  if (!response) {
    region.replaceWith(createProblem(reason, shell.retry));
    return;
  }
  /** @type {{ limit: string, rows: string[][], text: string }} */
  const excerpt = await response.json();
  if (excerpt.limit) {
    const limit = createElement("p", "note", `${excerpt.limit} `);
    limit.append(createTabLink(figure.original, "Open the whole file"));
    region.append(limit);
  }
  const [head, ...rows] = excerpt.rows;
  const text = () => createElement("pre", "", excerpt.text || "This file is empty.");
  region.append(head ? createTable(head, rows) : text());
}

/**
 * @param {string[]} head
 * @param {string[][]} rows
 */
function createTable(head, rows) {
  const line = createElement("tr");
  line.append(...head.map((name) => createElement("th", "", name)));
  const top = createElement("thead");
  top.append(line);
  const body = createElement("tbody");
  for (const row of rows) {
    const cells = row.map((cell) => createElement("td", isNumeric(cell) ? "number" : "", cell));
    const element = createElement("tr");
    element.append(...cells);
    body.append(element);
  }
  const table = createElement("table");
  table.append(top, body);
  return table;
}
