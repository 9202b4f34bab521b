import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { buildCommands } from "../../pages/components/frontend/shared/chord_arithmetic.js";
import {
  buildPairRows,
  findCommand,
  findPairCommand,
  isMovingKey,
  isTypedIn,
  SEEK_COMMANDS,
  SEEK_ROWS,
  STACK_COMMANDS,
  STACK_ROWS,
  VIDEO_COMMANDS,
  VIDEO_ROWS,
  ZOOM_COMMANDS,
  ZOOM_ROWS,
} from "../../pages/components/frontend/figure/keys.js";

/** The values of `KeyboardEvent.key` that a row of the list of keys shows. */
const NAMES = { space: " ", "−": "-", "←": "ArrowLeft", "→": "ArrowRight", "↑": "ArrowUp", "↓": "ArrowDown" };
const parseKeys = ([keys]) => keys.split(", ").map((key) => NAMES[key] ?? key);
const REVIEW_COMMANDS = buildCommands("review");

describe("the list of keys", () => {
  for (const [name, rows, commands] of [
    ["of the zoom", ZOOM_ROWS, ZOOM_COMMANDS],
    ["of videos", VIDEO_ROWS, VIDEO_COMMANDS],
    ["of a video alone", SEEK_ROWS, SEEK_COMMANDS],
    ["of a stack", STACK_ROWS, STACK_COMMANDS],
  ])
    test(`${name} names no key that does nothing`, () => {
      for (const key of rows.flatMap(parseKeys)) assert.notEqual(findCommand(commands, key), null, key);
    });

  test("of a pair does not name the arrows twice, and the space bar once", () => {
    for (const hasVideo of [true, false]) {
      const shown = buildPairRows(hasVideo).map(([keys]) => keys);
      assert.equal(new Set(shown).size, shown.length);
      assert.equal(shown.filter((keys) => keys === "space").length, 1);
    }
  });
});

test("no key of a kind is one of the review's, which would keep it from the kind", () => {
  for (const commands of [ZOOM_COMMANDS, VIDEO_COMMANDS, SEEK_COMMANDS, STACK_COMMANDS])
    for (const key of Object.keys(commands)) assert.equal(findCommand(REVIEW_COMMANDS, key), null, key);
  for (const key of Object.keys(REVIEW_COMMANDS))
    assert.equal(findPairCommand(key, { shift: false, mode: "swipe", hasVideo: true }), null, key);
});

test("no key is one of Streamlit's own", () => {
  for (const commands of [REVIEW_COMMANDS, ZOOM_COMMANDS, VIDEO_COMMANDS])
    for (const key of ["c", "C", "r", "R"]) assert.equal(findCommand(commands, key), null);
});

test("names that every object has are not keys", () => {
  for (const key of ["constructor", "toString", "__proto__", ""]) assert.equal(findCommand(ZOOM_COMMANDS, key), null);
});

test("letters mean the same in either case", () => {
  assert.equal(findCommand(REVIEW_COMMANDS, "f"), findCommand(REVIEW_COMMANDS, "F"));
  assert.equal(findCommand(ZOOM_COMMANDS, "a"), findCommand(ZOOM_COMMANDS, "A"));
  const state = { shift: false, mode: "swipe", hasVideo: false };
  assert.equal(findPairCommand("m", state), findPairCommand("M", state));
});

describe("arrows in a pair", () => {
  const press = (key, mode, shift = false) => findPairCommand(key, { shift, mode, hasVideo: false });

  test("move the handle while one swipes", () => {
    assert.deepEqual([press("ArrowLeft", "swipe"), press("ArrowRight", "swipe")], ["handleLeft", "handleRight"]);
  });

  test("show one of the two while they blink", () => {
    assert.deepEqual([press("ArrowLeft", "blink"), press("ArrowRight", "blink")], ["showLeft", "showRight"]);
  });

  test("are left to the zoom with Shift, side by side, and up and down", () => {
    for (const mode of ["swipe", "side", "blink"]) {
      assert.equal(press("ArrowLeft", mode, true), null);
      assert.equal(press("ArrowUp", mode), null);
    }
    assert.equal(press("ArrowRight", "side"), null);
  });
});

test("the space bar pauses the blinking, unless there is a video to play", () => {
  assert.equal(findPairCommand(" ", { shift: false, mode: "blink", hasVideo: false }), "toggleBlink");
  assert.equal(findPairCommand(" ", { shift: false, mode: "blink", hasVideo: true }), null);
  assert.equal(findPairCommand(" ", { shift: false, mode: "swipe", hasVideo: false }), null);
});

test("fields, lists and grids keep their keys; sliders and buttons give them to the figure", () => {
  const target = { fieldType: null, role: "", tag: "DIV" };
  assert.equal(isTypedIn(target), false);
  for (const fieldType of ["text", "search", "number", "textarea", "select", "div"])
    assert.equal(isTypedIn({ ...target, fieldType }), true, fieldType);
  for (const fieldType of ["range", "button", "checkbox", "radio", "submit", "reset"])
    assert.equal(isTypedIn({ ...target, fieldType }), false, fieldType);
  for (const role of ["textbox", "combobox", "option", "gridcell", "treeitem"])
    assert.equal(isTypedIn({ ...target, role }), true, role);
  assert.equal(isTypedIn({ ...target, tag: "CANVAS" }), true, "the cells of Streamlit's tables are drawn in one");
});

test("arrows, the space bar, Home and End move; letters and the page keys do not", () => {
  for (const key of ["ArrowLeft", "ArrowUp", " ", "Home", "End"]) assert.equal(isMovingKey(key), true, key);
  for (const key of ["a", "[", "?", "PageDown", "Escape", "Enter"]) assert.equal(isMovingKey(key), false, key);
});
