import assert from "node:assert/strict";
import { test } from "node:test";

import { findNextLeft, stepCard, stepGroup } from "../../pages/components/frontend/shared/order_arithmetic.js";

const page = (group, ...keys) => ({
  position: { group, metric: keys[0] },
  cards: keys.map((key) => ({ address: key, key, undecided: true })),
});
const PAGES = [page("a", "a1", "a2"), page("a", "a3"), page("b", "b1", "b2")];
const name = (at) => at && PAGES[at.page].cards[at.card].key;
const left = (...keys) => (key) => keys.includes(key);

test("the next that is left is on the same figure, else on the next, else in the next group", () => {
  const at = { page: 0, card: 0 };
  assert.equal(name(findNextLeft(PAGES, at, left("a1", "a2", "a3", "b1"))), "a2");
  assert.equal(name(findNextLeft(PAGES, at, left("a1", "a3", "b1"))), "a3");
  assert.equal(name(findNextLeft(PAGES, at, left("b2"))), "b2");
});

test("after the last one the search goes on from the beginning, and ends before where it began", () => {
  const at = { page: 2, card: 0 };
  assert.equal(name(findNextLeft(PAGES, at, left("a2", "b1"))), "a2");
  assert.equal(findNextLeft(PAGES, at, left("b1")), null);
  assert.equal(findNextLeft([], at, left("b1")), null);
});

test("from a page that is not known the search begins at the beginning", () => {
  assert.equal(name(findNextLeft(PAGES, { page: -1, card: 0 }, left("a1"))), "a1");
});

test("steps cross pages and groups, and end at both ends", () => {
  const steps = ["a1", "a2", "a3", "b1", "b2"];
  let at = { page: 0, card: 0 };
  for (const key of steps.slice(1)) assert.equal(name((at = stepCard(PAGES, at, 1))), key);
  assert.equal(stepCard(PAGES, at, 1), null);
  for (const key of steps.slice(0, -1).toReversed()) assert.equal(name((at = stepCard(PAGES, at, -1))), key);
  assert.equal(stepCard(PAGES, at, -1), null);
});

test("a step of a group leads to its first page", () => {
  assert.equal(stepGroup(PAGES, 1, 1), 2);
  assert.equal(stepGroup(PAGES, 2, -1), 0);
  assert.equal(stepGroup(PAGES, 0, -1), null);
  assert.equal(stepGroup(PAGES, 2, 1), null);
  assert.equal(stepGroup(PAGES, -1, 1), null);
});
