// One session in the strip: its small picture, its day and its status.
import { formatDay } from "../comparison/strip_arithmetic.js";
import { createElement, createStatusBadge } from "../shared/elements.js";
import { createLink } from "../shared/links.js";

/** @import { Session } from "../types.d.ts" */

/**
 * @param {Session} session
 * @param {boolean} isCompared
 */
export function createShot(session, isCompared) {
  const shot = createElement("button", `shot${session.this ? " this" : ""}`);
  shot.type = "button";
  shot.setAttribute("aria-pressed", String(isCompared));
  const action = session.this ? "this session" : isCompared ? "shown with this figure" : "show with this figure";
  shot.setAttribute("aria-label", `${formatDay(session.time)}, ${session.status || "no status"}, ${session.asset}: ${action}`);
  const frame = createElement("span", "frame");
  frame.append(createElement("span", "kind", session.kind || "no picture"));
  if (session.picture) {
    const image = Object.assign(createElement("img"), { alt: "", loading: "lazy", decoding: "async", draggable: false });
    image.addEventListener("load", () => image.classList.add("loaded"));
    image.addEventListener("error", () => image.remove());
    image.src = session.picture;
    frame.append(image);
  }
  const day = createElement("span", "day", session.this ? `${formatDay(session.time)} · this` : formatDay(session.time));
  shot.append(frame, day, createStatusBadge(session.status));
  return shot;
}

/**
 * The line below the strip, with a link that opens the asset.
 * @param {Session} session
 * @returns {Node[]}
 */
export function describeShot(session) {
  const facts = `${formatDay(session.time)}${session.subject ? ` · subject ${session.subject}` : ""} ·`;
  const link = createLink(session.href, "asset", session.asset);
  link.title = "Open this asset at the same metric";
  return [createStatusBadge(session.status), createElement("span", "", facts), session.this ? createElement("span", "", "this session") : link];
}
