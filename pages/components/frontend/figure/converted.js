import { drawPicture } from "./picture.js";
import { factsInWords, showUsed, stretchFields, stretchOf, stretchQuery } from "./percentiles.js";
import { awaited, trouble } from "./requests.js";
import { element } from "../shared/elements.js";

export function drawConverted(stage, figure, shell) {
  const around = element("div", "converted");
  const bar = element("div", "stretch");
  const said = element("span", "facts", "Converting…");
  said.setAttribute("role", "status");
  const inner = element("div", "stage");
  around.append(bar, inner);
  bar.append(said);
  stage.replaceChildren(around);
  let chosen = stretchOf(figure);
  let undo;

  const draw = async () => {
    const wanted = chosen;
    const query = stretchQuery(wanted);
    const { answer, reason } = await awaited(inner, figure, draw, `${figure.address}${query}&facts`);
    if (wanted !== chosen || !around.isConnected) return;
    undo?.();
    undo = undefined;
    if (reason) {
      said.textContent = "Not converted.";
      trouble(inner, reason, draw);
      return;
    }
    const facts = await answer.json();
    said.textContent = factsInWords(facts);
    if (facts.stretched && !bar.querySelector("input")) bar.append(...stretchFields(figure, changed));
    showUsed(bar, facts);
    inner.replaceChildren();
    shell.controls?.replaceChildren();
    const file = { kind: "picture", address: figure.address + query, name: figure.name };
    undo = drawPicture(inner, file, { ...shell, again: draw });
  };

  const changed = (next) => {
    chosen = next;
    return draw();
  };

  draw();
  return () => undo?.();
}
