// The slider of a stack's pages, and the choice of how many are drawn as their maximum.
import { createElement } from "../shared/elements.js";
import { clampPages, WINDOWS } from "./pages_arithmetic.js";

/** @import { PageWindow } from "../types.d.ts" */

const DRAG_DELAY = 120; // ms for which the slider rests before a page is asked for

/**
 * @param {number} pages of the file
 * @param {PageWindow} shown
 * @param {(wanted: PageWindow) => void} onChange
 */
export function createPageFields(pages, shown, onChange) {
  const element = createElement("div", "stretch pages");
  const slider = Object.assign(createElement("input"), { type: "range", min: "1", max: String(pages), step: "1" });
  const number = Object.assign(createElement("input"), { type: "number", min: "1", max: String(pages), step: "1" });
  const maximum = createElement("select", "tool");
  slider.setAttribute("aria-label", "Page");
  maximum.setAttribute("aria-label", "Maximum of");
  for (const window of WINDOWS.filter((one) => one === 1 || one < pages)) {
    const text = window === 1 ? "one page" : `maximum of ${window} pages`;
    maximum.append(Object.assign(createElement("option", "", text), { value: String(window) }));
  }
  const label = createElement("label", "", "Page");
  label.append(number, createElement("span", "", `of ${pages.toLocaleString("en")}`));
  element.append(slider, label, maximum);
  let current = clampPages(shown, pages);
  let timer = 0;
  const show = () => {
    slider.value = number.value = String(current.page);
    maximum.value = String(current.window);
  };
  /** @param {PageWindow} wanted @param {number} [delay] */
  function change(wanted, delay = 0) {
    const next = clampPages(wanted, pages);
    if (next.page === current.page && next.window === current.window) return show();
    current = next;
    show();
    clearTimeout(timer);
    timer = window.setTimeout(() => onChange(current), delay);
  }
  slider.addEventListener("input", () => change({ ...current, page: Number(slider.value) }, DRAG_DELAY));
  number.addEventListener("change", () => change({ ...current, page: Number(number.value) }));
  maximum.addEventListener("change", () => change({ ...current, window: Number(maximum.value) }));
  show();
  return { element, step: (/** @type {number} */ by) => change({ ...current, page: current.page + by }, DRAG_DELAY) };
}
