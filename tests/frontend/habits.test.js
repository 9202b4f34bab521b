import assert from "node:assert/strict";
import { test } from "node:test";

const stored = new Map();
globalThis.localStorage = { getItem: (key) => stored.get(key) ?? null, setItem: (key, value) => stored.set(key, value) };

let loads = 0;
const load = async (text) => {
  if (text === null) stored.clear();
  else stored.set("qc-habits", text);
  loads += 1;
  return import(`../../pages/components/frontend/shared/habits.js?load=${loads}`); // anew, as a page does
};

test("habits are off before anybody chose them, and where what is stored cannot be read", async () => {
  for (const text of [null, "null", "{", "7", '{"asksReason":"yes","movesOn":"up","submitAtOnce":-1}']) {
    const habits = await load(text);
    assert.equal(habits.getHabit("asksReason"), false);
    assert.equal(habits.getHabit("dwell"), false);
    assert.equal(habits.getMovesOn(), "keys");
    assert.equal(habits.getSubmitLimit(), 0);
  }
});

test("what was chosen holds at once and on the next page", async () => {
  const habits = await load(null);
  habits.setHabit("asksReason", true);
  habits.setHabit("movesOn", "always");
  habits.setHabit("submitAtOnce", 5);
  const again = await load(stored.get("qc-habits"));
  for (const one of [habits, again])
    assert.deepEqual([one.getHabit("asksReason"), one.getHabit("dwell"), one.getMovesOn(), one.getSubmitLimit()], [true, false, "always", 5]);
});

test("up to how many changes are submitted at once is a whole number from 0 to 50", async () => {
  const { MAX_AT_ONCE, readSubmitLimit } = await load(null);
  assert.deepEqual(["7", 7, "", " ", "0", -3, 2.5, "many", null, undefined, 1e9].map(readSubmitLimit), [7, 7, 0, 0, 0, 0, 0, 0, 0, 0, MAX_AT_ONCE]);
});
