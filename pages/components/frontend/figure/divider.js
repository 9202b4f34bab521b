// The handle between two panes that are one on the other; where it is, is a share of what is seen of the pictures.
import { createElement } from "../shared/elements.js";
import { clampPercent, getHandleOffset, getHandlePercent, getVisibleBox } from "./pair_arithmetic.js";

/** @import { DrawnView } from "../types.d.ts" */

/** @typedef {ReturnType<typeof createDivider>} Divider */

/**
 * @param {HTMLElement} area with two panes
 * @param {() => void} onTouch called when the reader moves it
 */
export function createDivider(area, onTouch) {
  const line = createElement("div", "divider");
  const range = createElement("input");
  Object.assign(range, { type: "range", min: 0, max: 100, step: 1, value: 50 });
  range.setAttribute("aria-label", "Position of the divider between the two pictures");
  line.append(range);
  area.append(line);
  const panes = [...area.querySelectorAll(".pane")].filter((pane) => pane instanceof HTMLElement);
  let percent = 50;
  /** @type {{ left: number, top: number, width: number, height: number, wide: number } | null} */
  let box = null;

  /** @param {number} wanted */
  function moveTo(wanted) {
    percent = clampPercent(wanted);
    range.value = String(percent);
    if (!box) return;
    const offset = getHandleOffset(percent, box);
    Object.assign(line.style, { left: `${offset}px`, top: `${box.top}px`, height: `${box.height}px` });
    const [left, right] = panes;
    if (left) left.style.clipPath = `inset(0 ${box.wide - offset}px 0 0)`;
    if (right) right.style.clipPath = `inset(0 0 0 ${offset}px)`;
  }

  /** @param {PointerEvent} event */
  function moveToPointer(event) {
    const x = event.clientX - area.getBoundingClientRect().left;
    onTouch();
    if (box) moveTo(getHandlePercent(x, box));
  }
  line.addEventListener("pointerdown", (event) => {
    line.setPointerCapture(event.pointerId);
    range.focus({ preventScroll: true });
    event.preventDefault();
  });
  line.addEventListener("pointermove", (event) => {
    if (line.hasPointerCapture(event.pointerId)) moveToPointer(event);
  });
  line.addEventListener("mousedown", (event) => event.preventDefault()); // it would take the focus from the handle again
  range.addEventListener("input", () => {
    onTouch();
    moveTo(Number(range.value));
  });
  return {
    moveTo,
    getPercent: () => percent,
    /** @param {number} by percent */
    moveBy(by) {
      onTouch();
      moveTo(percent + by);
    },
    /**
     * Puts the handle where the pictures are drawn now, or takes it away.
     * @param {DrawnView} drawn
     * @param {boolean} isOn
     */
    follow(drawn, isOn) {
      box = isOn ? { ...getVisibleBox(drawn), wide: drawn.wide } : null;
      if (isOn) moveTo(percent);
      else for (const pane of panes) pane.style.clipPath = "";
    },
    /**
     * A press on a pane moves the handle there, and its focus with it, while `isOn`.
     * @param {HTMLElement} pane
     * @param {() => boolean} isOn
     */
    followPointer(pane, isOn) {
      const follow = (/** @type {PointerEvent} */ event) => {
        if (event.isPrimary && event.buttons === 1 && isOn()) moveToPointer(event);
      };
      pane.addEventListener("pointerdown", (event) => {
        follow(event);
        if (isOn()) range.focus({ preventScroll: true });
      });
      pane.addEventListener("mousedown", (event) => {
        if (isOn()) event.preventDefault();
      });
      pane.addEventListener("pointermove", follow);
    },
  };
}
