// How AIND's ephys GUI talks to the page around it: the address of its frame, and the messages in both directions.
import { serializeMessage } from "./frame_messages.js";

const MESSAGE_TYPE = "curation-data";

/** When a version is sent into a view again after it has loaded, in ms: it answers nothing, and takes a while to listen. */
export const SEND_DELAYS = [500, 2000, 4000, 8000, 15_000, 30_000, 60_000];

/**
 * The address of one frame: the reference's, with an identifier that names this frame, and the asset's name. Without an
 * identifier the GUI neither sends nor listens. Everything else of the address stays as it is.
 *
 * `createFrameAddress("https://h/ephys_gui_app?analyzer_path=a", "7c", "asset")` gives
 * `https://h/ephys_gui_app?analyzer_path=a&identifier=7c&session=asset`.
 * @param {string} address
 * @param {string} identifier
 * @param {string} session "" where it is not known
 */
export function createFrameAddress(address, identifier, session) {
  const hashAt = address.indexOf("#");
  const [beforeHash, hash] = hashAt < 0 ? [address, ""] : [address.slice(0, hashAt), address.slice(hashAt)];
  const queryAt = beforeHash.indexOf("?");
  const path = queryAt < 0 ? beforeHash : beforeHash.slice(0, queryAt);
  const given = queryAt < 0 ? [] : beforeHash.slice(queryAt + 1).split("&");
  const kept = given.filter((part) => part && !/^(identifier|session)(=|$)/.test(part));
  const added = [`identifier=${encodeURIComponent(identifier)}`];
  if (session) added.push(`session=${encodeURIComponent(session)}`);
  return `${path}?${[...kept, ...added].join("&")}${hash}`;
}

/**
 * The message that gives a view a version.
 * @param {string} identifier
 * @param {unknown} data
 * @param {string} nonce the same for each repetition of one version
 */
export const createCurationMessage = (identifier, data, nonce) => ({ type: MESSAGE_TYPE, identifier, data, _nonce: nonce });

/**
 * What a message of a frame is to us: "foreign" is none of this frame's; "refused" is a curation that cannot be passed on.
 * @param {unknown} message
 * @param {string} identifier of the frame; "" for views of other kinds, which name no frame
 * @returns {{ kind: "foreign" } | { kind: "refused" } | { kind: "curation", text: string }}
 */
export function readFrameMessage(message, identifier) {
  if (typeof message !== "object" || message === null) return { kind: "foreign" };
  if (identifier) {
    const named = "type" in message && message.type === MESSAGE_TYPE && "identifier" in message;
    if (!named || message.identifier !== identifier) return { kind: "foreign" };
  } else if (!("curation" in message) && !("type" in message && message.type === MESSAGE_TYPE)) return { kind: "foreign" };
  const text = serializeMessage(message);
  return text === null ? { kind: "refused" } : { kind: "curation", text };
}
