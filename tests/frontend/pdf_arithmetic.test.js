import assert from "node:assert/strict";
import { test } from "node:test";

import { countZoomPresses } from "../../pages/components/frontend/figure/pdf_arithmetic.js";

test("a page is made as wide as there is room for, by whole presses of the viewer's buttons", () => {
  assert.equal(countZoomPresses(640, 600), 0);
  assert.equal(countZoomPresses(940, 600), 2);
  assert.equal(countZoomPresses(1030, 600), 2, "a press more would be too wide");
  assert.equal(countZoomPresses(490, 600), -1);
});

test("no page is made smaller than half or larger than three times", () => {
  assert.equal(countZoomPresses(100, 600), -2);
  assert.equal(countZoomPresses(9000, 600), 8);
});
