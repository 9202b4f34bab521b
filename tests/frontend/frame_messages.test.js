import assert from "node:assert/strict";
import { test } from "node:test";

import { isCuration, isPlainJson, serializeMessage } from "../../pages/components/frontend/figure/frame_messages.js";

const nest = (depth) => (depth ? { in: nest(depth - 1) } : 1);

test("plain JSON is what JSON can hold, and not too deep", () => {
  for (const value of [null, 0, "", false, [], {}, { a: [1, { b: "x" }] }, nest(40)]) assert.equal(isPlainJson(value), true);
  for (const value of [undefined, NaN, Infinity, 1n, () => 1, new Date(0), new Map(), { a: undefined }, nest(41)])
    assert.equal(isPlainJson(value), false);
});

test("only messages about a curation are of use", () => {
  assert.equal(isCuration({ curation: {} }), true);
  assert.equal(isCuration({ type: "curation-data", data: 1 }), true);
  for (const other of [null, "curation", { type: "resize" }, { curation: undefined }, []])
    assert.equal(isCuration(other), false);
});

test("a message is handed on as its JSON, unless it is too large or no plain JSON", () => {
  assert.equal(serializeMessage({ curation: [1] }), '{"curation":[1]}');
  assert.equal(serializeMessage({ curation: "x".repeat(2_000_000) }), null);
  assert.equal(serializeMessage({ curation: new Date(0) }), null);
  assert.equal(serializeMessage({ type: "resize" }), null);
});
