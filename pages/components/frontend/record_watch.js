// Asks now and then, while the page is seen, whether others changed the record that it shows.

/** @import { ComponentArguments, RecordWatchData, SendToServer } from "./types.d.ts" */

const INTERVAL = 30_000; // ms between two questions
const TIMEOUT = 20_000; // ms

class RecordWatch {
  asked = performance.now();
  /** The revision that the server last got. @type {string | null} */
  sent = null;

  /**
   * @param {RecordWatchData} data
   * @param {SendToServer} sendToServer
   */
  constructor(data, sendToServer) {
    this.data = data;
    this.sendToServer = sendToServer;
    this.timer = setInterval(() => this.ask(), INTERVAL);
    this.askWhenSeen = () => this.ask();
    document.addEventListener("visibilitychange", this.askWhenSeen);
  }

  async ask() {
    if (document.visibilityState !== "visible" || performance.now() - this.asked < INTERVAL - 1000) return;
    this.asked = performance.now();
    const { address, revision } = this.data;
    const found = await fetchRevision(address);
    if (found === null || found === revision || found === this.sent || address !== this.data.address) return;
    this.sent = found;
    this.sendToServer("changed", found);
  }

  stop() {
    clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this.askWhenSeen);
  }
}

/**
 * The revision of the record as it is now; null where it cannot be asked for, which the next question tries again.
 * @param {string} address
 * @returns {Promise<string | null>}
 */
async function fetchRevision(address) {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT) });
    const answer = response.ok ? await response.json() : null;
    return typeof answer?.revision === "string" ? answer.revision : null;
  } catch {
    return null;
  }
}

/** @type {WeakMap<Element, RecordWatch>} */
const watches = new WeakMap();

/** @param {ComponentArguments<RecordWatchData>} component */
export default function watchRecord({ data, parentElement, setTriggerValue }) {
  const { host } = parentElement;
  const watch = watches.get(host) ?? new RecordWatch(data, setTriggerValue);
  watches.set(host, watch);
  watch.data = data;
  watch.sendToServer = setTriggerValue;
  return () => {
    watch.stop();
    watches.delete(host);
  };
}
