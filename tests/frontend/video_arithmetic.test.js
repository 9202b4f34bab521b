import assert from "node:assert/strict";
import { test } from "node:test";

import {
  clampTime,
  getFrameTime,
  getNextSpeed,
  isOutOfSync,
  SPEEDS,
} from "../../pages/components/frontend/figure/video_arithmetic.js";

test("a time stays within the video, short of its end", () => {
  assert.equal(clampTime(-3, 10), 0);
  assert.equal(clampTime(4, 10), 4);
  assert.equal(clampTime(20, 10), 9.999);
});

test("speeds follow one another and end at either end", () => {
  assert.deepEqual(SPEEDS.map((speed) => getNextSpeed(speed, 1)), [...SPEEDS.slice(1), 4]);
  assert.deepEqual(SPEEDS.map((speed) => getNextSpeed(speed, -1)), [0.25, ...SPEEDS.slice(0, -1)]);
});

test("a step leads to the middle of the next frame or of the one before, and not before the beginning", () => {
  assert.equal(getFrameTime(1, 0.04, 1), 1.06);
  assert.equal(getFrameTime(1, 0.04, -1), 0.98);
  assert.equal(getFrameTime(0, 0.04, -1), 0);
});

test("videos are out of step by more than an eighth of a second, and by more where they run faster", () => {
  assert.equal(isOutOfSync(1, 1.1, 1), false);
  assert.equal(isOutOfSync(1, 1.2, 1), true);
  assert.equal(isOutOfSync(1, 1.2, 2), false);
  assert.equal(isOutOfSync(1, 1.2, 0.25), true, "no less than at normal speed where they run slower");
  assert.equal(isOutOfSync(1, 1.1, 0.25), false);
});
