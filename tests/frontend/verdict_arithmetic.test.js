import assert from "node:assert/strict";
import { test } from "node:test";
import {
  LEFT_TIME,
  readLeftVerdicts,
  countWith,
  holdVerdict,
  isConfirmed,
  markWith,
} from "../../pages/components/frontend/shared/verdict_arithmetic.js";

const server = (stored, chosen = "", more = false, allowed = false) => ({ key: "k", stored, chosen, more, allowed });
const hold = (status, of) => holdVerdict("card", status, of, ["a", "a/b"]);

test("a verdict adds a change where it differs from the record", () => {
  assert.equal(hold("Pass", server("Pending")).adds, 1);
  assert.equal(hold("Fail", server("Pending", "Pass")).adds, 0);
  assert.equal(hold("Pass", server("")).adds, 1);
});

test("a verdict that is the record's takes the change away, unless the draft changes more", () => {
  assert.equal(hold("Pending", server("Pending", "Pass")).adds, -1);
  assert.equal(hold("Pending", server("Pending", "Pass", true)).adds, 0);
  assert.equal(hold("Pass", server("Pending", "", true)).adds, 0);
});

test("a verdict is confirmed by the draft's status, else by the record's", () => {
  assert.equal(isConfirmed(hold("Pass", server("Pending")), { card: server("Pending", "Pass") }), true);
  assert.equal(isConfirmed(hold("Pending", server("Pending", "Pass")), { card: server("Pending") }), true);
  assert.equal(isConfirmed(hold("Pass", server("Pending")), { card: server("Pending") }), false);
  assert.equal(isConfirmed(hold("Pass", server("Pending")), {}), false);
});

test("counts have what is held", () => {
  const held = [hold("Pass", server("Pending")), hold("Fail", server("Pending"))];
  assert.equal(countWith(3, held), 5);
  assert.equal(countWith(0, [hold("Pending", server("Pending", "Pass"))]), 0);
  const marks = { a: [1, 1, 0, 0, -1], c: [4, 4, 0, 0, -4] };
  assert.deepEqual(markWith(marks, held), { a: [3, 2, 1, 0, -3], "a/b": [2, 1, 1, 0, -2], c: [4, 4, 0, 0, -4] });
});

test("a verdict moves a metric from one count to another, and an allowed failure is counted apart", () => {
  assert.deepEqual(hold("Pass", server("Pending")).change, [1, 0, 0, -1]);
  assert.deepEqual(hold("Fail", server("Pending", "Pass")).change, [-1, 1, 0, 0]);
  assert.deepEqual(hold("Fail", server("Pass", "", false, true)).change, [-1, 0, 1, 0]);
  assert.deepEqual(hold("Pass", server("")).change, [1, 0, 0, -1]);
});

test("what a page left is read for its record alone, and of a closed tab for an hour", () => {
  const at = 1_000_000;
  const left = JSON.stringify({ record: "r", at, verdicts: [["a", "Pass"], ["b", "Odd"], "c", ["d", "Fail"]] });
  const known = [["a", "Pass"], ["d", "Fail"]];
  assert.deepEqual(readLeftVerdicts(left, "r"), known);
  assert.deepEqual(readLeftVerdicts(left, "r", at + LEFT_TIME - 1), known);
  assert.deepEqual(readLeftVerdicts(left, "r", at + LEFT_TIME), []);
  assert.deepEqual(readLeftVerdicts(left, "r", at - 1), []);
  assert.deepEqual(readLeftVerdicts(left, "other"), []);
  for (const text of [null, "", "{", "7", '{"record":"r"}', '{"record":"r","verdicts":{}}']) assert.deepEqual(readLeftVerdicts(text, "r"), []);
  assert.deepEqual(readLeftVerdicts('{"record":"r","verdicts":[["a","Pass"]]}', "r", at), [], "one without a time is not known to be new");
});
