// How the current card is marked, and the keys of its verdicts on their buttons.
import { SECTIONS } from "./key_table.js";

const VERDICTS = ["pass", "fail", "pending"];

/** @param {string} command */
const getText = (command) => SECTIONS.flatMap(({ keys }) => keys).find((key) => key.command === command)?.text ?? "";

/**
 * The styles of the current card, by its class, which has letters, digits, `-` and `_` alone.
 * @param {string} name
 */
export function buildMarkStyles(name) {
  const hints = VERDICTS.map(
    (command, number) =>
      `.${name} [aria-label^="Status of "] [role="radio"]:nth-of-type(${number + 1}):not(:disabled)::after { content: "${getText(command)}" / ""; margin-left: 0.35rem; font: 0.6875rem/1 monospace; opacity: 0.75; }`,
  );
  return [
    `.${name} { box-shadow: inset 4px 0 0 light-dark(#0a666d, #4fb3bb); border-color: light-dark(#0a666d, #4fb3bb) !important; }`,
    `@media (min-width: 641px) { ${hints.join("\n")} }`,
  ].join("\n");
}
