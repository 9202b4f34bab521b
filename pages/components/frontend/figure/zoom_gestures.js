// Wheel, drag, pinch and double click on a pane. At its smallest a picture lets the wheel scroll the page.
export function gestures(pane, zoom) {
  const down = new Map();
  const here = (event) => {
    const box = pane.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  pane.addEventListener("wheel", (event) => {
    const unit = event.ctrlKey ? 0.01 : event.deltaMode ? 0.05 : 0.0018;
    const factor = Math.exp(-Math.max(-400, Math.min(400, event.deltaY)) * unit);
    if (event.ctrlKey || zoom.canZoom(factor)) event.preventDefault();
    if (zoom.canZoom(factor)) zoom.zoomBy(factor, ...here(event));
  }, { passive: false });
  pane.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.composedPath()[0].closest(".divider")) return;
    down.set(event.pointerId, here(event));
    pane.setPointerCapture(event.pointerId);
  });
  pane.addEventListener("pointermove", (event) => {
    const from = down.get(event.pointerId);
    if (!from) return;
    const to = here(event);
    down.set(event.pointerId, to);
    if (down.size === 1) {
      zoom.panBy(to[0] - from[0], to[1] - from[1]);
    } else if (down.size === 2) {
      const [, other] = [...down].find(([id]) => id !== event.pointerId);
      const apart = (point) => Math.max(10, Math.hypot(point[0] - other[0], point[1] - other[1]));
      zoom.zoomBy(apart(to) / apart(from), (to[0] + other[0]) / 2, (to[1] + other[1]) / 2);
      zoom.panBy((to[0] - from[0]) / 2, (to[1] - from[1]) / 2);
    }
  });
  for (const kind of ["pointerup", "pointercancel", "lostpointercapture"])
    pane.addEventListener(kind, (event) => down.delete(event.pointerId));
  pane.addEventListener("dblclick", (event) => (zoom.view.fit ? zoom.actual(...here(event)) : zoom.fit()));
}
