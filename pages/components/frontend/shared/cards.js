// From the click on a link within a review until its answer is drawn, the cards on screen belong to the figure before:
// they take no click and no key, and are dimmed, so that a late click is refused in sight.
import { getScriptState } from "./script.js";

const REST_TIME = 400; // ms for which the script is at rest
const CHECK_INTERVAL = 50; // ms

/**
 * Blocks the cards until `unblockCards`, which `cards_start.js` calls; where no other cards come (the link failed, or
 * led to the same figure) until the script has been at rest for a moment.
 */
export function blockCards() {
  const cards = document.querySelector(".st-key-qc-cards");
  if (!(cards instanceof HTMLElement)) return;
  cards.inert = true;
  let lastRun = performance.now();
  const timer = setInterval(() => {
    if (getScriptState() !== "notRunning") lastRun = performance.now();
    if (!cards.isConnected || !cards.inert || performance.now() - lastRun > REST_TIME) {
      clearInterval(timer);
      cards.inert = false;
    }
  }, CHECK_INTERVAL);
}

/** Lets the cards on screen be used. */
export function unblockCards() {
  for (const cards of document.querySelectorAll(".st-key-qc-cards"))
    if (cards instanceof HTMLElement) cards.inert = false;
}
