import assert from "node:assert/strict";
import { test } from "node:test";

import { addTypedText, setParameter, toggleParameter } from "../../pages/components/frontend/shared/parameters.js";

test("a value is added once more, and removed again", () => {
  const one = toggleParameter("project=A%26B&sort=name", "project", "C d");
  assert.equal(one, "?sort=name&project=A%26B&project=C+d");
  assert.equal(toggleParameter(one, "project", "A&B"), "?sort=name&project=C+d");
  assert.equal(toggleParameter("status=Fail", "status", "Fail"), "?");
});

test("what changes the result leads to its first page", () => {
  assert.equal(toggleParameter("page=3&q=x", "level", "raw"), "?q=x&level=raw");
  assert.equal(setParameter("page=3&q=x", "from", "2025-01-01"), "?q=x&from=2025-01-01");
});

test("a link of the list keeps what was typed since it was drawn", () => {
  assert.equal(addTypedText("?project=A&page=2", "", ""), "?project=A&page=2");
  assert.equal(addTypedText("?project=A&page=2", "", "mfish 7"), "?project=A&q=mfish+7");
  assert.equal(addTypedText("?q=mfish&sort=name", "mfish", ""), "?sort=name");
  assert.equal(addTypedText("?q=mfish&sort=name", "mf", "mfish"), "?q=mfish&sort=name");
});

test("a parameter with an empty value goes", () => {
  assert.equal(setParameter("from=2025-01-01&from=2024-01-01&to=2025-02-01", "from", ""), "?to=2025-02-01");
  assert.equal(setParameter("", "from", ""), "?");
});
