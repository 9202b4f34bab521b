// What a framed view of another site reports to the portal: curations, as plain JSON within bounds.

/** @import { Cleanup, SendToServer } from "../types.d.ts" */

const LARGEST_MESSAGE = 2_000_000; // characters
const DEEPEST_MESSAGE = 40;
const SEND_INTERVAL = 300; // ms

/**
 * Whether a value is what JSON can hold, with no object of any class, and not too deep.
 * @param {unknown} value
 * @param {number} [depth]
 * @returns {boolean}
 */
export function isPlainJson(value, depth = 0) {
  if (depth > DEEPEST_MESSAGE) return false;
  if (value === null || ["string", "boolean"].includes(typeof value)) return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object") return false;
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.values(value).every((part) => isPlainJson(part, depth + 1));
}

/**
 * Whether a message is about a curation: such views send many others, which are of no use to us.
 * @param {unknown} message
 */
export function isCuration(message) {
  if (typeof message !== "object" || message === null) return false;
  return ("curation" in message && message.curation !== undefined) || ("type" in message && message.type === "curation-data");
}

/**
 * The text of a message to hand on; null where it is none of ours, or too large.
 * @param {unknown} message
 */
export function serializeMessage(message) {
  if (!isCuration(message) || !isPlainJson(message)) return null;
  const text = JSON.stringify(message);
  return text.length > LARGEST_MESSAGE ? null : text;
}

/**
 * Hands on what this very frame reports from its own origin, the latest if it reports much at once.
 * @param {HTMLIFrameElement} frame
 * @param {string} origin
 * @param {SendToServer} sendToServer
 * @returns {Cleanup}
 */
export function forwardMessages(frame, origin, sendToServer) {
  /** @type {string | null} */
  let waiting = null;
  let timer = 0;
  function send() {
    timer = 0;
    if (waiting === null) return;
    sendToServer("message", { origin, text: waiting });
    waiting = null;
    timer = window.setTimeout(send, SEND_INTERVAL);
  }
  /** @param {MessageEvent} event */
  function receive(event) {
    if (event.source !== frame.contentWindow || event.origin !== origin) return;
    const text = serializeMessage(event.data);
    if (text === null) return;
    waiting = text;
    if (!timer) send();
  }
  window.addEventListener("message", receive);
  return () => {
    window.removeEventListener("message", receive);
    clearTimeout(timer);
  };
}
