// Why a group has its status: a dialog with the metrics that decide it, each a link. It opens once for each request.
import { blockCards } from "./shared/cards.js";
import { createElement, createStatusBadge, getElement } from "./shared/elements.js";
import { createLink } from "./shared/links.js";

/** @import { ComponentArguments, SendToServer, StatusReasonsData, StatusReason } from "./types.d.ts" */

/**
 * The number of the request that each dialog has answered.
 * @type {WeakMap<HTMLElement, number>}
 */
const answered = new WeakMap();

/** @param {ComponentArguments<StatusReasonsData>} component */
export default function drawStatusReasons({ data, parentElement, setTriggerValue }) {
  const dialog = getElement(parentElement, "dialog");
  if (!(dialog instanceof HTMLDialogElement)) return;
  if (!data.number || answered.get(dialog) === data.number) return;
  answered.set(dialog, data.number);
  const close = createElement("button", "close", "Close");
  close.type = "button";
  close.addEventListener("click", () => dialog.close());
  const head = createElement("div", "head");
  head.append(createElement("h2", "", "Why this status"), createGroupChoice(data, setTriggerValue), close);
  const state = createElement("p", "state");
  state.append(createStatusBadge(data.status), createElement("span", "", data.summary));
  if (data.stored !== data.status) {
    const stored = createElement("span", "quiet", "In the record:");
    state.append(stored, createStatusBadge(data.stored));
  }
  dialog.replaceChildren(head, state);
  if (data.rows.length) dialog.append(createTable(data.rows, dialog, setTriggerValue));
  if (data.left_out) dialog.append(createElement("p", "quiet", `and ${data.left_out} more`));
  if (!dialog.open) dialog.showModal();
}

/**
 * @param {StatusReasonsData} data
 * @param {SendToServer} sendToServer
 */
function createGroupChoice(data, sendToServer) {
  const choice = createElement("select");
  choice.setAttribute("aria-label", "Group");
  for (const [key, label] of data.groups) {
    const option = createElement("option", "", label);
    option.value = key;
    choice.append(option);
  }
  choice.value = data.group;
  choice.addEventListener("change", () => sendToServer("why", { group: choice.value }));
  return choice;
}

/**
 * @param {StatusReason[]} rows
 * @param {HTMLDialogElement} dialog
 * @param {SendToServer} sendToServer
 */
function createTable(rows, dialog, sendToServer) {
  const table = createElement("table");
  const head = createElement("tr");
  for (const title of ["Metric", "Status", "Value", "Rule or description", "Set by"]) {
    const cell = createElement("th", "", title);
    cell.scope = "col";
    head.append(cell);
  }
  const top = createElement("thead");
  top.append(head);
  const body = createElement("tbody");
  for (const row of rows) {
    const line = createElement("tr");
    const link = createLink(row.href, "metric", row.name, () => {
      dialog.close();
      blockCards();
      sendToServer("followed", row.position);
    });
    const name = createElement("td");
    name.append(link, createElement("div", "quiet", row.group));
    const status = createElement("td");
    status.append(createStatusBadge(row.status));
    if (row.was) status.append(createElement("div", "quiet", `draft, was ${row.was}`));
    if (row.allowed) status.append(createElement("div", "quiet", `allowed by ${row.allowed}`));
    const who = createElement("td", "", row.who || "No name recorded");
    if (row.since) who.append(createElement("div", "quiet", `since ${row.since}`));
    const rule = createElement("td", row.rule ? "rule" : "", row.rule || row.description || "–");
    line.append(name, status, createElement("td", "", row.value), rule, who);
    body.append(line);
  }
  table.append(top, body);
  const scrolled = createElement("div", "scrolled");
  scrolled.append(table);
  return scrolled;
}
