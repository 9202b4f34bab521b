// A click is lost where the button is made anew between the press and the release, which for a hand are a tenth of a second
// apart: the browser clicks what was under the pointer at both. So what is drawn anew meanwhile waits for the release.

const LONGEST_PRESS = 500; // ms: longer ones are drags, under which the page goes on
const TOUCH_CLICK = 50; // ms from the end of a touch, by which its click has come

/** What the pointer is pressed in, from its target on; empty while it is not. @type {readonly EventTarget[]} */
let pressed = [];
/** What waits for the release, by the part of the page that it draws: the newest drawing of each. @type {Map<EventTarget, () => void>} */
const waiting = new Map();
let timer = 0;

function release() {
  clearTimeout(timer);
  pressed = [];
  const drawings = [...waiting.values()];
  waiting.clear();
  for (const draw of drawings) draw();
}

/** @param {PointerEvent} event */
function notePress(event) {
  release();
  pressed = event.composedPath();
  timer = window.setTimeout(release, LONGEST_PRESS);
}

/** The click comes right after the release. @param {PointerEvent} event */
function noteRelease(event) {
  clearTimeout(timer);
  timer = window.setTimeout(release, event.pointerType === "mouse" ? 0 : TOUCH_CLICK);
}

document.addEventListener("pointerdown", notePress, true);
document.addEventListener("pointerup", noteRelease, true);
document.addEventListener("pointercancel", noteRelease, true);

/**
 * Draws a part of the page: at once, or while the pointer is pressed in it, once that is released.
 * @param {EventTarget} part
 * @param {() => void} draw
 * @returns {() => void} keeps it from being drawn, where it waits
 */
export function drawUnpressed(part, draw) {
  waiting.delete(part);
  if (!pressed.includes(part)) {
    draw();
    return () => {};
  }
  waiting.set(part, draw);
  return () => {
    if (waiting.get(part) === draw) waiting.delete(part);
  };
}
