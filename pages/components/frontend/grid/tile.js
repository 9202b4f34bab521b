// One tile of a grid: its small picture, what it is of, and its verdict.
import { createElement, createStatusBadge } from "../shared/elements.js";
import { createPicture } from "./pictures.js";

/** @import { GridTile, TileVerdict } from "../types.d.ts" */

/** @param {GridTile} tile */
export function createTile(tile) {
  const element = createElement("div", "tile");
  element.setAttribute("role", "option");
  element.tabIndex = -1;
  const frame = createElement("span", "frame");
  const note = createElement("span", "note", tile.note);
  note.title = tile.reason;
  frame.append(note);
  if (tile.picture) frame.append(createPicture(element, tile.id, tile.picture, note));
  const title = createElement("span", "title", tile.title);
  title.title = `${tile.day} · ${tile.asset}`;
  const of = tile.of ? [createElement("span", "of", tile.of)] : [];
  element.append(frame, title, ...of, createElement("span", "verdict"));
  return element;
}

/**
 * @param {HTMLElement} element
 * @param {GridTile} tile
 * @param {TileVerdict} verdict
 * @param {readonly string[]} reasons of its Fail
 * @param {string} refused why the last verdict was not taken, "" where it was
 */
export function showVerdict(element, tile, verdict, reasons, refused) {
  const state = `${verdict.status} ${verdict.isChanged} ${reasons.join("; ")} ${refused}`;
  if (element.dataset["state"] === state) return;
  element.dataset["state"] = state;
  element.classList.remove("pass", "fail", "pending");
  if (verdict.isChanged) element.classList.add("changed", verdict.status.toLowerCase() || "pending");
  else element.classList.remove("changed");
  const words = [createStatusBadge(verdict.status)];
  const mark = refused ? "not taken" : verdict.isChanged ? reasons.join(", ") || "draft" : tile.value;
  if (mark) words.push(createElement("span", refused ? "refused" : "quiet mark", mark));
  element.querySelector(".verdict")?.replaceChildren(...words);
  element.title = refused;
  element.setAttribute("aria-label", describeTile(tile, verdict, reasons, refused));
}

/**
 * @param {GridTile} tile
 * @param {TileVerdict} verdict
 * @param {readonly string[]} reasons
 * @param {string} refused
 */
function describeTile(tile, verdict, reasons, refused) {
  const status = [verdict.status || "No status", ...(reasons.length ? [`(${reasons.join(", ")})`] : [])].join(" ");
  const what = verdict.isChanged ? `${status} in your draft, was ${verdict.stored || "without status"}` : status;
  const parts = [tile.metric, tile.day, what, tile.value && `value ${tile.value}`, tile.picture ? "" : tile.note, tile.asset];
  return [...parts, refused && `not taken: ${refused}`].filter(Boolean).join(", ");
}
