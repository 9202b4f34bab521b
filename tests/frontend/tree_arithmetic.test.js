import assert from "node:assert/strict";
import { test } from "node:test";

import { clampWidth, readSize } from "../../pages/components/frontend/shared/tree_arithmetic.js";

test("the tree's width stays within its limits", () => {
  assert.equal(clampWidth(10), 160);
  assert.equal(clampWidth(240.4), 240);
  assert.equal(clampWidth(9000), 520);
});

test("a size that was kept is read again, and anything else is the default", () => {
  assert.deepEqual(readSize('{"width": 300, "closed": true}'), { width: 300, closed: true });
  for (const text of [null, "", "nonsense", "null", "3", '"x"', "[]", '{"width": "wide", "closed": 1}'])
    assert.deepEqual(readSize(text), { width: 198, closed: false });
});
