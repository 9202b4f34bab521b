// Links that stay in the open session.
import { createElement } from "./elements.js";
import { hideLeavingNotice, showLeavingNotice } from "./leaving_notice.js";
import { hasUnsent, isBusy, leaveField } from "./unsent.js";

const LONGEST_WAIT = 5000; // ms for which a page with nothing unsent waits for its script
const NOTICE_AFTER = 2000; // ms
const CHECK_INTERVAL = 20; // ms

/** How many links were followed: the last one counts. */
let followed = 0;

/**
 * Waits until nothing was touched for a moment and the script is at rest; mostly that is at once. Leaving for another
 * page drops what its fields have not sent yet, and a request that waits on the server: while there may be such, the
 * page is not left, and after a while states that, with a way to leave it nevertheless.
 * @returns {Promise<boolean>} false where the page is not to be left: the reader stays, or followed another link since
 */
export async function waitUntilQuiet() {
  followed += 1;
  const own = followed;
  const begun = performance.now();
  /** @type {boolean | null} */
  let choice = null;
  hideLeavingNotice();
  leaveField();
  for (;;) {
    if (own !== followed) return false;
    const waited = performance.now() - begun;
    const isUnsent = hasUnsent();
    if (choice === null && !isUnsent && (waited > LONGEST_WAIT || !isBusy())) choice = true;
    if (choice !== null) break;
    if (isUnsent && waited > NOTICE_AFTER) showLeavingNotice((leaves) => (choice = leaves));
    await new Promise((resume) => setTimeout(resume, CHECK_INTERVAL));
  }
  hideLeavingNotice();
  return choice;
}

/**
 * Opens another page of the portal in the same session, as one entry of the browser's history. Streamlit reruns on
 * `popstate` with the address as it then is, so Back and Forward work.
 * @param {string} href
 */
export async function openPage(href) {
  if (!(await waitUntilQuiet())) return;
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
