// A chart is drawn by Streamlit's own element, which follows ours on the page. Here it is only checked whether its data
// can be had, and whether it is drawn in time; where not, the reason is shown in its place.
import { createElement } from "../shared/elements.js";
import { createProblem, LOAD_TIMEOUT } from "./loading.js";
import { request } from "./requests.js";
import { getContainer, markFailed } from "./streamlit_element.js";

/** @import { ChartFigure, DrawFigure } from "../types.d.ts" */

const CHECK_INTERVAL = 250; // ms
const TOOLTIP_ID = "vg-tooltip-element";
const TOOLTIP_TAGS = new Set(["H2", "TABLE", "TBODY", "TR", "TD"]);

/**
 * What a chart shows at a mark is HTML by vega-tooltip, which makes a picture of whatever the data calls "image". It
 * looks for its element by this id before it makes one. Here that element takes headings and tables alone.
 */
function guardTooltips() {
  const tooltip = document.getElementById(TOOLTIP_ID) ?? document.body.appendChild(createElement("div", "vg-tooltip"));
  if (Object.hasOwn(tooltip, "innerHTML")) return;
  tooltip.id = TOOLTIP_ID;
  Object.defineProperty(tooltip, "innerHTML", {
    configurable: true,
    set(markup) {
      const parsed = new DOMParser().parseFromString(markup, "text/html"); // loads nothing
      for (const node of parsed.body.querySelectorAll("*")) if (!TOOLTIP_TAGS.has(node.tagName)) node.remove();
      tooltip.replaceChildren(...parsed.body.childNodes);
    },
  });
}

/** @type {DrawFigure<ChartFigure>} */
export function drawChart(stage, figure, shell) {
  guardTooltips();
  const container = getContainer(shell.host);
  const begun = performance.now();
  const missing = new Set(figure.data); // a chart is drawn at once, empty, and again when these have come
  const late = `${figure.name} has not been drawn with its data after ${LOAD_TIMEOUT / 1000} seconds. It is as soon as they come.`;

  /** @param {string} reason */
  function report(reason) {
    stage.dataset.kind = "text";
    stage.replaceChildren(createProblem(reason, () => window.location.reload()));
  }
  const timer = setInterval(() => {
    if (!missing.size && container?.nextElementSibling?.querySelector(".vega-embed .marks")) {
      clearInterval(timer);
      stage.dataset.kind = "";
      stage.replaceChildren();
    } else if (performance.now() - begun > LOAD_TIMEOUT && !stage.firstChild) report(late);
  }, CHECK_INTERVAL);

  /** @param {string} address */
  async function check(address) {
    const { reason } = await request(address, { method: "HEAD" });
    missing.delete(address);
    if (!reason || !stage.isConnected) return;
    const full = (await request(address)).reason; // an answer to HEAD has no text
    clearInterval(timer);
    markFailed(container, true);
    report(full ?? reason);
  }
  markFailed(container, false);
  for (const address of figure.data) check(address);
  return () => {
    clearInterval(timer);
    markFailed(container, false);
  };
}
