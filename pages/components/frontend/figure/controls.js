// A button of a figure's tools, and a panel below one.
import { createElement } from "../shared/elements.js";

/**
 * @param {string} label what it does, with its key in parentheses: "Fit (0)"
 * @param {string | Node} content
 * @param {(event: MouseEvent) => void} [onClick]
 */
export function createButton(label, content, onClick) {
  const button = createElement("button", "tool");
  button.type = "button";
  button.title = label;
  button.setAttribute("aria-label", label.replace(/ \([^)]*\)$/, ""));
  button.append(content);
  if (onClick) button.addEventListener("click", onClick);
  return button;
}

/**
 * Makes `content` a panel that its button opens; a click elsewhere or Escape closes it.
 * @param {HTMLElement} opener
 * @param {HTMLElement} content
 * @returns {() => void} opens or closes it
 */
export function createPanel(opener, content) {
  const closeFromOutside = (/** @type {Event} */ event) => {
    if (!event.composedPath().some((node) => node === content || node === opener)) toggle(false);
  };
  const toggle = (open = content.hidden) => {
    content.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    document[open ? "addEventListener" : "removeEventListener"]("pointerdown", closeFromOutside, true);
    const first = content.querySelector("input, button");
    if (open) (first instanceof HTMLElement ? first : content).focus({ preventScroll: true });
  };
  content.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    toggle(false);
    opener.focus();
  });
  opener.addEventListener("click", () => toggle());
  content.tabIndex = -1;
  toggle(false);
  return () => toggle();
}
