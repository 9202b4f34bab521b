// Two fields for the percentiles that become black and white.
import { createElement } from "../shared/elements.js";
import { arePercentiles, choosePercentiles, getPercentiles } from "./percentiles.js";

/** @import { ConversionFacts, Percentiles } from "../types.d.ts" */
/** @import { ConvertedFile } from "./percentiles.js" */

/**
 * Appends the fields to a bar, once, where the picture's grey values were stretched, and shows the percentiles that
 * were used: pictures are made for some percentiles only, the nearest to what was entered.
 * @param {HTMLElement} bar
 * @param {ConvertedFile} file
 * @param {ConversionFacts} facts
 * @param {(percentiles: Percentiles) => void} onChange called once both are in order
 */
export function showPercentileFields(bar, file, facts, onChange) {
  if (facts.stretched && !bar.querySelector("input")) bar.append(...createFields(file, onChange));
  const [low, high] = bar.querySelectorAll("input");
  if (low && high) [low.value, high.value] = [String(facts.low), String(facts.high)];
}

/**
 * @param {ConvertedFile} file
 * @param {(percentiles: Percentiles) => void} onChange
 * @returns {HTMLElement[]}
 */
function createFields(file, onChange) {
  const current = getPercentiles(file);
  const create = (/** @type {number} */ value) =>
    Object.assign(createElement("input"), { type: "number", min: "0", max: "100", step: "0.1", value: String(value) });
  const [low, high] = [create(current.low), create(current.high)];
  const apply = () => {
    const next = { low: Number(low.value), high: Number(high.value) };
    const fits = low.value !== "" && high.value !== "" && arePercentiles(next);
    for (const field of [low, high])
      field.setCustomValidity(fits ? "" : "From 0 to 100, the first below the second");
    if (!fits) {
      high.reportValidity();
      return;
    }
    choosePercentiles(file, next);
    onChange(next);
  };
  const label = (/** @type {string} */ text, /** @type {HTMLInputElement} */ field) => {
    const element = createElement("label", "", text);
    field.addEventListener("change", apply);
    element.append(field);
    return element;
  };
  return [label("black below %", low), label("white above %", high)];
}
