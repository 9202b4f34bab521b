import assert from "node:assert/strict";
import { test } from "node:test";

import {
  arePercentiles,
  buildPercentileQuery,
  choosePercentiles,
  describeConversion,
  getPercentiles,
  hasChosenPercentiles,
} from "../../pages/components/frontend/figure/percentiles.js";

const FACTS = { width: 2048, height: 1024, stretched: false, pages: 1, factor: 1 };
const STRETCHED = { ...FACTS, stretched: true, bits: "16-bit", bottom: 12.3456789, top: 40_000, low: 0.1, high: 99.9 };

test("percentiles are from 0 to 100, the first below the second", () => {
  for (const [low, high] of [[0, 100], [0.1, 99.9], [50, 50.1]]) assert.equal(arePercentiles({ low, high }), true);
  for (const [low, high] of [[-1, 50], [0, 101], [50, 50], [60, 40], [NaN, 50]])
    assert.equal(arePercentiles({ low, high }), false);
});

test("a choice counts for its own file, and for that alone", () => {
  const [one, other] = [{ address: "/converted/a", low: 1, high: 99 }, { address: "/converted/b", low: 1, high: 99 }];
  choosePercentiles(one, { low: 5, high: 95 });
  assert.deepEqual([getPercentiles(one), hasChosenPercentiles(one)], [{ low: 5, high: 95 }, true]);
  assert.deepEqual([getPercentiles(other), hasChosenPercentiles(other)], [{ low: 1, high: 99 }, false]);
  assert.equal(buildPercentileQuery(getPercentiles(one)), "?low=5&high=95");
  choosePercentiles(one, { low: 1, high: 99 });
  assert.equal(hasChosenPercentiles(one), false, "those are the usual ones");
});

test("a conversion is described by what was done, and by what is not shown", () => {
  assert.equal(describeConversion(FACTS), "2,048 × 1,024 · brightness as stored");
  assert.equal(
    describeConversion(STRETCHED),
    "16-bit greyscale · 2,048 × 1,024 · stretched: black at 12.346 (0.1 %), white at 40,000 (99.9 %)",
  );
  assert.equal(describeConversion(STRETCHED, true), "16-bit, black at 12.346, white at 40,000 · 2,048 × 1,024");
  assert.equal(
    describeConversion({ ...FACTS, pages: 9, first: 2, window: 1, array: "/a/b" }),
    "2,048 × 1,024 · brightness as stored · page 3 of 9 · /a/b",
  );
  assert.equal(
    describeConversion({ ...FACTS, pages: 3, factor: 4, odd: 1200 }),
    "2,048 × 1,024 · brightness as stored · page 1 of 3, the others are not shown · shown at 1/4 of its size · " +
      "1,200 pixels are not a number, shown black",
  );
});
