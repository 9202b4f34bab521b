import assert from "node:assert/strict";
import { test } from "node:test";

import { findStart } from "../../pages/components/frontend/sessions/session_arithmetic.js";

const sessions = ["a", "b", "c"].map((record) => ({ record, this: record === "b" }));

test("one begins at the session that is compared, else before the open one", () => {
  assert.equal(findStart(sessions, "c"), 2);
  assert.equal(findStart(sessions, null), 0);
  assert.equal(findStart(sessions, "gone"), 0);
  assert.equal(findStart(sessions.slice(1), null), 1, "the first one begins at the next");
  assert.equal(findStart(sessions.slice(1, 2), null), 0);
  assert.equal(findStart([], null), 0);
});
