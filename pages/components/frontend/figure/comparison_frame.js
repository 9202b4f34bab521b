import { element } from "../shared/elements.js";

// The image-comparison component's frame. Ours is there at once; the frame takes its place when its script has
// loaded, while nobody has moved our handle and both pictures are seen whole, so there is never a gap.
export function comparison(area, figure, width, handle, forwarded) {
  if (!figure.compare) return { follow() {}, leave() {}, undo() {} };
  const frame = element("iframe");
  frame.title = "Comparison of two pictures";
  frame.setAttribute("sandbox", "allow-scripts");
  let [asked, wide, ready, left, may, soon] = [0, 0, false, false, false, 0];
  // It is as sharp as the width it is asked for: asked again where the window has become much larger.
  const ask = () => {
    if (left || wide <= asked * 1.25) return;
    [asked, ready] = [wide, false];
    frame.src = `${figure.compare}?width=${wide}&at=${Math.round(handle.at())}`;
    if (!frame.isConnected) area.append(frame);
    show();
  };
  const show = () => area.classList.toggle("framed", ready && !left && may);
  const number = (value, least, most) => (Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : null);
  const heard = (event) => {
    if (event.source !== frame.contentWindow || typeof event.data !== "object" || event.data === null) return;
    const { comparison: what, at, factor, x, y, key, shift } = event.data;
    if (what === "ready") ready = true;
    if (number(at, 0, 100) !== null && !left) handle.place(number(at, 0, 100));
    if (what === "key" && typeof key === "string") forwarded({ key, shift: shift === true });
    if (what === "zoom" && [factor, x, y].every(Number.isFinite))
      forwarded({ factor: number(factor, 0.2, 5), x: number(x, 0, 1e4), y: number(y, 0, 1e4) });
    show();
  };
  window.addEventListener("message", heard);
  return {
    undo() {
      clearTimeout(soon);
      window.removeEventListener("message", heard);
    },
    leave() {
      left = true;
      show();
    },
    follow(now, swiping) {
      may = swiping && now.fit && now.neutral;
      wide = Math.floor(now.fitting * width);
      clearTimeout(soon);
      soon = setTimeout(ask, 100);
      if (now.fit) Object.assign(frame.style, { left: `${now.left}px`, top: `${now.top}px`, width: `${now.width}px`, height: `${now.height}px` });
      show();
    },
  };
}
