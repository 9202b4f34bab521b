// Runs inside the frame of the image-comparison component, and says to the page around it what goes on.
const until = Date.now() + 15000;
const say = (what, more) => parent.postMessage({ comparison: what, ...more }, "*");
const at = () => parseFloat(document.querySelector(".jx-handle")?.style.left);
const moved = () => setTimeout(() => say("at", { at: at() }), 0);

(function look() {
  const images = document.querySelectorAll(".jx-image img");
  if (images.length === 2 && document.querySelector(".jx-handle") && [...images].every((image) => image.naturalWidth)) {
    say("ready", { at: at() });
    for (const kind of ["mousemove", "mouseup", "touchend", "keyup"]) document.addEventListener(kind, moved, true);
  } else if (Date.now() < until) setTimeout(look, 50);
})();

document.addEventListener("wheel", (event) => {
  if (event.deltaY > 0 && !event.ctrlKey) return; // nothing is smaller than the whole: the page scrolls
  event.preventDefault();
  say("zoom", { factor: Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0018)), x: event.clientX, y: event.clientY });
}, { passive: false });

let apart = 0;
document.addEventListener("touchmove", (event) => {
  const [one, other] = event.touches;
  if (!other) return;
  const now = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
  if (apart) say("zoom", { factor: now / apart, x: (one.clientX + other.clientX) / 2, y: (one.clientY + other.clientY) / 2 });
  apart = now;
}, true);
document.addEventListener("touchend", () => (apart = 0), true);

document.addEventListener("keydown", (event) => {
  const own = document.activeElement?.closest?.(".jx-slider") && /^(Arrow|Tab|Enter| )/.test(event.key);
  if (own || event.key === "Tab" || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  say("key", { key: event.key, shift: event.shiftKey });
});
