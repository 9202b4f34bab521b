// A panel behind a button of the browser's own (`<details>`): a click elsewhere or Escape closes it.

/** @param {HTMLDetailsElement} details */
export function closeFromOutside(details) {
  const close = (/** @type {Event} */ event) => {
    if (!event.composedPath().includes(details)) details.open = false;
    if (!details.open) document.removeEventListener("pointerdown", close, true);
  };
  details.addEventListener("toggle", () => {
    if (details.open) document.addEventListener("pointerdown", close, true);
  });
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    event.stopPropagation();
    details.open = false;
    details.querySelector("summary")?.focus();
  });
}
