// Steps of undo and redo: asked for in their order, after the verdicts before them, and each made once.
import { getScriptState } from "./script.js";
import { isAwaitingVerdicts, observeVerdicts } from "./verdicts.js";

/** @import { SendToServer } from "../types.d.ts" */

/** @typedef {["undo" | "redo"] | ["reason", key: string, reason: number]} Action */

/** @typedef {[number: number, ...Action]} Step */

const LONGEST_WAIT = 5000; // ms until later keys no longer wait for an answer

const sitting = crypto.getRandomValues(new Uint32Array(2)).join("-");
let number = 0;
/** Steps that the server has not made yet. @type {Step[]} */
let pending = [];
/** What waits for them. @type {(() => void)[]} */
let waiting = [];
/** @type {SendToServer | null} */
let sendToServer = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {SendToServer | null} next */
export function setStepSender(next) {
  sendToServer = next;
}

/**
 * Asks for one more step.
 * @param {Action} action
 */
export function requestStep(...action) {
  number += 1;
  pending.push([number, ...action]);
  if (!isAwaitingVerdicts()) return send();
  const unobserve = observeVerdicts(() => {
    if (isAwaitingVerdicts()) return;
    unobserve();
    send();
  });
}

function send() {
  if (pending.length) sendToServer?.("steps", { sitting, steps: pending });
  clearTimeout(timer);
  timer = setTimeout(giveUp, LONGEST_WAIT);
}

/** Later keys wait no longer for an answer, unless the script still runs: what they decide may be another metric then. */
function giveUp() {
  if (getScriptState() === "running") timer = setTimeout(giveUp, LONGEST_WAIT);
  else confirmSteps(sitting, number);
}

/**
 * The server has made the steps up to a number.
 * @param {string} of the sitting of the steps
 * @param {number} made
 */
export function confirmSteps(of, made) {
  if (of !== sitting) return;
  pending = pending.filter(([one]) => one > made);
  if (pending.length) return;
  clearTimeout(timer);
  const next = waiting;
  waiting = [];
  for (const action of next) action();
}

/**
 * Does something once no step is on its way: it is meant for what the steps lead to.
 * @param {() => void} action
 */
export function afterSteps(action) {
  if (pending.length) waiting.push(action);
  else action();
}
