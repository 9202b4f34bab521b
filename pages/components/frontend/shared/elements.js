// Elements that our components are made of. Data arrives as plain values and is only ever set as text, never as markup.

/** The path of each icon, in a box of 16 by 16. */
const SHAPES = {
  Pass: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm3.6 5.2-4.2 4.6-2.9-2.6 1-1.1 1.8 1.6 3.2-3.5Z",
  Fail: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm3.2 9.1-1.1 1.1L8 9.1l-2.1 2.1-1.1-1.1L6.9 8 4.8 5.9l1.1-1.1L8 6.9l2.1-2.1 1.1 1.1L9.1 8Z",
  Pending: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 1.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Zm-.75 1.7v4.2l3 1.9.8-1.2-2.3-1.5V4.2Z",
  Person: "M8 1.5a3.25 3.25 0 1 0 0 6.5 3.25 3.25 0 0 0 0-6.5ZM8 9.25c-3.3 0-5.75 1.9-5.75 4.25v1h11.5v-1c0-2.35-2.45-4.25-5.75-4.25Z",
  none: "M3 7.25h10v1.5H3Z",
  tick: "M6.2 12.6 2 8.4l1.2-1.2 3 3 6.6-6.6L14 4.8Z",
  full: "M2 2h5v1.5H3.5V7H2Zm7 0h5v5h-1.5V3.5H9ZM2 9h1.5v3.5H7V14H2Zm10.5 0H14v5H9v-1.5h3.5Z",
  tab: "M3 3h4v1.5H4.5v7h7V9H13v4H3Zm6 0h4v4h-1.5V5.6L7.6 9.5 6.5 8.4l3.9-3.9H9Z",
  previous: "M10.5 2.5 5 8l5.5 5.5 1-1L7 8l4.5-4.5Z",
  next: "M5.5 2.5 11 8l-5.5 5.5-1-1L9 8 4.5 3.5Z",
  sidebar: "M1.5 2.5h13v11h-13Zm1.5 1.5v8h2.5V4Zm4 0v8h6V4Z",
  more: "M2 6.5h3v3H2Zm4.5 0h3v3h-3Zm4.5 0h3v3h-3Z",
  menu: "M2 3.5h12V5H2Zm0 3.75h12v1.5H2ZM2 11h12v1.5H2Z",
  play: "M4 2.5v11L13 8Z",
  pause: "M4 3h3v10H4Zm5 0h3v10H9Z",
  frameBack: "M3 3h1.75v10H3Zm10 0v10L6 8Z",
  frameOn: "M11.25 3H13v10h-1.75ZM3 3v10l7-5Z",
};

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} [className]
 * @param {string | number | null} [text] set as text, whatever is in it
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function createElement(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined && text !== null) element.textContent = String(text);
  return element;
}

/**
 * The element that a component's markup has from the start.
 * @param {ParentNode} parent
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function getElement(parent, selector) {
  const element = parent.querySelector(selector);
  if (!(element instanceof HTMLElement)) throw new Error(`There is no ${selector}.`);
  return element;
}

/** @typedef {keyof typeof SHAPES} IconName */

/**
 * @param {IconName} name
 * @returns {SVGSVGElement}
 */
export function createIcon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[name]);
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}

/**
 * A status as an icon and a word.
 * @param {import("../types.d.ts").Status} status
 * @returns {HTMLElement}
 */
export function createStatusBadge(status) {
  const badge = createElement("span", `status ${(status || "none").toLowerCase()}`);
  const name = /** @type {IconName} */ (status || "none"); // the server sends the schema's statuses alone
  badge.append(createIcon(name), createElement("span", "word", status || "No status"));
  return badge;
}
