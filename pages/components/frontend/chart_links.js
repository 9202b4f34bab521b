// A click on a mark of our own charts opens its page in the session that is open.
import { openPage, opensNewTab } from "./shared/links.js";

let isListening = false;

/**
 * Vega follows the `href` of a mark by a link of its own, which loads the whole portal again. Its SVG elements hold their
 * item as `__data__`; where one does not, and for a new tab or window, Vega's own link is followed as before.
 * @param {MouseEvent} event
 */
function followMark(event) {
  const mark = event.composedPath()[0];
  if (!(mark instanceof SVGElement) || !mark.closest('[class*="st-key-qc-chart-"]') || opensNewTab(event)) return;
  const href = /** @type {{ href?: unknown } | undefined} */ (Reflect.get(mark, "__data__"))?.href;
  if (typeof href !== "string" || !/^(view|subject|project)\?/.test(href)) return;
  event.preventDefault();
  event.stopPropagation();
  openPage(href);
}

/** The rectangle that one draws in a chart, until it is drawn: an image without a name for those who hear the page. */
function hideEmptyMarks() {
  const marks = document.querySelectorAll('svg.marks [class*="brush"]:not([aria-hidden])');
  for (const mark of marks) mark.setAttribute("aria-hidden", "true");
}

export default function listen() {
  if (isListening) return;
  isListening = true;
  new MutationObserver(hideEmptyMarks).observe(document.body, { childList: true, subtree: true });
  hideEmptyMarks();
  document.addEventListener("click", followMark, true);
}
