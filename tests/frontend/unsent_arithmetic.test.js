import assert from "node:assert/strict";
import { test } from "node:test";
import { Unsent } from "../../pages/components/frontend/shared/unsent_arithmetic.js";

const RESTING = { isRunning: false, isConnected: true };
const RUNNING = { isRunning: true, isConnected: true };
const GONE = { isRunning: false, isConnected: false };

test("nothing is unsent before anything was done, also while the script runs or the server is gone", () => {
  const unsent = new Unsent();
  for (const script of [RUNNING, GONE, RESTING]) unsent.noteScript(script, 1000);
  unsent.noteInput(2000);
  assert.equal(unsent.isUnsent(), false);
});

test("a change is unsent until the script rests a moment after it, however long it runs", () => {
  const unsent = new Unsent();
  unsent.noteChange(1000);
  for (const at of [1100, 5000, 60_000]) {
    unsent.noteScript(RUNNING, at);
    assert.equal(unsent.isUnsent(), true);
  }
  unsent.noteScript(RESTING, 60_001);
  assert.equal(unsent.isUnsent(), false);
  unsent.noteChange(70_000);
  unsent.noteScript(RESTING, 70_100);
  assert.equal(unsent.isUnsent(), true, "what a click sends may not be sent yet");
  unsent.noteScript(RESTING, 70_150);
  assert.equal(unsent.isUnsent(), false);
});

test("without the server a change stays unsent", () => {
  const unsent = new Unsent();
  unsent.noteChange(1000);
  unsent.noteScript(GONE, 600_000);
  assert.equal(unsent.isUnsent(), true);
});

test("the text of a field that was left is unsent until the script that it starts was seen, or none came", () => {
  const unsent = new Unsent();
  unsent.noteTyping(1000, false);
  unsent.noteScript(RESTING, 2000);
  unsent.noteLeaving(3000);
  unsent.noteScript(RESTING, 3500);
  assert.equal(unsent.isUnsent(), true, "over a slow network the script starts later");
  unsent.noteScript(RUNNING, 3600);
  unsent.noteScript(RESTING, 3700);
  assert.equal(unsent.isUnsent(), false);

  unsent.noteTyping(4000, false);
  unsent.noteLeaving(5000);
  unsent.noteScript(RESTING, 10_001);
  assert.equal(unsent.isUnsent(), false);
});

test("a field that sends its text by itself has nothing to send once that was seen", () => {
  const unsent = new Unsent();
  unsent.noteTyping(1000, true);
  unsent.noteScript(RUNNING, 1400);
  unsent.noteScript(RESTING, 1500);
  unsent.noteLeaving(2000);
  assert.equal(unsent.isUnsent(), false);
});

test("leaving a field in which nothing was typed sends nothing", () => {
  const unsent = new Unsent();
  unsent.noteLeaving(1000);
  assert.equal(unsent.isUnsent(), false);
  assert.equal(unsent.isBusy(1100), true);
  assert.equal(unsent.isBusy(1150), false);
});
