import assert from "node:assert/strict";
import { test } from "node:test";

import {
  buildMarks,
  countStatuses,
  findNearest,
  formatDay,
  formatValue,
  getDepth,
  getShares,
  moveIndex,
} from "../../pages/components/frontend/comparison/strip_arithmetic.js";

test("the highest number is at the top, and what is beyond the range at its edge", () => {
  assert.equal(getDepth([0, 10], 10), 0);
  assert.equal(getDepth([0, 10], 2.5), 0.75);
  assert.equal(getDepth([0, 10], 99), 0);
  assert.equal(getDepth([0, 10], -1), 1);
  assert.equal(getDepth([3, 3], 3), 0.5);
  assert.equal(getDepth([-1.7e308, 1.7e308], 0), 0.5);
});

test("values are spread by their times, those without one are at the left", () => {
  assert.deepEqual(getShares(["2026-01-01T00:00:00Z", null, "2026-01-03T00:00:00Z", "2026-01-02T00:00:00Z"]), [0, 0, 1, 0.5]);
  assert.deepEqual(getShares([null, null, null]), [0, 0.5, 1]);
  assert.deepEqual(getShares(["2026-01-01T00:00:00Z"]), [0.5]);
  assert.deepEqual(getShares([]), []);
});

test("the nearest point within reach is found", () => {
  const points = /** @type {[number, number][]} */ ([[0, 0], [10, 0]]);
  assert.equal(findNearest(points, [7, 0], 5), 1);
  assert.equal(findNearest(points, [5, 30], 5), -1);
  assert.equal(findNearest([], [5, 30], 5), -1);
});

test("numbers and days are short", () => {
  assert.deepEqual([12.3456789, 0, 123456, 1e9, 0.00001234].map(formatValue), ["12.346", "0", "123,460", "1e9", "1.234e-5"]);
  assert.deepEqual([formatDay("2026-01-02T03:04:05Z"), formatDay(null)], ["2026-01-02", "no date"]);
});

test("statuses are counted in one order, without those that no value has", () => {
  const values = ["Pending", "Pass", "", "Pass"].map((status) => ({ status }));
  assert.deepEqual(countStatuses(values), [["Pass", 2], ["Pending", 1], ["", 1]]);
});

test("keys lead through the values and stop at the ends", () => {
  assert.deepEqual(["ArrowRight", "ArrowLeft", "Home", "End", "x"].map((key) => moveIndex(key, 1, 3)), [2, 0, 0, 2, null]);
  assert.deepEqual([moveIndex("ArrowRight", 2, 3), moveIndex("ArrowLeft", -1, 3), moveIndex("ArrowLeft", 0, 0)], [2, 2, null]);
});

test("marks of different statuses have different shapes", () => {
  const shapes = ["Pass", "Fail", ""].map((status) => buildMarks(status, [[10, 10]], 2));
  assert.equal(new Set(shapes).size, 3);
  assert.equal(buildMarks("Pass", [], 2), "");
});
