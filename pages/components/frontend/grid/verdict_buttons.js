// The buttons that give the current tile a verdict.
import { createElement, createIcon } from "../shared/elements.js";
import { buildHint } from "../shared/chord_arithmetic.js";
import { decideTile, mayDecide } from "./deciding.js";
import { getCurrentTile, getVerdict } from "./state.js";

/** @type {readonly (readonly ["Pass" | "Fail" | "Pending", string, string])[]} */
const VERDICTS = [
  ["Pass", "passTile", "P"],
  ["Fail", "failTile", "F"],
  ["Pending", "pendingTile", "U"],
];

/** @returns {HTMLButtonElement[]} none for those who may not decide */
export function createVerdictButtons() {
  if (!mayDecide()) return [];
  const tile = getCurrentTile();
  const { status } = tile ? getVerdict(tile.id) : { status: "" };
  return VERDICTS.map(([name, command, key]) => {
    const button = createElement("button", `verdict-button ${name.toLowerCase()}`);
    button.type = "button";
    button.title = buildHint(command);
    button.setAttribute("aria-pressed", String(status === name));
    button.append(createIcon(name), createElement("span", "", name), createElement("kbd", "", key));
    button.addEventListener("click", () => decideTile(name, false));
    return button;
  });
}
