import assert from "node:assert/strict";
import { test } from "node:test";

import { listWay, matchesFilter, resolveTreeKey } from "../../pages/components/frontend/shared/tree_filter.js";

const node = (search, children = [], counts = [0, 0, 0, 1], changed = 0) => ({ search, children, counts, changed });
const getState = ({ counts, changed }) => ({ counts, changed, total: 1 });
const matches = (tree, text, choice = "") => matchesFilter(tree, { text, choice }, getState);

test("a group is left by the filter where it, one above or one below it matches, in any case of letters", () => {
  const tree = node("probe a", [node("type drift", [node("yield")])]);
  for (const filter of ["", "probe", "DRIFT", "yie"]) assert.equal(matches(tree, filter), true, filter);
  assert.equal(matches(tree, "probe b"), false);
});

test("typing a status finds the groups whose metrics have it now", () => {
  const tree = node("probe a", [node("drift", [], [0, 0, 1, 0]), node("yield", [], [1, 0, 0, 0])]);
  assert.deepEqual(["fail", "Pass", "pending"].map((text) => matches(tree, text)), [true, true, false]);
  assert.equal(matches(tree.children[0], "pass"), false);
});

test("a choice leaves the groups that have metrics of it", () => {
  const groups = [node("a"), node("b", [], [0, 1, 0, 0]), node("c", [], [1, 0, 0, 0], 1)];
  const chosen = (choice) => groups.filter((one) => matches(one, "", choice)).map((one) => one.search);
  assert.deepEqual(["", "left", "fail", "changed"].map(chosen), [["a", "b", "c"], ["a"], ["b"], ["c"]]);
  assert.equal(matches(node("all", groups), "c", "fail"), false, "text and choice hold for the same group");
});

test("the arrows lead from row to row and stop at either end", () => {
  assert.deepEqual(["ArrowDown", "ArrowUp", "Home", "End"].map((key) => resolveTreeKey(key, 1, 4)), [2, 0, 0, 3]);
  assert.equal(resolveTreeKey("ArrowDown", 3, 4), 3);
  assert.equal(resolveTreeKey("ArrowUp", 0, 4), 0);
});

test("the sideward arrows open and close, and other keys are left alone", () => {
  assert.deepEqual(["ArrowRight", "ArrowLeft"].map((key) => resolveTreeKey(key, 0, 4)), ["open", "close"]);
  for (const key of ["Enter", "a", "Tab", " "]) assert.equal(resolveTreeKey(key, 0, 4), null);
});

test("the way to a group has all groups above it, from the top", () => {
  assert.deepEqual(listWay("a=1/b=2/c=3"), ["a=1", "a=1/b=2", "a=1/b=2/c=3"]);
  assert.deepEqual(listWay("a=1"), ["a=1"]);
});
