// Wheel, drag, pinch and double click on a pane. At its smallest a picture lets the wheel scroll the page.
import { getWheelFactor, resolvePinch } from "./zoom_arithmetic.js";

/** @import { Zoom } from "../types.d.ts" */

/**
 * @param {HTMLElement} pane
 * @param {Zoom} zoom
 */
export function listenForGestures(pane, zoom) {
  /**
   * Where each finger or button is down.
   * @type {Map<number, [number, number]>}
   */
  const pointers = new Map();
  /**
   * @param {MouseEvent} event
   * @returns {[number, number]}
   */
  const getPoint = (event) => {
    const box = pane.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  pane.addEventListener(
    "wheel",
    (event) => {
      const factor = getWheelFactor(event);
      if (event.ctrlKey || zoom.canZoom(factor)) event.preventDefault();
      if (zoom.canZoom(factor)) zoom.zoomBy(factor, ...getPoint(event));
    },
    { passive: false },
  );
  pane.addEventListener("pointerdown", (event) => {
    const [target] = event.composedPath();
    if (event.button !== 0 || (target instanceof Element && target.closest(".divider"))) return;
    pointers.set(event.pointerId, getPoint(event));
    pane.setPointerCapture(event.pointerId);
  });
  pane.addEventListener("pointermove", (event) => {
    const from = pointers.get(event.pointerId);
    if (!from) return;
    const to = getPoint(event);
    pointers.set(event.pointerId, to);
    const [other] = [...pointers].flatMap(([id, point]) => (id === event.pointerId ? [] : [point]));
    if (pointers.size === 1) {
      zoom.panBy(to[0] - from[0], to[1] - from[1]);
    } else if (pointers.size === 2 && other) {
      const { factor, x, y, moveX, moveY } = resolvePinch(from, to, other);
      zoom.zoomBy(factor, x, y);
      zoom.panBy(moveX, moveY);
    }
  });
  const release = (/** @type {PointerEvent} */ event) => pointers.delete(event.pointerId);
  pane.addEventListener("pointerup", release);
  pane.addEventListener("pointercancel", release);
  pane.addEventListener("lostpointercapture", release);
  pane.addEventListener("dblclick", (event) =>
    zoom.view.fit ? zoom.showActualPixels(...getPoint(event)) : zoom.fit(),
  );
}
