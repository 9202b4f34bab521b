// A picture that the server made of one that no browser shows: what was done to it is shown above, and can be changed.
import { createElement } from "../shared/elements.js";
import { showPercentileFields } from "./percentile_fields.js";
import { buildPercentileQuery, describeConversion, getPercentiles } from "./percentiles.js";
import { drawPicture } from "./picture.js";
import { requestForStage, showProblem } from "./requests.js";

/** @import { Cleanup, ConvertedFigure, DrawFigure } from "../types.d.ts" */

/** @type {DrawFigure<ConvertedFigure>} */
export function drawConverted(stage, figure, shell) {
  const box = createElement("div", "converted");
  const bar = createElement("div", "stretch");
  const facts = createElement("span", "facts", "Converting…");
  facts.setAttribute("role", "status");
  const inner = createElement("div", "stage");
  box.append(bar, inner);
  bar.append(facts);
  stage.replaceChildren(box);
  let percentiles = getPercentiles(figure);
  /** @type {Cleanup | void} */
  let cleanup;

  async function draw() {
    const wanted = percentiles;
    const query = buildPercentileQuery(wanted);
    const { response, reason } = await requestForStage(inner, figure, draw, `${figure.address}${query}&facts`);
    if (wanted !== percentiles || !box.isConnected) return;
    cleanup?.();
    cleanup = undefined;
    if (!response) {
      facts.textContent = "Not converted.";
      showProblem(inner, reason, draw);
      return;
    }
    /** @type {import("../types.d.ts").ConversionFacts} */
    const done = await response.json();
    facts.textContent = describeConversion(done);
    showPercentileFields(bar, figure, done, (next) => {
      percentiles = next;
      draw();
    });
    inner.replaceChildren();
    shell.controls.replaceChildren();
    const file = { kind: /** @type {const} */ ("picture"), address: figure.address + query, name: figure.name };
    cleanup = drawPicture(inner, file, { ...shell, retry: draw });
  }

  draw();
  return () => cleanup?.();
}
