import assert from "node:assert/strict";
import { test } from "node:test";
import { replaceObservers } from "../../pages/components/frontend/shared/drawings.js";

const createObservers = () => {
  const observers = new Set();
  const observe = (name) => () => {
    observers.add(name);
    return [() => observers.delete(name)];
  };
  return { observers, observe };
};

test("an element that is drawn again observes what its last drawing does", () => {
  const root = {};
  const { observers, observe } = createObservers();
  for (const drawing of ["first", "second", "third"]) replaceObservers(root, observe(drawing));
  assert.deepEqual([...observers], ["third"]);
});

test("what one function observes in each drawing is observed after each", () => {
  const root = {};
  const { observers, observe } = createObservers();
  replaceObservers(root, observe("keys"));
  replaceObservers(root, observe("keys"));
  assert.deepEqual([...observers], ["keys"]);
});

test("an element that leaves the page observes nothing, and others go on", () => {
  const [leaving, staying] = [{}, {}];
  const { observers, observe } = createObservers();
  const end = replaceObservers(leaving, observe("first"));
  replaceObservers(leaving, observe("second"));
  replaceObservers(staying, observe("other"));
  end();
  assert.deepEqual([...observers], ["other"]);
});
