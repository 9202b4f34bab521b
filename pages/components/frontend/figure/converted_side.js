import { factsInWords, showUsed, stretchFields, stretchOf, stretchQuery } from "./percentiles.js";
import { asked } from "./requests.js";
import { element } from "../shared/elements.js";

// One side of a pair: what was done to it, and the two fields, in a row above both; `again` is told of another stretch.
export function stretchedSide({ file, drawn }, again) {
  const bar = element("div", "stretch");
  const said = element("span", "facts", `${file.name}: converting…`);
  bar.append(said);
  const tell = async () => {
    const wanted = stretchOf(file);
    const { answer, reason } = await asked(`${file.address}${stretchQuery(wanted)}&facts`);
    const now = stretchOf(file);
    if (wanted.low !== now.low || wanted.high !== now.high || !bar.isConnected) return;
    const facts = reason ? null : await answer.json();
    said.textContent = `${file.name}: ${facts ? factsInWords(facts, true) : "not converted."}`;
    if (facts?.stretched && !bar.querySelector("input")) bar.append(...stretchFields(file, changed));
    if (facts) showUsed(bar, facts);
  };
  const changed = (next) => {
    again();
    drawn.src = file.address + stretchQuery(next);
    tell();
  };
  tell();
  return bar;
}
