// The list of keys in a dialog, with the habits of the reader: `?` opens it from anywhere.
import { buildRows } from "./chord_arithmetic.js";
import { createElement } from "./elements.js";
import { getHabit, getMovesOn, getSubmitLimit, MAX_AT_ONCE, MOVES_ON, readSubmitLimit, setHabit } from "./habits.js";
import { SECTIONS } from "./key_table.js";

/** @import { KeyRow } from "../types.d.ts" */

/** Habits that are on or off. @type {readonly (readonly [string, string])[]} */
const SWITCHES = [
  ["asksReason", "A Fail by key waits for a reason"],
  ["dwell", "Decide by key only once the figure has been on screen for a second"],
];

/** @type {HTMLDialogElement | null} */
let dialog = null;
/** The context whose keys are listed. */
let listed = "review";
/** The keys of the figure on the page. @type {readonly KeyRow[]} */
let figureRows = [];

/**
 * @param {HTMLDialogElement | null} next where the list is drawn
 * @param {string} [context] whose keys it has
 */
export function setKeyDialog(next, context = "review") {
  dialog = next;
  listed = context;
}

/** @param {readonly KeyRow[]} rows the keys of the kind of figure that is open */
export function setFigureRows(rows) {
  figureRows = rows;
}

/** Opens the list, or closes it; false where the page has none. */
export function toggleKeyList() {
  if (!dialog) return false;
  if (dialog.open) dialog.close();
  else {
    draw(dialog);
    dialog.showModal();
  }
  return true;
}

/** @param {HTMLDialogElement} root */
function draw(root) {
  const lists = createElement("div", "lists");
  for (const { context, title, keys } of SECTIONS)
    if (context === listed) lists.append(createList(title, keys.map(({ text, does }) => [text, does])));
  if (figureRows.length && listed === "review") lists.append(createList("This figure", figureRows));
  if (document.querySelector('[class*="st-key-qc-object-"]')) lists.append(createList("The curation's table", buildRows("curation")));
  const close = createElement("button", "close", "Close");
  close.type = "button";
  close.addEventListener("click", () => root.close());
  const head = createElement("div", "head");
  head.append(createElement("h2", "", "Keys"), close);
  root.replaceChildren(head, lists, createHabits());
  root.onclick = (event) => {
    if (event.target === root) root.close();
  };
  root.onkeydown = (event) => {
    if (event.key === "?") root.close();
  };
}

/**
 * @param {string} title
 * @param {readonly KeyRow[]} rows
 */
function createList(title, rows) {
  const section = createElement("section");
  const list = createElement("dl");
  for (const [keys, does] of rows) {
    const names = createElement("dt");
    for (const key of keys.split(", ")) names.append(createElement("kbd", "", key));
    list.append(names, createElement("dd", "", does));
  }
  section.append(createElement("h3", "", title), list);
  return section;
}

function createHabits() {
  const section = createElement("section", "habits");
  const label = createElement("label", "", "After Pass or Fail ");
  const select = createElement("select");
  for (const [value, text] of MOVES_ON) select.append(new Option(text, value, false, value === getMovesOn()));
  select.addEventListener("change", () => setHabit("movesOn", select.value));
  label.append(select);
  section.append(createElement("h3", "", "How you work, kept in this browser"), label);
  for (const [name, text] of listed === "review" || listed === "grid" ? SWITCHES : []) {
    const box = createElement("input");
    box.type = "checkbox";
    box.checked = getHabit(name);
    box.addEventListener("change", () => setHabit(name, box.checked));
    const line = createElement("label");
    line.append(box, text);
    section.append(line);
  }
  section.append(createSubmitLimit());
  return section;
}

/** The field for up to how many changes are submitted without the dialog. */
function createSubmitLimit() {
  const field = createElement("input");
  Object.assign(field, { type: "number", min: "0", max: String(MAX_AT_ONCE), value: String(getSubmitLimit()) });
  field.addEventListener("change", () => {
    setHabit("submitAtOnce", readSubmitLimit(field.value));
    field.value = String(getSubmitLimit());
  });
  const line = createElement("label");
  line.append("Submit up to", field, "changes without the dialog, where none is marked (0: never)");
  return line;
}
