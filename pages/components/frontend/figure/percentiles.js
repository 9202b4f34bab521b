import { element } from "../shared/elements.js";

// A picture that the server made of one that no browser shows: what was done to it stands above, and can be changed.
const chosen = new Map();

export const hasChosenPercentiles = (file) => chosen.has(file.address);

export const stretchOf = (file) => chosen.get(file.address) ?? { low: file.low, high: file.high };

export const stretchQuery = ({ low, high }) => `?low=${low}&high=${high}`;

// Two fields for the percentiles that become black and white; `changed` is given both, once they are two in order.
export function stretchFields(file, changed) {
  const current = stretchOf(file);
  const fields = ["low", "high"].map((side) => {
    const field = element("input");
    Object.assign(field, { type: "number", min: 0, max: 100, step: 0.1, value: current[side] });
    return field;
  });
  const [low, high] = fields;
  const entered = () => {
    const next = { low: Number(low.value), high: Number(high.value) };
    const fits = low.value !== "" && high.value !== "" && next.low >= 0 && next.high <= 100 && next.low < next.high;
    for (const field of fields) field.setCustomValidity(fits ? "" : "From 0 to 100, the first below the second");
    if (!fits) return high.reportValidity();
    chosen.set(file.address, next);
    return changed(next);
  };
  return fields.map((field, at) => {
    const label = element("label", "", at ? "white above %" : "black below %");
    field.addEventListener("change", entered);
    label.append(field);
    return label;
  });
}

// Pictures are made for some percentiles only; the fields show those that were used, the nearest to what was entered.
export function showUsed(bar, facts) {
  bar.querySelectorAll("input").forEach((field, at) => { field.value = at ? facts.high : facts.low; });
}

// `brief` leaves out what stands close by.
export function factsInWords(facts, brief) {
  const number = (value) => value.toLocaleString("en", { maximumSignificantDigits: 5 });
  const parts = [`${facts.width.toLocaleString("en")} × ${facts.height.toLocaleString("en")}`];
  if (facts.stretched && brief) parts.unshift(`${facts.bits}, black at ${number(facts.bottom)}, white at ${number(facts.top)}`);
  else if (facts.stretched) {
    parts.unshift(`${facts.bits} greyscale`);
    parts.push(`stretched: black at ${number(facts.bottom)} (${facts.low} %), white at ${number(facts.top)} (${facts.high} %)`);
  } else parts.push("brightness as stored");
  if (facts.pages > 1) parts.push(`page 1 of ${facts.pages}, the others are not shown`);
  if (facts.factor > 1) parts.push(`shown at 1/${facts.factor} of its size`);
  if (facts.odd) parts.push(`${facts.odd.toLocaleString("en")} pixels are no number, shown black`);
  return parts.join(" · ");
}
