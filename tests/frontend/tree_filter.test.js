import assert from "node:assert/strict";
import { test } from "node:test";

import { listWay, matchesFilter, resolveTreeKey } from "../../pages/components/frontend/shared/tree_filter.js";

const node = (search, children = []) => ({ search, children });

test("a group is left by the filter where it or one below it matches, in any case of letters", () => {
  const tree = node("probe a", [node("type drift", [node("yield")])]);
  for (const filter of ["", "probe", "DRIFT", "yie"]) assert.equal(matchesFilter(tree, filter), true, filter);
  assert.equal(matchesFilter(tree, "probe b"), false);
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
