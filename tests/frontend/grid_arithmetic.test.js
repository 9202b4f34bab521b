import assert from "node:assert/strict";
import { test } from "node:test";

import { countVerdicts, findNextLeft, getTileVerdict, isLeft, moveTile } from "../../pages/components/frontend/grid/grid_arithmetic.js";

const server = { stored: { a: "Pending", b: "Pending", c: "Pass", d: "Pending" }, drafted: { b: "Fail", d: "" } };

test("a tile shows what the server has, and the steps that it has not confirmed", () => {
  assert.deepEqual(getTileVerdict("a", server, []), { status: "Pending", stored: "Pending", isChanged: false });
  assert.deepEqual(getTileVerdict("b", server, []), { status: "Fail", stored: "Pending", isChanged: true });
  assert.deepEqual(getTileVerdict("d", server, []), { status: "Pending", stored: "Pending", isChanged: true }, "a note alone");
  assert.equal(getTileVerdict("a", server, [[1, "Fail", ["a"]], [2, "Pass", ["a"]]]).status, "Pass");
  assert.equal(isLeft(getTileVerdict("b", server, [[1, "Pending", ["b"]]])), true, "back to Pending is left again");
  assert.equal(getTileVerdict("unknown", server, []).status, "");
});

test("the rest passes what is left, and nothing else", () => {
  const rest = [[1, "rest", ["a", "b", "c", "d"]]];
  const shown = ["a", "b", "c", "d"].map((id) => getTileVerdict(id, server, rest));
  assert.deepEqual(shown.map(({ status }) => status), ["Pass", "Fail", "Pass", "Pending"]);
  assert.deepEqual(countVerdicts(shown), { pass: 2, fail: 1, left: 0 });
});

test("keys move in rows, and stay at the edges", () => {
  assert.equal(moveTile("nextTile", 3, 5, 2), 4);
  assert.equal(moveTile("nextTile", 4, 5, 2), 4);
  assert.equal(moveTile("previousTile", 0, 5, 2), 0);
  assert.equal(moveTile("tileBelow", 1, 5, 2), 3);
  assert.equal(moveTile("tileBelow", 3, 5, 2), 4, "the last row is shorter");
  assert.equal(moveTile("tileBelow", 4, 5, 2), 4);
  assert.equal(moveTile("tileAbove", 1, 5, 2), 1);
  assert.equal(moveTile("firstTile", 3, 5, 2), 0);
  assert.equal(moveTile("lastTile", 3, 5, 2), 4);
  assert.equal(moveTile("passTile", 3, 5, 2), null);
  assert.equal(moveTile("nextTile", 0, 0, 2), null);
});

test("the next tile that is left is found past the end", () => {
  const verdicts = ["a", "b", "c"].map((id) => getTileVerdict(id, server, []));
  assert.equal(findNextLeft(verdicts, 1), 0);
  assert.equal(findNextLeft(verdicts, 0), -1, "no other is left");
  assert.equal(findNextLeft([], 0), -1);
});
