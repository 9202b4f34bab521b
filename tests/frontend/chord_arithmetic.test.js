import assert from "node:assert/strict";
import { test } from "node:test";

import {
  buildCommands,
  buildHint,
  buildRows,
  findReviewCommand,
  nameChord,
} from "../../pages/components/frontend/shared/chord_arithmetic.js";

const press = (key, more = {}) => ({ key, code: "", shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more });

test("letters mean the same with caps lock, and something else with Shift", () => {
  assert.equal(findReviewCommand(press("p")), "pass");
  assert.equal(findReviewCommand(press("P")), "pass");
  assert.equal(nameChord(press("P", { shiftKey: true })), "Shift+p");
});

test("signs that need Shift are named without it", () => {
  assert.equal(findReviewCommand(press("{", { shiftKey: true })), "previousGroup");
  assert.equal(findReviewCommand(press("?", { shiftKey: true })), "showKeys");
  assert.equal(nameChord(press("!", { shiftKey: true, code: "Digit1" })), "Shift+1");
});

test("Ctrl and the command key are one", () => {
  for (const modifier of [{ ctrlKey: true }, { metaKey: true }]) {
    assert.equal(findReviewCommand(press("z", modifier)), "undo");
    assert.equal(findReviewCommand(press("Z", { ...modifier, shiftKey: true })), "redo");
    assert.equal(findReviewCommand(press("Enter", modifier)), "submit");
    assert.equal(findReviewCommand(press("p", modifier)), null, "printing is the browser's");
  }
});

test("Alt is the browser's, but with AltGr one types brackets", () => {
  assert.equal(findReviewCommand(press("p", { altKey: true })), null);
  assert.equal(findReviewCommand(press("[", { altKey: true, ctrlKey: true }), true), "previousFigure");
});

test("names that every object has are not keys", () => {
  for (const key of ["constructor", "toString", "__proto__", ""]) assert.equal(findReviewCommand(press(key)), null);
});

test("rows and hints come from the registry", () => {
  assert.deepEqual(buildRows("stack"), [[",", "previous page"], [".", "next page"]]);
  assert.equal(buildHint("fullScreen"), "Full screen (Z)");
  assert.equal(buildHint("nothing"), "");
  assert.equal(buildCommands("zoom")["A"], buildCommands("zoom")["a"]);
});
