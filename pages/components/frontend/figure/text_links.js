// Copying a text, and links that open a tab.
import { createElement } from "../shared/elements.js";

const CONFIRMATION_TIME = 2500; // ms

/**
 * @param {string} label
 * @param {string} text
 */
export function createCopyButton(label, text) {
  const button = createElement("button", "tool", label);
  button.type = "button";
  button.addEventListener("click", async () => {
    button.textContent = (await copy(text, button)) ? "Copied" : "Copy it by hand: Ctrl+C";
    setTimeout(() => {
      button.textContent = label;
    }, CONFIRMATION_TIME);
  });
  return button;
}

/**
 * The clipboard is for secure addresses only; elsewhere the text is selected in a field, and copied the old way.
 * @param {string} text
 * @param {HTMLElement} sibling
 */
async function copy(text, sibling) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = createElement("textarea", "unseen");
    field.value = text;
    sibling.after(field);
    field.select();
    const isCopied = document.execCommand("copy");
    field.remove();
    return isCopied;
  }
}

/**
 * @param {string} address
 * @param {string} text
 */
export function createTabLink(address, text) {
  const anchor = createElement("a", "", text);
  return Object.assign(anchor, { href: address, target: "_blank", rel: "noopener noreferrer" });
}

/**
 * A link to another site that names its host; the text alone where it is not an address.
 * @param {string} address
 */
export function createExternalLink(address) {
  try {
    return createTabLink(address, `Opens ${new URL(address, location.href).host} in a new tab ↗`);
  } catch {
    return createElement("span", "", address);
  }
}
