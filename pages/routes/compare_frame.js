// Runs inside the frame of the image-comparison component, and reports to the page around it what goes on.

const LOAD_TIMEOUT = 15_000; // ms
const CHECK_INTERVAL = 50; // ms
const deadline = Date.now() + LOAD_TIMEOUT;

/**
 * @param {string} comparison what is reported: "ready", "at", "zoom" or "key"
 * @param {Record<string, unknown>} [more]
 */
function report(comparison, more) {
  parent.postMessage({ comparison, ...more }, "*");
}

/** Where the handle is, in percent. */
function getHandlePercent() {
  const handle = document.querySelector(".jx-handle");
  return handle instanceof HTMLElement ? Number.parseFloat(handle.style.left) : Number.NaN;
}

// After the component has moved its handle.
const reportHandle = () => setTimeout(() => report("at", { at: getHandlePercent() }), 0);

function waitUntilReady() {
  const images = [...document.querySelectorAll(".jx-image img")];
  const areLoaded = images.every((image) => image instanceof HTMLImageElement && image.naturalWidth);
  if (images.length === 2 && document.querySelector(".jx-handle") && areLoaded) {
    report("ready", { at: getHandlePercent() });
    for (const kind of ["mousemove", "mouseup", "touchend", "keyup"])
      document.addEventListener(kind, reportHandle, true);
  } else if (Date.now() < deadline) setTimeout(waitUntilReady, CHECK_INTERVAL);
}
waitUntilReady();

document.addEventListener(
  "wheel",
  (event) => {
    if (event.deltaY > 0 && !event.ctrlKey) return; // nothing is smaller than the whole: the page scrolls
    event.preventDefault();
    const factor = Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0018));
    report("zoom", { factor, x: event.clientX, y: event.clientY });
  },
  { passive: false },
);

let lastDistance = 0; // between two fingers
document.addEventListener(
  "touchmove",
  (event) => {
    const [one, other] = event.touches;
    if (!one || !other) return;
    const distance = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    const middle = { x: (one.clientX + other.clientX) / 2, y: (one.clientY + other.clientY) / 2 };
    if (lastDistance) report("zoom", { factor: distance / lastDistance, ...middle });
    lastDistance = distance;
  },
  true,
);
document.addEventListener(
  "touchend",
  () => {
    lastDistance = 0;
  },
  true,
);

document.addEventListener("keydown", (event) => {
  const isComponents = document.activeElement?.closest(".jx-slider") && /^(Arrow|Tab|Enter| )/.test(event.key);
  if (isComponents || event.key === "Tab" || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  report("key", { key: event.key, shift: event.shiftKey });
});
