// Verdicts from the click until the server has them: counted in the same frame, kept in this tab's storage, and sent again
// by the page that follows where this one ended before.
import { announceSaved } from "./announce.js";
import { setDraftCounts } from "./changed_metrics.js";
import { getOpenGroup } from "./open_group.js";
import { getScriptState } from "./script.js";
import { listWay } from "./tree_filter.js";
import { addUnsentSource } from "./unsent.js";
import { CHOICES, countWith, holdVerdict, isConfirmed, markWith, readLeftVerdicts } from "./verdict_arithmetic.js";

/** @import { CardStatuses, HeldVerdict, Status, VerdictsData } from "../types.d.ts" */

const STORAGE_KEY = "qc-verdicts";
const LEFT_KEY = "qc-left-verdicts"; // of a tab that was closed: its own storage goes with it
const REST_TIME = 1000; // ms for which the script is at rest before a verdict is taken back
const CHECK_INTERVAL = 100; // ms

/** @type {VerdictsData | null} */
let server = null;
/** Every card of the record that was drawn, also those that have left the screen. @type {CardStatuses} */
let cards = {};
/** By the class of the card. @type {Map<string, HeldVerdict>} */
const held = new Map();
/** Those that may be lost with the page: the status by the draft's key, of one record. @type {Map<string, Status>} */
const unsaved = new Map();
/** @type {Set<() => void>} */
const observers = new Set();
/** The status of the last verdict that the server has, until that is announced as saved; "" for none. */
let confirmed = "";
/** Why the last verdict was taken back, "" where none was. */
let takenBack = "";
/** What was taken back. @type {HeldVerdict[]} */
let refused = [];
/** A sentence for the reader, "" for none. */
let notice = "";
/** How often the server has drawn what it has: a verdict is refused only by an answer. */
let answers = 0;
/** @type {ReturnType<typeof setInterval> | undefined} */
let timer;

/** What the bar shows: how many changes there are, and why one was taken back. */
export const getVerdicts = () => ({
  isWaiting: held.size > 0,
  number: countWith(server?.number ?? 0, held.values()),
  takenBack,
  notice,
});

/**
 * @param {() => void} observer called after each change
 * @returns {() => void} ends that
 */
export function observeVerdicts(observer) {
  observers.add(observer);
  return () => {
    observers.delete(observer);
  };
}

let frame = 0;

function notify() {
  cancelAnimationFrame(frame);
  frame = 0;
  setDraftCounts(server?.record ?? "", markWith(server?.marks ?? {}, held.values()));
  for (const observer of observers) observer();
}

/** Notifies before the next frame is drawn: what handles the click after us reads the layout, which is to be as it was. */
function notifyInFrame() {
  frame ||= requestAnimationFrame(notify);
}

/**
 * The cards that are drawn now.
 * @param {CardStatuses} next
 */
export function setCards(next) {
  cards = { ...cards, ...next };
  confirm();
}

/**
 * The status that the reader gave the metric of a card, also where the server does not have it yet; "" for none.
 * @param {string} card its class
 */
export const getVerdict = (card) =>
  held.get(card)?.status ?? (cards[card] ? cards[card].chosen : (server?.decided[card] ?? ""));

/**
 * The status of the metric of a card, with the draft and what the server does not have yet; "" for none.
 * @param {string} card its class
 */
export const getStatus = (card) => getVerdict(card) || (cards[card]?.stored ?? "");

/**
 * Whether the reader changed nothing on a card, as far as the browser knows.
 * @param {string} card its class
 */
export function isUntouched(card) {
  const known = cards[card];
  return !held.has(card) && (known ? !known.chosen && !known.more : server?.decided[card] === undefined);
}

/**
 * The draft's key for the metric of a card, "" where it was never drawn.
 * @param {string} card its class
 */
export const getDraftKey = (card) => cards[card]?.key ?? "";

/**
 * Shows a sentence in the bar until the next verdict.
 * @param {string} text
 */
export function setNotice(text) {
  notice = text;
  notify();
}

/** Whether the server has not answered every verdict yet. */
export const isAwaitingVerdicts = () => held.size > 0;
addUnsentSource(() => isAwaitingVerdicts() && document.querySelector(".st-key-qc-bar") !== null);

/** @param {VerdictsData} next */
export function setServerVerdicts(next) {
  if (server && server.record !== next.record) {
    // Another record is opened only once the server has what was decided before.
    held.clear();
    unsaved.clear();
    refused = [];
    confirmed = "";
    cards = {};
  }
  server = next;
  answers += 1;
  for (const [card, status] of Object.entries(cards))
    if (!next.cards[card]) cards[card] = { ...status, chosen: next.decided[card] ?? "" };
  cards = { ...cards, ...next.cards };
  confirm();
}

/** What the server has by now is held no longer. */
function confirm() {
  for (const [card, verdict] of held) {
    if (!isConfirmed(verdict, cards)) continue;
    held.delete(card);
    confirmed = verdict.status;
  }
  if (confirmed && server?.saved) {
    announceSaved(confirmed);
    confirmed = "";
  }
  if (refused.length && refused.every((verdict) => isConfirmed(verdict, cards))) {
    refused = []; // it was only late, over a slow network
    takenBack = "";
  }
  if (server?.saved && unsaved.size) {
    for (const { key, stored, chosen } of Object.values(cards))
      if (unsaved.get(key) === (chosen || stored)) unsaved.delete(key);
    store();
  }
  notify();
}

/** A verdict that is not in what the server drew after it, once the script is at rest, was refused. */
function takeBackRefused() {
  const before = answers;
  let lastRun = performance.now();
  clearInterval(timer);
  timer = setInterval(() => {
    if (getScriptState() !== "notRunning" || answers === before) lastRun = performance.now();
    if (!held.size) clearInterval(timer);
    else if (performance.now() - lastRun > REST_TIME) {
      clearInterval(timer);
      refused = [...held.values()];
      for (const verdict of refused) unsaved.delete(cards[verdict.card]?.key ?? "");
      held.clear();
      takenBack = server?.refusal || "The portal did not take it.";
      store();
      notify();
    }
  }, CHECK_INTERVAL);
}

/** @param {MouseEvent} event */
function noteClick(event) {
  const target = event.target instanceof Element ? event.target : null;
  const button = target?.closest('[data-testid="stButtonGroup"] button');
  const card = button?.closest('[class*="st-key-qc-card-"]');
  const group = button?.closest('[role="radiogroup"]');
  if (!(button instanceof HTMLButtonElement) || !card || button.disabled) return;
  if (!group?.getAttribute("aria-label")?.startsWith("Status of ")) return;
  const name = [...card.classList].find((one) => one.startsWith("st-key-qc-card-")) ?? "";
  const status = CHOICES[[...group.querySelectorAll('[role="radio"]')].indexOf(button)];
  const known = cards[name];
  if (!known || !status) return;
  held.delete(name);
  if ((known.chosen || known.stored) !== status)
    held.set(name, holdVerdict(name, status, known, ["", ...listWay(getOpenGroup()?.selected ?? "")]));
  unsaved.set(known.key, status);
  takenBack = notice = "";
  refused = [];
  store();
  notifyInFrame();
  takeBackRefused();
}

document.addEventListener("click", noteClick, true);

function store() {
  try {
    const text = JSON.stringify({ record: server?.record, verdicts: [...unsaved] });
    if (unsaved.size) sessionStorage.setItem(STORAGE_KEY, text);
    else sessionStorage.removeItem(STORAGE_KEY);
  } catch {
    /* no room or not allowed: then they last as long as the page */
  }
}

/** The tab may be closed: what may be lost with it is kept for the next one that opens the record. */
function storeLeft() {
  try {
    const left = { record: server?.record, at: Date.now(), verdicts: [...unsaved] };
    if (server && unsaved.size) localStorage.setItem(`${LEFT_KEY} ${server.record}`, JSON.stringify(left));
  } catch {
    /* no room or not allowed: then only a reload finds them */
  }
}

addEventListener("pagehide", storeLeft);
addEventListener("pageshow", ({ persisted }) => {
  if (persisted && server) localStorage.removeItem(`${LEFT_KEY} ${server.record}`); // the tab was not closed
});

/**
 * The verdicts that a page before this one left for that record, once: of this tab, or of one that was closed.
 * @param {string} record
 * @returns {unknown[]}
 */
export function takeLeftVerdicts(record) {
  try {
    const ofTab = readLeftVerdicts(sessionStorage.getItem(STORAGE_KEY), record);
    const ofClosed = readLeftVerdicts(localStorage.getItem(`${LEFT_KEY} ${record}`), record, Date.now());
    localStorage.removeItem(`${LEFT_KEY} ${record}`);
    if (unsaved.size) return [];
    const left = ofTab.length ? ofTab : ofClosed;
    for (const [key, status] of left) unsaved.set(key, status);
    return left;
  } catch {
    return [];
  }
}
