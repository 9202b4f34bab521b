// Curations that framed views send, as plain JSON within limits, and their way to the server.

/** @import { FrameMessage, SendToServer } from "../types.d.ts" */

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
 * The text of a message to pass on; null where it is none of ours, or too large.
 * @param {unknown} message
 */
export function serializeMessage(message) {
  if (!isCuration(message) || !isPlainJson(message)) return null;
  const text = JSON.stringify(message);
  return text.length > LARGEST_MESSAGE ? null : text;
}

/**
 * The messages that wait for their way to the server, the latest of each frame.
 * @type {Map<string, FrameMessage>}
 */
const waiting = new Map();
let timer = 0;
/** @type {SendToServer | null} */
let sender = null;

function sendNext() {
  timer = 0;
  const next = waiting.entries().next().value;
  if (!next || !sender) return;
  waiting.delete(next[0]);
  sender("message", next[1]);
  timer = window.setTimeout(sendNext, SEND_INTERVAL); // one at a time: a component's trigger holds one value
}

/**
 * Passes a message on; it waits while no figure is on screen that could take it to the server.
 * @param {string} frameKey
 * @param {FrameMessage} message
 */
export function forwardMessage(frameKey, message) {
  waiting.delete(frameKey);
  waiting.set(frameKey, message);
  if (!timer) sendNext();
}

/**
 * The component through which messages go from now on, null for none.
 * @param {SendToServer | null} sendToServer
 */
export function setMessageSender(sendToServer) {
  sender = sendToServer;
  if (sender && waiting.size && !timer) sendNext();
}
