import assert from "node:assert/strict";
import { test } from "node:test";
import {
  countWith,
  holdVerdict,
  isConfirmed,
  markWith,
} from "../../pages/components/frontend/shared/verdict_arithmetic.js";

const server = (stored, chosen = "", more = false) => ({ key: "k", stored, chosen, more });
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
  assert.deepEqual(markWith({ a: 1, c: 4 }, held), { a: 3, "a/b": 2, c: 4 });
});
