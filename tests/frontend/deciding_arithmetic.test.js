import assert from "node:assert/strict";
import { test } from "node:test";

import { DWELL_TIME, isTooEarly, leadsOn, waitsForReason } from "../../pages/components/frontend/shared/deciding_arithmetic.js";

test("a verdict waits until the figure was on screen for a second, only where the reader wants that", () => {
  assert.equal(isTooEarly({ dwells: true, shownFor: DWELL_TIME - 1 }), true);
  assert.equal(isTooEarly({ dwells: true, shownFor: DWELL_TIME }), false);
  assert.equal(isTooEarly({ dwells: false, shownFor: 0 }), false);
});

test("a Fail waits for a reason, only where the reader wants that, and no other verdict does", () => {
  assert.equal(waitsForReason("Fail", true), true);
  assert.equal(waitsForReason("Fail", false), false);
  assert.equal(waitsForReason("Pass", true), false);
  assert.equal(waitsForReason("Pending", true), false);
});

test("Pass and Fail lead on by key, by key and mouse, or never; Pending never does", () => {
  for (const status of ["Pass", "Fail"]) {
    assert.deepEqual([leadsOn(status, "keys", true), leadsOn(status, "keys", false)], [true, false]);
    assert.deepEqual([leadsOn(status, "always", true), leadsOn(status, "always", false)], [true, true]);
    assert.deepEqual([leadsOn(status, "never", true), leadsOn(status, "never", false)], [false, false]);
  }
  for (const movesOn of ["keys", "always", "never"]) assert.equal(leadsOn("Pending", movesOn, true), false);
});
