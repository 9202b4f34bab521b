// The grid on the page: its tiles, which one is current, what the server has of them, and the steps that it has not confirmed.
// The tiles and the bar are components of their own, and share this.
import { addUnsentSource } from "../shared/unsent.js";
import { countVerdicts, findNextLeft, getTileReasons, getTileVerdict, isLeft } from "./grid_arithmetic.js";

/** @import { GridServer, GridStep, GridTile, SendToServer } from "../types.d.ts" */

const SEND_AGAIN = 5000; // ms without an answer

const sitting = crypto.getRandomValues(new Uint32Array(2)).join("-");
/** @type {GridServer} */
let server = { stored: {}, drafted: {}, reasons: {}, changes: 0, refused: {}, refusal: "", canUndo: false, canRedo: false, steps: ["", 0] };
/** @type {GridStep[]} */
let pending = [];
let number = 0;
/** @type {readonly GridTile[]} */
let tiles = [];
let current = 0;
/** Since when the picture of a tile, or its absence, is or was in view, in ms, by its id. @type {Map<string, number>} */
const seen = new Map();
/** What the bar states in place of the current tile's name. */
let notice = "";
/** @type {Set<() => void>} */
const observers = new Set();
/** @type {SendToServer | null} */
let sendToServer = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {() => void} observer called after each change @returns {() => void} ends that */
export function observeGrid(observer) {
  observers.add(observer);
  return () => observers.delete(observer);
}

const notify = () => observers.forEach((observer) => observer());

/** @param {readonly GridTile[]} next */
export function setTiles(next) {
  const id = tiles[current]?.id;
  tiles = next;
  current = Math.max(0, next.findIndex((tile) => tile.id === id));
  notify();
}

/** @param {GridServer} next @param {SendToServer} sender */
export function setServer(next, sender) {
  server = next;
  sendToServer = sender;
  const [of, made] = next.steps;
  if (of === sitting) pending = pending.filter(([one]) => one > made);
  if (!pending.length) clearTimeout(timer);
  notify();
}

export const getServer = () => server;
export const getTiles = () => tiles;
export const getCurrent = () => current;
export const getCurrentTile = () => tiles[current] ?? null;
export const isSaving = () => pending.length > 0;
addUnsentSource(() => isSaving() && document.querySelector(".st-key-qc-grid-bar") !== null);

/** @param {string} id */
export const getVerdict = (id) => getTileVerdict(id, server, pending);

/** The short reasons of a tile's Fail. @param {GridTile} tile */
export const getReasons = (tile) => (getVerdict(tile.id).status === "Fail" ? getTileReasons(tile, server, pending) : []);

/** @param {string} id */
export const findTile = (id) => tiles.find((tile) => tile.id === id);

export const getCounts = () => countVerdicts(tiles.map(({ id }) => getVerdict(id)));

/** @param {number} index */
export function setCurrent(index) {
  if (!tiles[index]) return;
  current = index;
  notice = "";
  notify();
}

/** Goes to the next tile that is left to decide; false where there is none. */
export function goToNextLeft() {
  const index = findNextLeft(tiles.map(({ id }) => getVerdict(id)), current);
  if (index < 0) return false;
  setCurrent(index);
  return true;
}

/** @param {string} id */
export const markSeen = (id) => seen.has(id) || seen.set(id, performance.now());

/** For how many ms a tile's picture has been seen; 0 where it was not in view. @param {string} id */
export const getShownFor = (id) => Math.max(0, performance.now() - (seen.get(id) ?? Infinity));

export const getNotice = () => notice;

/** @param {string} text until the next tile is current */
export function setNotice(text) {
  if (text === notice) return;
  notice = text;
  notify();
}

/** The ids of the tiles that are left to decide: those that were in view, and the others. */
export function listLeft() {
  const left = tiles.map(({ id }) => id).filter((id) => isLeft(getVerdict(id)));
  return { seen: left.filter((id) => seen.has(id)), unseen: left.filter((id) => !seen.has(id)) };
}

/**
 * Asks the server for a step; what it shows is shown at once.
 * @param {GridStep[1]} command
 * @param {string[]} [ids]
 * @param {number} [reason]
 */
export function requestGridStep(command, ids = [], reason) {
  number += 1;
  pending.push(reason === undefined ? [number, command, ids] : [number, command, ids, reason]);
  send();
  notify();
}

function send() {
  sendToServer?.("steps", { sitting, steps: pending });
  clearTimeout(timer);
  timer = setTimeout(() => pending.length && send(), SEND_AGAIN);
}
