// The image-comparison component's frame. Ours is there at once; the frame takes its place when its script has loaded,
// while nobody has moved our handle and both pictures are seen whole, so there is never a gap.
import { createElement } from "../shared/elements.js";
import { parseFrameMessage } from "./pair_arithmetic.js";

/** @import { DrawnView } from "../types.d.ts" */
/** @import { Divider } from "./divider.js" */
/** @import { FrameMessage } from "./pair_arithmetic.js" */

/** @typedef {Exclude<FrameMessage, { kind: "ready" }>} ForwardedMessage */

const REQUEST_DELAY = 100; // ms after the last change of size
const MAX_ENLARGED = 1.25; // beyond which it is asked for again, as it is as sharp as the width it was asked for

/**
 * @param {HTMLElement} area
 * @param {string | null} address null where the component cannot show the two
 * @param {number} width of the pictures
 * @param {Divider} divider
 * @param {(message: ForwardedMessage) => void} onMessage given keys and zooms that the frame received
 */
export function createComparisonFrame(area, address, width, divider, onMessage) {
  const nothing = () => {};
  if (!address) return { follow: nothing, leave: nothing, stop: nothing };
  const frame = createElement("iframe");
  frame.title = "Comparison of two pictures";
  frame.setAttribute("sandbox", "allow-scripts");
  let requestedWidth = 0;
  let drawnWidth = 0;
  let isReady = false;
  let isLeft = false;
  let isAllowed = false;
  let timer = 0;

  const update = () => area.classList.toggle("framed", isReady && !isLeft && isAllowed);
  function load() {
    if (isLeft || drawnWidth <= requestedWidth * MAX_ENLARGED) return;
    requestedWidth = drawnWidth;
    isReady = false;
    frame.src = `${address}?width=${drawnWidth}&at=${Math.round(divider.getPercent())}`;
    if (!frame.isConnected) area.append(frame);
    update();
  }
  /** @param {MessageEvent} event */
  function receive(event) {
    if (event.source !== frame.contentWindow) return;
    const { at, message } = parseFrameMessage(event.data);
    if (message?.kind === "ready") isReady = true;
    if (at !== null && !isLeft) divider.moveTo(at);
    if (message && message.kind !== "ready") onMessage(message);
    update();
  }
  window.addEventListener("message", receive);
  return {
    stop() {
      clearTimeout(timer);
      window.removeEventListener("message", receive);
    },
    /** Gives ours its place back, for good. */
    leave() {
      isLeft = true;
      update();
    },
    /**
     * @param {DrawnView} drawn
     * @param {boolean} isSwiping
     */
    follow(drawn, isSwiping) {
      isAllowed = isSwiping && drawn.fit && drawn.neutral;
      drawnWidth = Math.floor(drawn.fitting * width);
      clearTimeout(timer);
      timer = window.setTimeout(load, REQUEST_DELAY);
      const { left, top } = drawn;
      const box = { left: `${left}px`, top: `${top}px`, width: `${drawn.width}px`, height: `${drawn.height}px` };
      if (drawn.fit) Object.assign(frame.style, box);
      update();
    },
  };
}
