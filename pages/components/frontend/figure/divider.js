import { element } from "../shared/elements.js";

// The handle between two panes that lie on each other; where it stands is a share of what is seen of the pictures.
export function divider(area, touched) {
  const line = element("div", "divider");
  const range = element("input");
  Object.assign(range, { type: "range", min: 0, max: 100, step: 1, value: 50 });
  range.setAttribute("aria-label", "Position of the divider between the two pictures");
  line.append(range);
  area.append(line);
  const panes = [...area.querySelectorAll(".pane")];
  let [at, seen] = [50, null];

  function place(percent) {
    at = Math.min(100, Math.max(0, percent));
    range.value = at;
    if (!seen) return;
    const across = seen.left + (seen.width * at) / 100;
    Object.assign(line.style, { left: `${across}px`, top: `${seen.top}px`, height: `${seen.height}px` });
    panes[0].style.clipPath = `inset(0 ${seen.wide - across}px 0 0)`;
    panes[1].style.clipPath = `inset(0 0 0 ${across}px)`;
  }
  const fromPointer = (event) => {
    const box = area.getBoundingClientRect();
    touched();
    if (seen) place((100 * (event.clientX - box.left - seen.left)) / seen.width);
  };
  line.addEventListener("pointerdown", (event) => {
    line.setPointerCapture(event.pointerId);
    range.focus({ preventScroll: true });
    event.preventDefault();
  });
  line.addEventListener("pointermove", (event) => line.hasPointerCapture(event.pointerId) && fromPointer(event));
  line.addEventListener("mousedown", (event) => event.preventDefault()); // it would take the focus from the handle again
  range.addEventListener("input", () => {
    touched();
    place(Number(range.value));
  });
  return {
    place,
    at: () => at,
    move(by) {
      touched();
      place(at + by);
    },
    frame(now, on) {
      const part = (room, from, length) => [Math.max(0, from), Math.min(room, from + length) - Math.max(0, from)];
      const [[left, width], [top, height]] = [part(now.wide, now.left, now.width), part(now.high, now.top, now.height)];
      seen = on ? { left, width, top, height, wide: now.wide } : null;
      if (on) place(at);
      else for (const pane of panes) pane.style.clipPath = "";
    },
    followPointer(pane, when) {
      const follow = (event) => event.isPrimary && event.buttons === 1 && when() && fromPointer(event);
      pane.addEventListener("pointerdown", (event) => {
        follow(event);
        if (when()) range.focus({ preventScroll: true });
      });
      pane.addEventListener("mousedown", (event) => when() && event.preventDefault());
      pane.addEventListener("pointermove", follow);
    },
  };
}
