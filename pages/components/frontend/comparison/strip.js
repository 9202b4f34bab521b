// The values of one metric over time, as a drawing: marks by status, the subject's own joined by a line, the rule's limits,
// and the number in question. One goes through the values by pointer or by the arrow keys.
import { createElement, createStatusBadge } from "../shared/elements.js";
import { createLink, opensNewTab } from "../shared/links.js";
import { buildMarks, countStatuses, findNearest, formatDay, formatValue, getDepth, getShares, moveIndex } from "./strip_arithmetic.js";

/** @import { ComparedValue, ComparisonAnswer, Size } from "../types.d.ts" */

const HEIGHT = 96;
const EDGE = 9;
const REACH = 16; // px from a mark within which it is meant
const SMALL = 2.6;
const LARGE = 4;

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 */
function createShape(tag, attributes) {
  const shape = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, String(value));
  return shape;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} text
 * @param {Record<string, string>} [more]
 */
function createLabel(x, y, text, more = {}) {
  const label = createShape("text", { x, y, ...more });
  label.textContent = text;
  return label;
}

const toStatusClass = (/** @type {string} */ status) => `mark ${(status || "none").toLowerCase()}`;

/**
 * The strip and the line below it; `width` is in CSS pixels.
 * @param {ComparisonAnswer} answer
 * @param {number} width
 * @param {string} name the metric's
 * @param {{ href: string }} pointed the address of the value that the reader is at, "" for none: kept for the next strip
 */
export function createStrip(answer, width, name, pointed) {
  const box = createElement("div", "strip");
  const { values, range } = answer;
  if (!range) return box;
  const hasNumber = answer.number !== null;
  const shares = getShares([...values.map(({ time }) => time), ...(hasNumber ? [answer.time] : [])]);
  const place = (/** @type {number} */ share, /** @type {number} */ number) =>
    /** @type {Size} */ ([EDGE + share * (width - 2 * EDGE), EDGE + getDepth(range, number) * (HEIGHT - 2 * EDGE)]);
  const points = values.map(({ number }, at) => place(shares[at] ?? 0, number));

  const svg = createShape("svg", { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, tabindex: 0 });
  svg.setAttribute("role", "group");
  svg.setAttribute("aria-label", `Values of ${name} over time. The arrow keys go through them, Enter opens the asset.`);
  drawGuides(svg, answer, range, width);
  for (const [status] of countStatuses(values)) {
    const others = points.filter((_, at) => values[at]?.status === status && !values[at]?.own);
    const own = points.filter((_, at) => values[at]?.status === status && values[at]?.own);
    svg.append(createShape("path", { class: toStatusClass(status), d: buildMarks(status, others, SMALL) }));
    svg.append(createShape("path", { class: `${toStatusClass(status)} own`, d: buildMarks(status, own, LARGE) }));
  }
  const current = answer.number === null ? null : place(shares[values.length] ?? 0.5, answer.number);
  const ownLine = joinOwn(values, points, current, shares);
  if (ownLine) svg.insertBefore(ownLine, svg.querySelector(".mark"));
  if (current) svg.append(createCurrent(current), ...labelBeyond(answer.number ?? 0, range, current));
  const ring = createShape("circle", { class: "ring", r: 6.5, cx: -20, cy: -20 });
  svg.append(ring);

  const readout = createElement("div", "readout");
  readout.setAttribute("aria-live", "polite");
  box.append(svg, readout);
  let at = -1;
  /** @type {HTMLAnchorElement | null} */
  let link = null;
  /** @param {number} index */
  function highlight(index) {
    at = index;
    pointed.href = values[index]?.href ?? "";
    const [value, point] = [values[index], points[index]];
    ring.setAttribute("cx", String(point?.[0] ?? -20));
    ring.setAttribute("cy", String(point?.[1] ?? -20));
    svg.classList.toggle("over", Boolean(value));
    link = value ? createLink(value.href, "asset", value.asset) : null;
    readout.replaceChildren(...(value && link ? describe(value, link) : createLegend(answer)));
  }
  highlight(values.findIndex(({ href }) => href === pointed.href));
  const locate = (/** @type {MouseEvent} */ event) => {
    const area = svg.getBoundingClientRect();
    return findNearest(points, [event.clientX - area.left, event.clientY - area.top], REACH);
  };
  svg.addEventListener("pointermove", (event) => {
    const found = locate(/** @type {PointerEvent} */ (event));
    if (found >= 0 && found !== at) highlight(found);
  });
  svg.addEventListener("click", (event) => {
    const click = /** @type {PointerEvent} */ (event);
    const [found, before] = [locate(click), at];
    if (found < 0) return;
    highlight(found);
    if (click.pointerType === "touch" && found !== before) return; // the first touch shows which it is
    if (opensNewTab(click)) window.open(link?.href, "_blank", "noopener");
    else link?.click();
  });
  svg.addEventListener("keydown", (event) => {
    const { key } = /** @type {KeyboardEvent} */ (event);
    const next = moveIndex(key, at, values.length);
    if (key === "Enter" && link) link.click();
    else if (key === "Escape" && at >= 0) highlight(-1);
    else if (next !== null) highlight(next);
    else return;
    event.preventDefault();
  });
  return box;
}

/**
 * The lines behind the marks, and the ends of both axes as text.
 * @param {SVGElement | Element} svg
 * @param {ComparisonAnswer} answer
 * @param {readonly [number, number]} range
 * @param {number} width
 */
function drawGuides(svg, answer, range, width) {
  const yOf = (/** @type {number} */ number) => EDGE + getDepth(range, number) * (HEIGHT - 2 * EDGE);
  svg.append(createShape("rect", { class: "ground", x: 0.5, y: 0.5, width: width - 1, height: HEIGHT - 1, rx: 4 }));
  if (typeof answer.median === "number") {
    const y = yOf(answer.median);
    svg.append(createShape("line", { class: "median", x1: 1, x2: width - 1, y1: y, y2: y }));
  }
  for (const limit of answer.limits) {
    const y = yOf(limit);
    svg.append(createShape("line", { class: "limit", x1: 1, x2: width - 1, y1: y, y2: y }));
    svg.append(createLabel(width - 4, y < 20 ? y + 11 : y - 3, `rule ${formatValue(limit)}`, { "text-anchor": "end", class: "limit-label" }));
  }
  svg.append(createLabel(4, 12, formatValue(range[1])), createLabel(4, HEIGHT - 4, formatValue(range[0])));
}

/**
 * The subject's own values, and the number in question among them, joined in the order of their times.
 * @param {readonly ComparedValue[]} values
 * @param {readonly Size[]} points
 * @param {Size | null} current
 * @param {readonly number[]} shares
 */
function joinOwn(values, points, current, shares) {
  const own = points.map((point, at) => ({ point, share: shares[at] ?? 0, own: values[at]?.own })).filter((one) => one.own);
  if (current && own.length) own.push({ point: current, share: shares[values.length] ?? 0, own: true });
  if (own.length < 2) return null;
  const sorted = own.toSorted((one, other) => one.share - other.share);
  return createShape("polyline", { class: "own-line", points: sorted.map(({ point }) => point.join(",")).join(" ") });
}

/** @param {Size} point */
function createCurrent([x, y]) {
  return createShape("path", { class: "current", d: `M${x} ${y - 6.5}l6.5 6.5l-6.5 6.5l-6.5 -6.5Z` });
}

/**
 * The number itself, where it is drawn at the edge since it is beyond the range.
 * @param {number} number
 * @param {readonly [number, number]} range
 * @param {Size} point
 */
function labelBeyond(number, [low, high], [x, y]) {
  if (number >= low && number <= high) return [];
  const isRight = x > 100;
  const text = `${formatValue(number)} ${number > high ? "↑" : "↓"}`;
  const more = { class: "beyond", "text-anchor": isRight ? "end" : "start" };
  return [createLabel(isRight ? x - 10 : x + 10, y + (number > high ? 5 : 3), text, more)];
}

/**
 * @param {ComparedValue} value
 * @param {HTMLAnchorElement} link
 * @returns {Node[]}
 */
function describe(value, link) {
  const own = value.own ? " · same subject" : "";
  const facts = createElement("span", "", `${formatValue(value.number)} · ${formatDay(value.time)}${own}`);
  return [createStatusBadge(value.status), facts, link];
}

/**
 * What the marks mean.
 * @param {ComparisonAnswer} answer
 * @returns {Node[]}
 */
function createLegend(answer) {
  const entries = [];
  if (answer.number !== null) entries.push(createKey("current", "this one"));
  for (const [status, count] of countStatuses(answer.values))
    entries.push(createKey(toStatusClass(status), `${count.toLocaleString("en")} ${status || "no status"}`, status));
  const own = answer.values.filter((value) => value.own).length;
  if (own && answer.subject) entries.push(createKey("own-line", `subject ${answer.subject} (${own.toLocaleString("en")} more)`));
  return entries;
}

/**
 * @param {string} className
 * @param {string} text
 * @param {string} [status]
 */
function createKey(className, text, status = "") {
  const entry = createElement("span", "entry");
  const svg = createShape("svg", { width: 14, height: 12, viewBox: "0 0 14 12", "aria-hidden": "true" });
  if (className === "current") svg.append(createCurrent([7, 6]));
  else if (className === "own-line") svg.append(createShape("line", { class: className, x1: 0, x2: 14, y1: 6, y2: 6 }));
  else svg.append(createShape("path", { class: className, d: buildMarks(status, [[7, 6]], 3.2) }));
  entry.append(svg, createElement("span", "", text));
  return entry;
}
