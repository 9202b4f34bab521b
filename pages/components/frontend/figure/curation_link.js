// The exchange of curations with one frame: what it sends, and the versions that are sent into it.
import { forwardMessage } from "./frame_messages.js";
import { createCurationMessage, readFrameMessage, SEND_DELAYS } from "./ephys_messages.js";

/** @import { CurationToSend } from "../types.d.ts" */

/** What the line above the view reports of a link. */
export class CurationLink {
  /** @type {{ nonce: string, label: string } | null} */
  sent = null;
  /** Whether the view sent something that could not be passed on. */
  isRefused = false;
  /** @type {CurationToSend | null} */
  #repeated = null;
  /** @type {number[]} */
  #timers = [];
  /** @type {string | null} */
  #seenNonce = null;
  #isLoaded = false;
  /** Whether somebody has worked in the view: it listens by then, and must not be reset under their hands. */
  #isInUse = false;
  /** @type {() => void} */
  #onChange = () => {};

  /**
   * @param {HTMLIFrameElement} frame
   * @param {{ key: string, origin: string, record: string, metric: string, identifier: string }} of `identifier` is ""
   *   for a view that sends without one, and into which nothing is sent
   */
  constructor(frame, of) {
    this.frame = frame;
    this.of = of;
    frame.addEventListener("load", () => this.#load());
    window.addEventListener("message", this.#receive);
    window.addEventListener("blur", this.#noticeFocus);
  }

  /** @param {() => void} onChange called when what the line reports has changed */
  observe(onChange) {
    this.#onChange = onChange;
  }

  /**
   * Sends a version: once if the view has shown that it listens, else repeatedly for a while.
   * @param {CurationToSend} version
   */
  send(version) {
    if (!this.of.identifier || version.nonce === this.#seenNonce) return;
    this.#seenNonce = version.nonce;
    this.#repeated = version;
    if (!this.#isLoaded) return;
    this.#post();
    if (this.#isInUse) this.#stopRepeating();
    else this.#repeat();
  }

  /** Takes note of a version without sending it. @param {CurationToSend} version */
  skip(version) {
    this.#seenNonce = version.nonce;
  }

  stop() {
    this.#stopRepeating();
    window.removeEventListener("message", this.#receive);
    window.removeEventListener("blur", this.#noticeFocus);
  }

  #load() {
    this.#isLoaded = true;
    this.#repeat();
  }

  #repeat() {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = this.#repeated ? SEND_DELAYS.map((delay) => window.setTimeout(this.#postAgain, delay)) : [];
  }

  #post() {
    if (!this.#repeated) return;
    const { content, nonce, label } = this.#repeated;
    // The view's own origin is the only one that may read it, wherever its frame leads by now.
    this.frame.contentWindow?.postMessage(createCurationMessage(this.of.identifier, content, nonce), this.of.origin);
    this.sent = { nonce, label };
    this.#onChange();
  }

  #postAgain = () => {
    this.#noticeFocus();
    this.#post();
  };

  #stopRepeating() {
    this.#repeated = null;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
  }

  #noticeFocus = () => {
    if (document.activeElement !== this.frame || !this.sent) return;
    this.#isInUse = true;
    this.#stopRepeating();
  };

  /** @param {MessageEvent} event */
  #receive = (event) => {
    const { origin, identifier, key, record, metric } = this.of;
    if (event.source !== this.frame.contentWindow || event.origin !== origin) return;
    const message = readFrameMessage(event.data, identifier);
    if (message.kind === "foreign") return;
    this.#isInUse = true; // a sign of life
    this.#stopRepeating();
    this.isRefused = message.kind === "refused";
    if (message.kind === "curation") forwardMessage(key, { origin, text: message.text, record, metric });
    this.#onChange();
  };
}
