// A PDF is drawn by Streamlit's own element, which follows ours on the page. Here it is only checked whether it can be
// had; where it cannot, the reason is shown in its place.
import { createElement } from "../shared/elements.js";
import { createDownload, createProblem, LOAD_TIMEOUT } from "./loading.js";
import { countZoomPresses } from "./pdf_arithmetic.js";
import { getContainer, markFailed } from "./streamlit_element.js";

/** @import { Cleanup, DrawFigure, PdfFigure } from "../types.d.ts" */

const NO_PDF =
  "It is there, but it is not a PDF, or is damaged. Tell the people who run the pipeline that wrote it, or download the file and open it in another program.";
const CHECK_INTERVAL = 250; // ms
const LEAST_BELOW = 24; // CSS pixels below the edge that are worth a hint
const SCROLLED_SHARE = 0.9; // of what is seen, that one press scrolls by
// Streamlit's viewer has its own tree, which the styles of the page do not reach.
const MORE_STYLE = `position: absolute; z-index: 2; bottom: 12px; left: 50%; translate: -50% 0; padding: 0.3rem 0.9rem; min-height: 2.1rem;
  border-radius: 999px; border: 1px solid light-dark(#8fa0a6, #55686f); font: 600 0.875rem var(--st-font, sans-serif); cursor: pointer;
  color: light-dark(#17262b, #e8eef0); background: light-dark(#ffffff, #1b262a); box-shadow: 0 2px 10px #0004;`;

/** @type {DrawFigure<PdfFigure>} */
export function drawPdf(stage, figure, shell) {
  const container = getContainer(shell.host);
  const ending = new AbortController();
  const late = `${figure.name} has not arrived after ${LOAD_TIMEOUT / 1000} seconds. It is shown as soon as it does.`;
  let isLate = false;
  const timer = setTimeout(() => {
    report(late);
    isLate = true;
  }, LOAD_TIMEOUT);

  /** @param {boolean} failed */
  function mark(failed) {
    markFailed(container, failed);
    stage.dataset.kind = failed ? "text" : "";
  }
  /** @param {string} reason */
  function report(reason) {
    isLate = false;
    mark(true);
    stage.replaceChildren(createProblem(reason, () => window.location.reload(), [createDownload(figure)]));
  }
  /** Gives the reason why it cannot be had, or "". */
  async function findReason() {
    try {
      const response = await fetch(figure.address, { headers: { Range: "bytes=0-1023" }, signal: ending.signal });
      if (!response.ok) return (await response.text()).slice(0, 500);
      return (await response.text()).includes("%PDF-") ? "" : NO_PDF;
    } catch {
      return "The portal did not answer.";
    }
  }
  mark(false);
  findReason().then((reason) => {
    if (ending.signal.aborted) return;
    clearTimeout(timer);
    if (reason) report(reason);
    else if (isLate) {
      stage.replaceChildren();
      mark(false);
    }
  });
  const stopWatching = watchViewer(container, () => report(NO_PDF));
  return () => {
    clearTimeout(timer);
    ending.abort();
    stopWatching();
    mark(false);
  };
}

/**
 * Streamlit's viewer fits a page to nothing: it is made as wide as there is room for, by its own buttons, once. What it
 * reports of a file that it cannot read, we report with a way to try again.
 * @param {HTMLElement | null} container
 * @param {() => void} onBroken
 * @returns {Cleanup}
 */
function watchViewer(container, onBroken) {
  let isFitted = false;
  let lastRoom = 0;
  /** @type {Cleanup | null} */
  let unhint = null;
  const timer = setInterval(() => {
    const viewer = container?.nextElementSibling && findShadow(container.nextElementSibling);
    if (!viewer) return;
    if (viewer.querySelector('[data-testid="pdf-error"]')) {
      clearInterval(timer);
      onBroken();
      return;
    }
    const room = viewer.querySelector('[data-testid="pdf-content"]');
    if (room instanceof HTMLElement && !unhint) unhint = hintAtMore(room);
    const page = viewer.querySelector("canvas");
    if (!room?.clientWidth || !page || isFitted) return;
    // Until it is drawn, a canvas has a width of its own; and while the page is laid out, the room for it changes.
    const isDrawn = page.style.width !== "" && page.style.visibility !== "hidden";
    const isSteady = room.clientWidth === lastRoom;
    lastRoom = room.clientWidth;
    if (!isDrawn || !isSteady || !page.clientWidth) return;
    isFitted = true;
    const presses = countZoomPresses(room.clientWidth, page.clientWidth);
    const button = viewer.querySelector(`[title="Zoom ${presses > 0 ? "In" : "Out"}"]`);
    if (button instanceof HTMLElement) for (let press = 0; press < Math.abs(presses); press += 1) button.click();
  }, CHECK_INTERVAL);
  return () => {
    clearInterval(timer);
    unhint?.();
  };
}

/**
 * Its scroll bar is not seen before one scrolls: a button at its lower edge is, as long as there is more below, and goes on.
 * @param {HTMLElement} room what scrolls in the viewer
 * @returns {Cleanup}
 */
function hintAtMore(room) {
  const more = createElement("button", "", "More below ↓");
  more.type = "button";
  more.style.cssText = MORE_STYLE;
  const show = () => {
    more.hidden = room.scrollHeight - room.clientHeight - room.scrollTop < LEAST_BELOW;
    more.style.display = more.hidden ? "none" : "";
  };
  more.addEventListener("click", () => room.scrollBy({ top: room.clientHeight * SCROLLED_SHARE }));
  room.addEventListener("scroll", show, { passive: true });
  const sizes = new ResizeObserver(show);
  for (const one of [room, ...room.children]) sizes.observe(one);
  room.parentElement?.append(more);
  show();
  return () => {
    room.removeEventListener("scroll", show);
    sizes.disconnect();
    more.remove();
  };
}

/** @param {Element} element */
function findShadow(element) {
  for (const one of element.querySelectorAll("*")) if (one.shadowRoot) return one.shadowRoot;
  return null;
}
