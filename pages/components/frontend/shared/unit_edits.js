// Actions on units of a curation, as the browser shows them before the server has answered
// (qc_core/quality_control/curation/unit_editing.py does the same to the version), and their keys.

import { buildCommands } from "./chord_arithmetic.js";

/** @import { CuratedUnit, LabelCategory, UnitEdit } from "../types.d.ts" */

/**
 * The labels of all categories in the order of their keys: 1 to 9.
 * @param {LabelCategory[]} categories
 */
export function listLabels(categories) {
  return categories.flatMap(({ name, options }) => options.map((label) => ({ category: name, label })));
}

/** @typedef {"next" | "previous" | "first" | "last" | "mark" | "merge" | "unmerge" | "remove"} UnitCommand */

const COMMANDS = buildCommands("units");

/**
 * What a key means in the list of units; null where it means nothing.
 * @param {string} key
 * @param {LabelCategory[]} categories
 * @returns {{ does: UnitCommand } | { does: "label", category: string, label: string } | null}
 */
export function findUnitCommand(key, categories) {
  const command = Object.hasOwn(COMMANDS, key) ? COMMANDS[key] : undefined;
  if (command === "label") {
    const chosen = listLabels(categories)[Number(key) - 1];
    return chosen ? { does: "label", ...chosen } : null;
  }
  return command === undefined ? null : { does: /** @type {UnitCommand} */ (command) };
}

/**
 * @param {CuratedUnit[]} units
 * @param {Set<string>} named
 * @param {(unit: CuratedUnit) => CuratedUnit} how
 */
const changeUnits = (units, named, how) => units.map((unit) => (named.has(unit.name) ? how(unit) : unit));

/**
 * The units after an action; those that are given are not changed.
 * @param {CuratedUnit[]} units
 * @param {LabelCategory[]} categories
 * @param {UnitEdit} edit
 * @returns {CuratedUnit[]}
 */
export function applyUnitEdit(units, categories, edit) {
  const named = new Set(edit.units);
  const chosen = units.filter(({ name }) => named.has(name));
  const change = (/** @type {(unit: CuratedUnit) => CuratedUnit} */ how) => changeUnits(units, named, how);
  switch (edit.kind) {
    case "label": {
      const category = categories.find(({ name }) => name === edit.category);
      if (!category) return units;
      const hasAll = chosen.every(({ labels }) => labels[category.name]?.includes(edit.label));
      return change((unit) => {
        const others = category.exclusive ? [] : (unit.labels[category.name] ?? []);
        const kept = others.filter((label) => label !== edit.label);
        return { ...unit, labels: { ...unit.labels, [category.name]: hasAll ? kept : [...kept, edit.label] } };
      });
    }
    case "merge": {
      if (chosen.length < 2) return units;
      const joined = new Set(chosen.map(({ merge }) => merge).filter((merge) => merge !== null));
      const number = 1 + Math.max(0, ...units.map(({ merge }) => merge ?? 0));
      return units.map((unit) =>
        named.has(unit.name) || (unit.merge !== null && joined.has(unit.merge)) ? { ...unit, merge: number } : unit,
      );
    }
    case "unmerge": {
      const left = change((unit) => ({ ...unit, merge: null }));
      /** @type {Map<number, number>} */
      const sizes = new Map();
      for (const { merge } of left) if (merge !== null) sizes.set(merge, (sizes.get(merge) ?? 0) + 1);
      const alone = new Set(left.filter(({ merge }) => merge !== null && sizes.get(merge) === 1).map(({ name }) => name));
      return changeUnits(left, alone, (unit) => ({ ...unit, merge: null }));
    }
    case "remove":
    case "restore":
      return change((unit) => ({ ...unit, removed: edit.kind === "remove" }));
  }
}
