import { PATIENCE, problem } from "./loading.js";
import { asked } from "./requests.js";
import { element } from "../shared/elements.js";

// A chart is drawn by Streamlit's own element, which follows ours on the page. Here it is only looked whether its data
// can be had, and whether it is drawn in time; where not, the reason stands in its place.
const GLANCE = 250;

// What a chart says at a mark is HTML by vega-tooltip, which makes a picture of whatever the data calls "image". It
// looks for its box by this id before it makes one. Here the box takes headings and tables alone.
const OF_A_TIP = new Set(["H2", "TABLE", "TBODY", "TR", "TD"]);

function boxForTips() {
  const box = document.getElementById("vg-tooltip-element") ?? document.body.appendChild(element("div", "vg-tooltip"));
  if (Object.hasOwn(box, "innerHTML")) return;
  box.id = "vg-tooltip-element";
  Object.defineProperty(box, "innerHTML", {
    configurable: true,
    set(markup) {
      const said = new DOMParser().parseFromString(markup, "text/html"); // loads nothing
      for (const node of said.body.querySelectorAll("*")) if (!OF_A_TIP.has(node.tagName)) node.remove();
      this.replaceChildren(...said.body.childNodes);
    },
  });
}

export function drawChart(stage, figure, shell) {
  boxForTips();
  const drawnBelow = shell.host.closest('[data-testid="stElementContainer"]');
  const begun = performance.now();
  const waiting = new Set(figure.data); // it is drawn at once, empty, and again when these have come
  const mark = (failed) => drawnBelow?.toggleAttribute("data-qc-failed", failed);
  const say = (words) => {
    stage.dataset.kind = "text";
    stage.replaceChildren(problem(words, () => window.location.reload()));
  };
  const late = `${figure.name} has not been drawn with its data after ${PATIENCE / 1000} seconds. It is as soon as they come.`;
  const timer = setInterval(() => {
    if (!waiting.size && drawnBelow?.nextElementSibling?.querySelector(".vega-embed .marks")) {
      clearInterval(timer);
      stage.dataset.kind = "";
      stage.replaceChildren();
    } else if (performance.now() - begun > PATIENCE && !stage.firstChild) say(late);
  }, GLANCE);
  const look = async (address) => {
    const { reason } = await asked(address, { method: "HEAD" });
    waiting.delete(address);
    if (!reason || !stage.isConnected) return;
    const why = (await asked(address)).reason;
    clearInterval(timer);
    mark(true);
    say(why ?? reason);
  };
  mark(false);
  for (const address of figure.data) look(address);
  return () => {
    clearInterval(timer);
    mark(false);
  };
}
