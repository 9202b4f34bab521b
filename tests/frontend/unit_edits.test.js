import assert from "node:assert/strict";
import { test } from "node:test";

import { applyUnitEdit, findUnitCommand, listLabels } from "../../pages/components/frontend/shared/unit_edits.js";

const categories = [
  { name: "quality", options: ["good", "noise"], exclusive: true },
  { name: "tags", options: ["small", "drifts"], exclusive: false },
];
const unit = (name, more = {}) => ({ name, labels: {}, merge: null, removed: false, ...more });
const units = [unit("1", { labels: { quality: ["noise"] }, merge: 1 }), unit("2", { merge: 1 }), unit("3"), unit("x")];
const edit = (kind, names, category = "", label = "") => ({ number: 1, kind, units: names, category, label });
const apply = (...edits) => edits.reduce((now, one) => applyUnitEdit(now, categories, one), units);

test("keys stand for labels in their order, and for moving, marking and merging", () => {
  assert.equal(listLabels(categories).length, 4);
  assert.deepEqual(findUnitCommand("2", categories), { does: "label", category: "quality", label: "noise" });
  assert.deepEqual(findUnitCommand("4", categories), { does: "label", category: "tags", label: "drifts" });
  assert.equal(findUnitCommand("5", categories), null);
  for (const [key, does] of [["j", "next"], ["K", "previous"], [" ", "mark"], ["m", "merge"], ["u", "unmerge"], ["x", "remove"]])
    assert.deepEqual(findUnitCommand(key, categories), { does });
  assert.equal(findUnitCommand("Tab", categories), null);
});

test("a label of an exclusive category replaces the other, any other is added", () => {
  assert.deepEqual(apply(edit("label", ["1"], "quality", "good"))[0].labels, { quality: ["good"] });
  assert.deepEqual(apply(edit("label", ["1"], "quality", "noise"))[0].labels, { quality: [] });
  const both = apply(edit("label", ["3"], "tags", "small"), edit("label", ["3"], "tags", "drifts"));
  assert.deepEqual(both[2].labels, { tags: ["small", "drifts"] });
  assert.deepEqual(units[0].labels, { quality: ["noise"] });
});

test("several units get a label together, unless all have it", () => {
  const all = apply(edit("label", ["1", "2"], "quality", "noise"));
  assert.deepEqual(all.map(({ labels }) => labels.quality), [["noise"], ["noise"], undefined, undefined]);
  assert.deepEqual(applyUnitEdit(all, categories, edit("label", ["1", "2"], "quality", "noise"))[1].labels.quality, []);
});

test("a merge takes in the merges of its units, and a merge of one unit is none", () => {
  const merged = apply(edit("merge", ["2", "3"]));
  assert.deepEqual(merged.map(({ merge }) => merge), [2, 2, 2, null]);
  assert.deepEqual(apply(edit("unmerge", ["1"])).map(({ merge }) => merge), [null, null, null, null]);
  assert.deepEqual(apply(edit("merge", ["3"])), units);
});

test("a unit is removed and restored", () => {
  const removed = apply(edit("remove", ["x"]));
  assert.equal(removed[3].removed, true);
  assert.equal(applyUnitEdit(removed, categories, edit("restore", ["x"]))[3].removed, false);
});
