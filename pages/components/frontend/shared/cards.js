// From the click on a link within a review until its answer is drawn, the cards on screen belong to the figure before:
// they take no click and no key, and are dimmed, so that a late click is refused in sight.
import { setWantedPage } from "./figure_pages.js";
import { getScriptState } from "./script.js";

const REST_TIME = 400; // ms for which the script is at rest after it ran
const LONGEST_WAIT = 10_000; // ms until an answer begins, over a slow network
const CHECK_INTERVAL = 50; // ms

/** @type {ReturnType<typeof setInterval> | undefined} */
let timer;

/**
 * Blocks the cards until `unblockCards`, which `cards_start.js` calls; where no other cards come (the link failed, or
 * led to the same figure) until the script has been at rest for a moment. Then the figure is the server's again, too.
 */
export function blockCards() {
  const cards = document.querySelector(".st-key-qc-cards");
  if (!(cards instanceof HTMLElement)) return;
  cards.inert = true;
  const began = performance.now();
  /** @type {number | null} */
  let lastRun = null;
  clearInterval(timer);
  timer = setInterval(() => {
    const now = performance.now();
    if (getScriptState() !== "notRunning") lastRun = now;
    const isAtRest = lastRun === null ? now - began > LONGEST_WAIT : now - lastRun > REST_TIME;
    if (isAtRest || !document.querySelector(".st-key-qc-cards[inert]")) unblockCards();
  }, CHECK_INTERVAL);
}

/** Lets the cards on screen be used: they belong to the figure that is shown. */
export function unblockCards() {
  clearInterval(timer);
  setWantedPage(null);
  for (const cards of document.querySelectorAll(".st-key-qc-cards"))
    if (cards instanceof HTMLElement) cards.inert = false;
}
