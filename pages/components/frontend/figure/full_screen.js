// Full screen shows the figure and its cards, and hides the rest. The whole page goes there, since lists that open
// and dialogs stand at its end. Where a browser has no full screen (a telephone) the window is filled instead.
export const isFull = () => document.documentElement.classList.contains("qc-full");

export function setFull(on) {
  document.documentElement.classList.toggle("qc-full", on);
  if (on && !document.fullscreenElement) document.documentElement.requestFullscreen?.().catch(() => {});
  if (!on && document.fullscreenElement) document.exitFullscreen().catch(() => {});
  document.dispatchEvent(new Event("qc-full"));
}

document.addEventListener("fullscreenchange", () => document.fullscreenElement || !isFull() || setFull(false));
