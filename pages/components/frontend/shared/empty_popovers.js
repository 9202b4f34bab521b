// A popover whose content is made once it is open asks the server for it with the click that opens it. That request is
// sometimes lost, where it meets another run of the script: the popover is open then, and stays empty. It is asked for again here,
// as a reader would do it: by closing and opening.
import { getScriptState } from "./script.js";

const INTERVAL = 250; // ms
const REST_TIME = 1500; // ms for which the script is at rest before the content counts as lost
const MOST_TRIES = 5;

/** The popover that is watched; one is open at a time. @type {Element | null} */
let watched = null;
/** @type {ReturnType<typeof setInterval> | undefined} */
let timer;

const isOpen = (/** @type {Element} */ button) => button.getAttribute("aria-expanded") === "true";

function isEmpty() {
  const body = document.querySelector('[data-testid="stPopoverBody"]');
  return body !== null && !body.querySelector('[data-testid="stElementContainer"]');
}

/** @param {HTMLElement} button */
async function openAgain(button) {
  button.click();
  await new Promise((resume) => requestAnimationFrame(() => requestAnimationFrame(resume)));
  if (button.isConnected && !isOpen(button)) button.click();
}

/** @param {HTMLElement} button */
function watch(button) {
  let tries = 0;
  let lastRun = performance.now();
  watched = button;
  clearInterval(timer);
  timer = setInterval(() => {
    if (getScriptState() !== "notRunning") lastRun = performance.now();
    if (!button.isConnected || !isOpen(button) || !isEmpty() || tries === MOST_TRIES) {
      clearInterval(timer);
      watched = null;
    } else if (performance.now() - lastRun > REST_TIME) {
      tries += 1;
      lastRun = performance.now();
      openAgain(button);
    }
  }, INTERVAL);
}

/** @param {MouseEvent} event */
function noteClick(event) {
  const target = event.target instanceof Element ? event.target : null;
  const button = target?.closest('[data-testid="stPopoverButton"]');
  if (button instanceof HTMLElement && button !== watched) watch(button);
}

/** Watch every popover that is opened from now on; to be called as often as one likes. */
export function watchPopovers() {
  document.addEventListener("click", noteClick);
}
