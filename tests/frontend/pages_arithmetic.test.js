import assert from "node:assert/strict";
import { test } from "node:test";

import { buildPageQuery, clampPages, WINDOWS } from "../../pages/components/frontend/figure/pages_arithmetic.js";
import { describePages } from "../../pages/components/frontend/figure/percentiles.js";

test("a page is within the stack, and a window is one of the choices", () => {
  assert.deepEqual(clampPages({ page: 0, window: 1 }, 9), { page: 1, window: 1 });
  assert.deepEqual(clampPages({ page: 12, window: 7 }, 9), { page: 9, window: 1 });
  assert.deepEqual(clampPages({ page: NaN, window: 5 }, 9), { page: 1, window: 5 });
  assert.deepEqual(clampPages({ page: 3.4, window: 50 }, 9), { page: 3, window: 50 });
  assert.equal(WINDOWS[0], 1);
});

test("the first page alone has the address that it always had", () => {
  assert.equal(buildPageQuery({ page: 1, window: 1 }), "");
  assert.equal(buildPageQuery({ page: 2, window: 5 }), "&page=2&window=5");
});

test("the line above a picture names the pages that are drawn", () => {
  const facts = { width: 1, height: 1, stretched: false, factor: 1 };
  assert.equal(describePages({ ...facts, pages: 1 }), "");
  assert.equal(describePages({ ...facts, pages: 9 }), "page 1 of 9, the others are not shown");
  assert.equal(describePages({ ...facts, pages: 9, first: 2, window: 1 }), "page 3 of 9");
  assert.equal(describePages({ ...facts, pages: 9, first: 2, window: 5 }), "maximum of the pages 3 to 7 of 9");
});
