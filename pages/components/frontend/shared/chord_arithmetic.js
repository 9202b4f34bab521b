// Which command a key stands for, by the registry of keys. Pure: it acts on nothing.
import { SECTIONS } from "./key_table.js";

/** @import { KeyRow } from "../types.d.ts" */

/** What of a `KeyboardEvent` says which key it is. @typedef {Pick<KeyboardEvent, "key" | "code" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">} Press */

/**
 * The commands of a context by key, letters in either case.
 * @param {string} context
 * @returns {Readonly<Record<string, string>>}
 */
export function buildCommands(context) {
  /** @type {Record<string, string>} */
  const commands = {};
  for (const section of SECTIONS.filter((one) => one.context === context))
    for (const { command, keys } of section.keys)
      for (const key of keys) {
        commands[key] = command;
        if (key.length === 1) commands[key.toUpperCase()] = command;
      }
  return commands;
}

/**
 * The rows of the list of keys for some contexts.
 * @param {readonly string[]} contexts
 * @returns {readonly KeyRow[]}
 */
export const buildRows = (...contexts) =>
  contexts.flatMap((context) =>
    SECTIONS.filter((one) => one.context === context).flatMap(({ keys }) =>
      keys.map(({ text, does }) => /** @type {KeyRow} */ ([text, does])),
    ),
  );

/**
 * The hint of a button: what it does, with its keys in parentheses.
 * @param {string} command
 */
export function buildHint(command) {
  const found = SECTIONS.flatMap(({ keys }) => keys).find((key) => key.command === command);
  return found ? `${found.label} (${found.text})` : "";
}

/**
 * A key with its modifiers as the registry writes it; null for one with Alt, which is the browser's.
 * @param {Press} press
 * @param {boolean} [isAltGraph] whether it is typed with AltGr, as `[` is on some keyboards
 */
export function nameChord({ key, code, shiftKey, ctrlKey, metaKey, altKey }, isAltGraph = false) {
  if (altKey && !isAltGraph) return null;
  const isDigit = /^Digit\d$/.test(code) && shiftKey && !isAltGraph;
  const isLetter = key.length === 1 && key.toLowerCase() !== key.toUpperCase();
  const name = isDigit ? code.slice(-1) : isLetter ? key.toLowerCase() : key;
  const shift = shiftKey && (isDigit || isLetter || key.length > 1) ? "Shift+" : "";
  return `${(ctrlKey || metaKey) && !isAltGraph ? "Ctrl+" : ""}${shift}${name}`;
}

const REVIEW_COMMANDS = buildCommands("review");

/**
 * The command of the review that a key stands for, null for none.
 * @param {Press} press
 * @param {boolean} [isAltGraph]
 */
export function findReviewCommand(press, isAltGraph = false) {
  const chord = nameChord(press, isAltGraph);
  return chord !== null && Object.hasOwn(REVIEW_COMMANDS, chord) ? (REVIEW_COMMANDS[chord] ?? null) : null;
}
