// One side of a pair that was converted: what was done to it, and the two fields, in a row above both.
import { createElement } from "../shared/elements.js";
import { showPercentileFields } from "./percentile_fields.js";
import { buildPercentileQuery, describeConversion, getPercentiles } from "./percentiles.js";
import { request } from "./requests.js";

/** @import { MediaFile } from "../types.d.ts" */

/**
 * @param {MediaFile} file
 * @param {HTMLImageElement | HTMLVideoElement} drawn is loaded again with other percentiles
 * @param {() => void} onChange
 * @returns {HTMLElement}
 */
export function createConvertedSide(file, drawn, onChange) {
  const bar = createElement("div", "stretch");
  const text = createElement("span", "facts", `${file.name}: converting…`);
  bar.append(text);
  async function showFacts() {
    const wanted = getPercentiles(file);
    const { response } = await request(`${file.address}${buildPercentileQuery(wanted)}&facts`);
    const current = getPercentiles(file);
    if (wanted.low !== current.low || wanted.high !== current.high || !bar.isConnected) return;
    /** @type {import("../types.d.ts").ConversionFacts | null} */
    const facts = response ? await response.json() : null;
    text.textContent = `${file.name}: ${facts ? describeConversion(facts, true) : "not converted."}`;
    if (!facts) return;
    showPercentileFields(bar, file, facts, (next) => {
      onChange();
      drawn.src = file.address + buildPercentileQuery(next);
      showFacts();
    });
  }
  showFacts();
  return bar;
}
