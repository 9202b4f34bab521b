// The head of a review, in one line: the asset's name, its status, what is left of it; behind a button facts about it, and its
// status by stage and tag. Where the window is narrow, the way to the groups is in it, and what is rarely used behind "More".
import { setLeft } from "./shared/announce.js";
import { getDraftCounts, observeDraftCounts } from "./shared/changed_metrics.js";
import { replaceObservers } from "./shared/drawings.js";
import { createElement, createStatusBadge, getElement } from "./shared/elements.js";
import { createLink } from "./shared/links.js";
import { closeFromOutside } from "./shared/menus.js";
import { createGroupsButton, createMoreButton, endHeader } from "./shared/header_buttons.js";
import { addCounts, countDecided, countDecisive, countLeft, rollUpWith } from "./shared/status_counts.js";

/** @import { ComponentArguments, MatrixCell, RecordHeaderData, StatusMatrix } from "./types.d.ts" */

/**
 * The matrix that was built last for each header, by the name of its record: the server sends it once for each opening.
 * @type {WeakMap<HTMLElement, { record: string, matrix: StatusMatrix }>}
 */
const matrices = new WeakMap();

/** @param {ComponentArguments<RecordHeaderData>} component */
export default function drawRecordHeader({ data, parentElement, setTriggerValue }) {
  const root = getElement(parentElement, ".header");
  const wasOpen = root.querySelector("details")?.open ?? false;
  if (data.matrix) matrices.set(root, { record: data.record, matrix: data.matrix });
  const kept = matrices.get(root);
  const counts = createElement("div", "counts");
  const name = createElement("h1", "", data.name);
  name.title = data.name;
  const about = createAbout(data, wasOpen, kept?.record === data.record ? kept.matrix : null);
  about.addEventListener("toggle", () => {
    if (about.open && !wasOpen) setTriggerValue("about", true);
  });
  closeFromOutside(about);
  const [groups, endGroups] = createGroupsButton();
  root.replaceChildren(...(data.count ? [groups] : []), name, about, counts, createMoreButton(root));
  const show = () => showCounts(counts, data, () => setTriggerValue("why", { group: "" }));
  show();
  const end = replaceObservers(root, () => [observeDraftCounts(show), endGroups]);
  return () => {
    end();
    endHeader();
  };
}

/**
 * The status, and how much is left to decide: with the reader's draft. What the record has is beside it where it differs.
 * @param {HTMLElement} element
 * @param {RecordHeaderData} data
 * @param {() => void} ask called where the reader wants to know why this is the status
 */
function showCounts(element, data, ask) {
  const { counts: change } = getDraftCounts(data.record, "");
  const counts = addCounts(data.counts, change);
  const [left, decided] = [countLeft(counts), countDecided(counts)];
  const without = data.count - left - decided;
  setLeft(left);
  const words = createElement("span", "left", left || without ? `${left} left` : `All ${decided} decided`);
  if (left || without) words.append(createElement("span", "of", ` of ${data.count}`));
  if (!data.count) words.textContent = "No metrics";
  const more = [...(left || without ? [`${decided} decided`] : []), ...(without ? [`${without} without status`] : [])];
  if (data.count && more.length) words.append(createElement("span", "more", ` · ${more.join(" · ")}`));
  const bar = createElement("span", "bar");
  const done = createElement("span", "done");
  done.style.width = `${data.count ? (100 * decided) / data.count : 0}%`;
  bar.append(done);
  const status = rollUpWith(data.status, data.counts, change);
  const why = createElement("button", "why");
  why.type = "button";
  why.title = "Why this status";
  const number = createElement("span", "", `· ${countDecisive(status, counts)}`);
  number.append(createElement("span", "of", ` of ${data.count}`));
  why.append(createStatusBadge(status), number);
  why.addEventListener("click", ask);
  const hadFocus = element.querySelector(".why:focus") !== null;
  element.replaceChildren(why, words, ...(data.count ? [bar] : []));
  element.title = `In the record: ${data.status || "no status"}, ${countLeft(data.counts)} Pending`;
  if (hadFocus) why.focus();
  if (change.some((by) => by !== 0)) {
    const stored = createElement("span", "stored", "in the record:");
    stored.append(createStatusBadge(data.status), `${countLeft(data.counts)} Pending`);
    element.append(stored);
  }
}

/**
 * The facts about the asset, and its status by stage and tag, behind a button.
 * @param {RecordHeaderData} data
 * @param {boolean} open
 * @param {StatusMatrix | null} matrix null until the server has built it
 */
function createAbout(data, open, matrix) {
  const about = createElement("details", "about");
  about.open = open;
  const summary = createElement("summary", "", "About");
  summary.title = "Subject, project, time, modalities, and the status by stage and tag";
  const panel = createElement("div", "panel");
  const facts = createElement("div", "facts");
  for (const { text, href } of data.facts) {
    const fact = createElement("span", "", href ? null : text);
    if (href) fact.append(createLink(href, "", text));
    facts.append(fact);
  }
  panel.append(createElement("div", "full-name", data.name), facts);
  about.append(summary, panel);
  if (matrix) appendMatrix(panel, matrix);
  else if (data.count) panel.append(createElement("div", "quiet", "Counting the status by modality, stage and tag …"));
  return about;
}

/**
 * @param {HTMLElement} panel
 * @param {StatusMatrix} matrix
 */
function appendMatrix(panel, { stages, rows, tags }) {
  if (!rows.length) return;
  const table = createElement("table");
  table.setAttribute("aria-label", "Status by modality and stage");
  table.append(createRow("th", "", stages.map((stage) => createElement("span", "", stage))));
  for (const [modality, cells] of rows) table.append(createRow("td", modality, cells.map(createCell)));
  const by = createElement("div", "by");
  for (const [tag, cell] of tags) {
    const entry = createElement("span");
    entry.append(createElement("span", "name", tag), createCell(cell));
    by.append(entry);
  }
  panel.append(createElement("h2", "", "Status by modality and stage"), table);
  if (tags.length) panel.append(createElement("h2", "", "By tag"), by);
}

/**
 * @param {"th" | "td"} tag
 * @param {string} title
 * @param {HTMLElement[]} contents
 */
function createRow(tag, title, contents) {
  const row = createElement("tr");
  row.append(createElement("th", "", title));
  for (const content of contents) {
    const cell = createElement(tag);
    cell.append(content);
    row.append(cell);
  }
  return row;
}

/**
 * The status of some metrics, as a link to them where there is one.
 * @param {MatrixCell | null} cell
 * @returns {HTMLElement}
 */
function createCell(cell) {
  if (!cell) return createElement("span", "quiet", "–");
  const element = cell.href ? createLink(cell.href, "cell") : createElement("span", "cell");
  element.append(createStatusBadge(cell.status), createElement("span", "quiet", cell.text));
  return element;
}
