import assert from "node:assert/strict";
import { test } from "node:test";
import {
  addCounts,
  countDecided,
  countDecisive,
  countFailed,
  countLeft,
  countOne,
  rollUp,
  rollUpWith,
} from "../../pages/components/frontend/shared/status_counts.js";

test("each status has its count, an allowed failure one of its own, and no status is one that is left", () => {
  assert.deepEqual(
    ["Pass", "Fail", "Pending", ""].map((status) => countOne(status, false)),
    [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1], [0, 0, 0, 1]],
  );
  assert.deepEqual(countOne("Fail", true), [0, 0, 1, 0]);
});

test("what is Pending is left, the rest is decided", () => {
  const counts = addCounts([1, 1, 1, 3], [1, 0, 0, -1]);
  assert.deepEqual(counts, [2, 1, 1, 2]);
  assert.deepEqual([countLeft(counts), countDecided(counts), countFailed(counts)], [2, 4, 2]);
});

test("Fail goes before Pending, Pending before Pass, and an allowed failure is a Pass", () => {
  assert.deepEqual(
    [[1, 1, 0, 1], [1, 0, 0, 1], [1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]].map(rollUp),
    ["Fail", "Pending", "Pass", "Pass", ""],
  );
});

test("a draft that changes no status leaves the stored one, whatever the metrics have", () => {
  assert.equal(rollUpWith("Fail", [0, 0, 0, 0], [0, 0, 0, 0]), "Fail");
  assert.equal(rollUpWith("Pending", [1, 0, 0, 1], [1, 0, 0, -1]), "Pass");
});

test("those decide that have the status that all add up to", () => {
  const counts = [3, 2, 1, 4];
  assert.deepEqual(["Fail", "Pending", "Pass", ""].map((status) => countDecisive(status, counts)), [2, 4, 6, 6]);
});
