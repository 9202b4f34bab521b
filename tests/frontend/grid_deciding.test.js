import assert from "node:assert/strict";
import { test } from "node:test";

const { setHabit } = await import("../../pages/components/frontend/shared/habits.js");
const { decideTile, giveReason, skipReason } = await import("../../pages/components/frontend/grid/deciding.js");
const { getCurrent, getCurrentTile, getNotice, getReasons, getVerdict, markSeen, setCurrent, setServer, setTiles } = await import("../../pages/components/frontend/grid/state.js");

const server = { stored: { a: "Pending", b: "Pending", c: "Pending" }, drafted: {}, reasons: {}, changes: 0, refused: {}, refusal: "", canUndo: false, canRedo: false, steps: ["", 0] };

/** @param {import("node:test").TestContext} context */
function begin(context) {
  let now = 0;
  context.mock.method(performance, "now", () => now);
  context.mock.timers.enable({ apis: ["setTimeout"] });
  setTiles(["a", "b", "c"].map((id) => ({ id, title: `day ${id}`, reasons: ["drift", "noise"] })));
  setServer(server, () => {});
  setCurrent(0);
  return (ms) => {
    now += ms;
  };
}

test("a figure has to be on screen for a second, where the reader wants that", (context) => {
  const pass = begin(context);
  setHabit("dwell", true);
  assert.equal(decideTile("Pass"), true);
  assert.deepEqual([getVerdict("a").status, getCurrent()], ["Pending", 0], "it was not in view at all");
  assert.match(getNotice(), /^Nothing was decided: the figure/);
  markSeen("a");
  pass(999);
  decideTile("Pass");
  assert.equal(getVerdict("a").status, "Pending");
  pass(1);
  decideTile("Pass");
  assert.deepEqual([getVerdict("a").status, getCurrent(), getNotice()], ["Pass", 1, ""]);
  decideTile("Fail", false);
  assert.deepEqual([getVerdict("b").status, getCurrent()], ["Fail", 1], "the mouse waits for nothing, and stays");
  setHabit("dwell", false);
});

test("a Fail by key waits for a reason, where the reader wants that", (context) => {
  begin(context);
  assert.equal(skipReason(), false);
  setHabit("asksReason", true);
  decideTile("Fail");
  assert.equal(getCurrent(), 0);
  assert.match(getNotice(), /^Why\? ⇧ 1 drift, ⇧ 2 noise; Enter opens the review, for a note; Esc/);
  assert.equal(skipReason(), true);
  assert.deepEqual([getCurrent(), getNotice(), skipReason()], [2, "", false], "b was decided before");
  setHabit("asksReason", false);
});

test("a digit gives the Fail of the current tile, or the one that was given last, a reason, and takes it back", (context) => {
  begin(context);
  setTiles(["d", "e"].map((id) => ({ id, title: `day ${id}`, reasons: ["drift", "noise"] })));
  setServer({ ...server, stored: { d: "Pending", e: "Pending" } }, () => {});
  assert.equal(giveReason(1), false, "nothing here was failed");
  decideTile("Fail");
  assert.equal(getCurrent(), 1);
  assert.deepEqual([giveReason(2), getNotice()], [true, "Fail of day d: noise"]);
  assert.equal(giveReason(3), false, "there is no such reason");
  giveReason(1);
  giveReason(2);
  setCurrent(0);
  assert.deepEqual(getReasons(getCurrentTile()), ["drift"]);
  decideTile("Pass", false);
  assert.deepEqual([getReasons(getCurrentTile()), giveReason(1)], [[], false]);
});

test("the reader who wants to give a reason is led on by it", (context) => {
  begin(context);
  setHabit("asksReason", true);
  setTiles(["f", "g"].map((id) => ({ id, title: `day ${id}`, reasons: ["drift"] })));
  setServer({ ...server, stored: { f: "Pending", g: "Pending" } }, () => {});
  decideTile("Fail");
  assert.equal(getCurrent(), 0);
  assert.deepEqual([giveReason(1), getCurrent(), getNotice()], [true, 1, "Fail of day f: drift"]);
  setHabit("asksReason", false);
});
