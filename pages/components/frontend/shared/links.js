// Links that stay in the open session.
import { createElement } from "./elements.js";
import { getScriptState } from "./script.js";

const QUIET_TIME = 150; // ms without any input
const LONGEST_WAIT = 5000; // ms

let lastInput = 0;
const noteInput = () => {
  lastInput = performance.now();
};
for (const kind of ["input", "change", "focusout", "keydown"]) document.addEventListener(kind, noteInput, true);
document.addEventListener(
  "click",
  (event) => {
    const isOurs = (/** @type {EventTarget} */ node) => node instanceof HTMLElement && node.dataset.qcLink;
    if (!event.composedPath().some(isOurs)) noteInput();
  },
  true,
);

/**
 * Waits until nothing was touched for a moment and the script is at rest; mostly that is at once. Leaving for another
 * page drops what its fields have not sent yet, and a request that waits on the server.
 */
export async function waitUntilQuiet() {
  const until = performance.now() + LONGEST_WAIT;
  const isBusy = () => getScriptState() === "running" || performance.now() - lastInput < QUIET_TIME;
  while (performance.now() < until && isBusy()) await new Promise((resume) => setTimeout(resume, 20));
}

/**
 * Opens another page of the portal in the same session, as one entry of the browser's history. Streamlit reruns on
 * `popstate` with the address as it then is, so Back and Forward work.
 * @param {string} href
 */
export async function openPage(href) {
  await waitUntilQuiet();
  window.history.pushState({}, "", href);
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}

/**
 * Whether a click asks for a new tab or window, which is left to the browser.
 * @param {MouseEvent} event
 */
export const opensNewTab = (event) =>
  event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;

/**
 * A real link. A plain click opens the page in the same session, or is given to `follow`, which hands it to the script
 * together with what the fields hold.
 * @param {string} href
 * @param {string} [className]
 * @param {string} [text]
 * @param {(href: string) => void} [follow]
 */
export function createLink(href, className, text, follow = openPage) {
  const anchor = createElement("a", className, text);
  anchor.href = href;
  anchor.dataset.qcLink = "1";
  anchor.addEventListener("click", (event) => {
    if (event.defaultPrevented || opensNewTab(event)) return;
    event.preventDefault();
    follow(href);
  });
  return anchor;
}
