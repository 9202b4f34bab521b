import assert from "node:assert/strict";
import { describe, test } from "node:test";

import {
  clampPercent,
  getCommonSize,
  getHandleOffset,
  getHandlePercent,
  getNextMode,
  getVisibleBox,
  isStackedLarger,
  parseFrameMessage,
  parseMode,
} from "../../pages/components/frontend/figure/pair_arithmetic.js";

test("both are drawn in the left one's shape, in as many pixels as the finer one has", () => {
  assert.deepEqual(getCommonSize([100, 50], [100, 50]), [100, 50]);
  assert.deepEqual(getCommonSize([100, 50], [200, 50]), [200, 100]);
  assert.deepEqual(getCommonSize([100, 50], [50, 25]), [100, 50]);
  assert.deepEqual(getCommonSize([100, 50], [10_000, 50]), [400, 200], "four times at most");
});

test("wide pictures are put one above the other where that shows them much larger", () => {
  assert.equal(isStackedLarger([800, 800], [400, 100]), true);
  assert.equal(isStackedLarger([800, 400], [400, 400]), false);
});

test("the modes follow one another, and what was remembered is one of them", () => {
  assert.deepEqual(["swipe", "side", "blink"].map(getNextMode), ["side", "blink", "swipe"]);
  assert.equal(parseMode("blink"), "blink");
  for (const other of [undefined, null, "tilt", 3, {}]) assert.equal(parseMode(other), "swipe");
});

describe("the handle", () => {
  const whole = getVisibleBox({ wide: 800, high: 600, left: 0, top: 100, width: 800, height: 400 });

  test("what is seen of a picture is clipped to its pane", () => {
    assert.deepEqual(whole, { left: 0, width: 800, top: 100, height: 400 });
    const zoomed = getVisibleBox({ wide: 800, high: 600, left: -100, top: -50, width: 1600, height: 300 });
    assert.deepEqual(zoomed, { left: 0, width: 800, top: 0, height: 250 });
    const small = getVisibleBox({ wide: 800, high: 600, left: 300, top: 200, width: 200, height: 200 });
    assert.deepEqual(small, { left: 300, width: 200, top: 200, height: 200 });
  });

  test("its offset and its percent are each other's inverse", () => {
    for (const box of [whole, { left: 300, width: 200 }])
      for (const percent of [0, 12.5, 50, 100]) assert.equal(getHandlePercent(getHandleOffset(percent, box), box), percent);
  });

  test("a point beside the picture leads to its edge", () => {
    assert.equal(clampPercent(getHandlePercent(-40, whole)), 0);
    assert.equal(clampPercent(getHandlePercent(900, whole)), 100);
  });
});

describe("messages of the comparing frame", () => {
  test("are read, with their numbers held within bounds", () => {
    assert.deepEqual(parseFrameMessage({ comparison: "ready", at: 40 }), { at: 40, message: { kind: "ready" } });
    assert.deepEqual(parseFrameMessage({ comparison: "at", at: 400 }), { at: 100, message: null });
    assert.deepEqual(parseFrameMessage({ comparison: "key", key: "m" }).message, { kind: "key", key: "m", shift: false });
    assert.deepEqual(parseFrameMessage({ comparison: "zoom", factor: 99, x: -1, y: 1e9 }).message, {
      kind: "zoom",
      factor: 5,
      x: 0,
      y: 10_000,
    });
  });

  test("that are none are left out", () => {
    const nothing = { at: null, message: null };
    const others = [null, undefined, "ready", 7, [], {}, { comparison: "key", key: 5 }, { comparison: "zoom", factor: 1 }];
    for (const other of others) assert.deepEqual(parseFrameMessage(other), nothing);
    assert.deepEqual(parseFrameMessage({ comparison: "zoom", factor: NaN, x: 1, y: 1, at: Infinity }), nothing);
  });
});
