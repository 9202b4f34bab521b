// How the current card is marked, and its keys: those of the verdicts on their buttons, and those of note and value in their
// fields.
import { SECTIONS } from "./key_table.js";

const VERDICTS = ["pass", "fail", "pending"];
const FIELDS = { note: "Note on ", value: "Value of " };
const STYLE = "font: 0.6875rem/1 monospace; opacity: 0.75;";

/** @param {string} command */
const getText = (command) => SECTIONS.flatMap(({ keys }) => keys).find((key) => key.command === command)?.text ?? "";

/**
 * The styles of the current card, by its class, which has letters, digits, `-` and `_` alone.
 * @param {string} name
 */
export function buildMarkStyles(name) {
  const hints = VERDICTS.map(
    (command, number) =>
      `.${name} [aria-label^="Status of "] [role="radio"]:nth-of-type(${number + 1}):not(:disabled)::after { content: "${getText(command)}" / ""; margin-left: 0.35rem; ${STYLE} }`,
  );
  const fields = Object.entries(FIELDS).map(
    ([command, label]) =>
      `.${name} :is([data-testid="stTextInputRootElement"], [data-testid="stNumberInputContainer"]):has(input[aria-label^="${label}"]:not(:disabled, :focus)) { position: relative;
        &::after { content: "${getText(command)}" / ""; position: absolute; right: 0.6rem; top: calc(50% - 0.35rem); pointer-events: none; ${STYLE} }
        &[data-testid="stNumberInputContainer"]::after { right: 4.4rem; } }`,
  );
  return [
    `.${name} { box-shadow: inset 4px 0 0 light-dark(#0a666d, #4fb3bb); border-color: light-dark(#0a666d, #4fb3bb) !important; }`,
    `@media (min-width: 641px) { ${[...hints, ...fields].join("\n")} }`,
  ].join("\n");
}
