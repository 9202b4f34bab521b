// The units of a curation of spike sorting: a list with keys for label, merge and next, for a thousand units and more.
// An action is shown at once and sent to the server with those that it has not confirmed yet.
import { createElement, getElement } from "./shared/elements.js";
import { applyUnitEdit, findUnitCommand, listLabels } from "./shared/unit_edits.js";

/** @import { ComponentArguments, CuratedUnit, SendToServer, UnitEdit, UnitListData } from "./types.d.ts" */

const SEND_DELAY = 250; // ms
const RESEND_DELAY = 5000; // ms until what was not confirmed is sent again
const HELP = "J next · K previous · 1–9 label · Space mark · M merge the marked · U take out of its merge · X remove";

/** @param {CuratedUnit} unit */
function describeUnit(unit) {
  const labels = Object.values(unit.labels).flat().join(", ");
  const merge = unit.merge === null ? "" : `merge ${unit.merge}`;
  return [labels, merge, unit.removed ? "removed" : ""];
}

class UnitList {
  /** @type {CuratedUnit[]} */
  units = [];
  /** Actions that the server has not confirmed. @type {UnitEdit[]} */
  pending = [];
  #number = 0;
  #sitting = crypto.getRandomValues(new Uint32Array(2)).join("-");
  #current = 0;
  /** @type {Set<string>} */
  #marked = new Set();
  /** @type {HTMLElement[]} */
  #rows = [];
  #timer = 0;
  #shown = "";

  /**
   * @param {HTMLElement} root
   * @param {UnitListData} data
   */
  constructor(root, data) {
    this.root = root;
    this.data = data;
    /** @type {SendToServer} */
    this.sendToServer = () => {};
    this.buttons = createElement("div", "actions");
    this.list = createElement("div", "units");
    this.summary = createElement("p", "summary");
    this.list.tabIndex = 0;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-multiselectable", "true");
    this.summary.setAttribute("role", "status");
    root.replaceChildren(this.buttons, this.list, createElement("p", "help", HELP), this.summary);
    root.addEventListener("keydown", (event) => this.#answerKey(event));
    this.list.addEventListener("click", (event) => {
      const row = event.composedPath().find((node) => node instanceof HTMLElement && node.role === "option");
      if (!(row instanceof HTMLElement)) return;
      this.#moveTo(this.#rows.indexOf(row));
      if (event.ctrlKey || event.metaKey || event.shiftKey) this.#mark();
    });
  }

  /**
   * @param {UnitListData} data
   * @param {SendToServer} sendToServer
   */
  update(data, sendToServer) {
    this.data = data;
    this.sendToServer = sendToServer;
    if (data.sitting === this.#sitting) this.pending = this.pending.filter(({ number }) => number > data.confirmed);
    this.units = this.pending.reduce((units, edit) => applyUnitEdit(units, data.categories, edit), data.units);
    this.list.setAttribute("aria-label", data.label);
    this.#current = Math.min(this.#current, Math.max(0, this.units.length - 1));
    this.#draw();
  }

  /** @param {KeyboardEvent} event */
  #answerKey(event) {
    const target = event.composedPath()[0];
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (target instanceof HTMLButtonElement && [" ", "Enter"].includes(event.key)) return;
    const command = findUnitCommand(event.key, this.data.categories);
    if (!command) return;
    event.preventDefault();
    event.stopPropagation(); // the figure and the page have keys of their own
    switch (command.does) {
      case "next":
        return this.#moveTo(this.#current + 1);
      case "previous":
        return this.#moveTo(this.#current - 1);
      case "first":
        return this.#moveTo(0);
      case "last":
        return this.#moveTo(this.units.length - 1);
      case "mark":
        return this.#mark();
      case "label":
        return this.#edit("label", command.category, command.label);
      case "remove":
        return this.#remove();
      default:
        return this.#edit(command.does);
    }
  }

  /** @param {number} index */
  #moveTo(index) {
    this.#current = Math.min(Math.max(index, 0), Math.max(0, this.units.length - 1));
    this.#draw();
    this.#rows[this.#current]?.scrollIntoView({ block: "nearest" });
  }

  #mark() {
    const unit = this.units[this.#current];
    if (!unit) return;
    if (!this.#marked.delete(unit.name)) this.#marked.add(unit.name);
    this.#draw();
  }

  /** The marked units, or the current one; for a merge the current one is one of them. @param {UnitEdit["kind"]} kind */
  #getUnits(kind) {
    const current = this.units[this.#current]?.name;
    const marked = this.units.map(({ name }) => name).filter((name) => this.#marked.has(name));
    if (!marked.length || kind === "merge") return [...new Set([...marked, ...(current === undefined ? [] : [current])])];
    return marked;
  }

  #remove() {
    const units = new Set(this.#getUnits("remove"));
    const isRemoved = this.units.filter(({ name }) => units.has(name)).every(({ removed }) => removed);
    this.#edit(isRemoved ? "restore" : "remove");
  }

  /**
   * @param {UnitEdit["kind"]} kind
   * @param {string} [category]
   * @param {string} [label]
   */
  #edit(kind, category = "", label = "") {
    const units = this.#getUnits(kind);
    if (!units.length || (kind === "merge" && units.length < 2)) return;
    const edit = { number: ++this.#number, kind, units, category, label };
    this.pending.push(edit);
    this.units = applyUnitEdit(this.units, this.data.categories, edit);
    if (kind === "merge") this.#marked.clear();
    this.#draw();
    this.#schedule(SEND_DELAY);
  }

  /** @param {number} delay */
  #schedule(delay) {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      if (!this.pending.length) return;
      this.sendToServer("edited", { sitting: this.#sitting, edits: this.pending });
      this.#schedule(RESEND_DELAY);
    }, delay);
  }

  #draw() {
    this.#drawButtons();
    while (this.#rows.length > this.units.length) this.#rows.pop()?.remove();
    this.units.forEach((unit, index) => {
      const row = this.#rows[index] ?? this.#addRow(index);
      const isMarked = this.#marked.has(unit.name);
      const state = JSON.stringify([unit, isMarked]);
      if (row.dataset.state !== state) {
        row.dataset.state = state;
        const [labels, merge, removed] = describeUnit(unit);
        row.replaceChildren(
          createElement("span", "mark", isMarked ? "☑" : "☐"),
          createElement("strong", "", unit.name),
          createElement("span", "labels", labels),
          createElement("span", "quiet", [merge, removed].filter(Boolean).join(" · ")),
        );
        row.setAttribute("aria-selected", String(isMarked));
        row.classList.toggle("removed", unit.removed);
      }
      row.classList.toggle("current", index === this.#current);
    });
    const current = this.#rows[this.#current];
    if (current) this.list.setAttribute("aria-activedescendant", current.id);
    this.#drawSummary();
  }

  /** @param {number} index */
  #addRow(index) {
    const row = createElement("div", "unit");
    row.role = "option";
    row.id = `unit-${index}`;
    this.#rows.push(row);
    this.list.append(row);
    return row;
  }

  #drawButtons() {
    const unit = this.units[this.#current];
    const labels = listLabels(this.data.categories).map(({ category, label }, index) => ({
      text: index < 9 ? `${index + 1} ${label}` : label,
      isOn: Boolean(unit?.labels[category]?.includes(label)),
      act: () => this.#edit("label", category, label),
    }));
    const marked = this.#marked.size;
    const actions = [
      ...labels,
      { text: marked ? `M Merge ${new Set(this.#getUnits("merge")).size}` : "M Merge", isOn: null, act: () => this.#edit("merge") },
      { text: "U Unmerge", isOn: null, act: () => this.#edit("unmerge") },
      ...(this.data.removes ? [{ text: "X Remove", isOn: Boolean(unit?.removed), act: () => this.#remove() }] : []),
    ];
    const shown = JSON.stringify(actions.map(({ text, isOn }) => [text, isOn]));
    if (shown === this.#shown) return;
    this.#shown = shown;
    const active = this.root.getRootNode();
    const focused = active instanceof ShadowRoot ? [...this.buttons.children].indexOf(active.activeElement ?? this.list) : -1;
    this.buttons.replaceChildren(
      ...actions.map(({ text, isOn, act }) => {
        const button = createElement("button", "tool", text);
        button.type = "button";
        if (isOn !== null) button.setAttribute("aria-pressed", String(isOn));
        button.addEventListener("click", act);
        return button;
      }),
    );
    const again = this.buttons.children[focused];
    if (again instanceof HTMLElement) again.focus({ preventScroll: true });
  }

  #drawSummary() {
    const labelled = this.units.filter(({ labels }) => Object.values(labels).flat().length).length;
    const merges = new Set(this.units.map(({ merge }) => merge).filter((merge) => merge !== null)).size;
    const parts = [`${labelled.toLocaleString("en")} of ${this.units.length.toLocaleString("en")} labelled`];
    if (merges) parts.push(`${merges} merge${merges > 1 ? "s" : ""}`);
    if (this.#marked.size) parts.push(`${this.#marked.size} marked`);
    if (this.pending.length) parts.push("not kept yet");
    const text = parts.join(" · ");
    if (this.summary.textContent !== text) this.summary.textContent = text;
  }
}

/** @type {WeakMap<HTMLElement, UnitList>} */
const lists = new WeakMap();

/** @param {ComponentArguments<UnitListData>} component */
export default function showUnits({ data, parentElement, setTriggerValue }) {
  const root = getElement(parentElement, ".unit-list");
  const list = lists.get(root) ?? new UnitList(root, data);
  lists.set(root, list);
  list.update(data, setTriggerValue);
}
