// What happened, for those who hear it: one quiet sentence after another, in a region that readers of the screen follow.

/** How much is left of the open asset, as its header shows it. @type {number | null} */
let left = null;
/** @type {HTMLElement | null} */
let region = null;

/** @param {number} number of metrics that are left to decide */
export function setLeft(number) {
  left = number;
}

function getRegion() {
  if (region?.isConnected) return region;
  region = document.createElement("div");
  region.className = "qc-announce";
  region.setAttribute("aria-live", "polite");
  region.setAttribute("role", "status");
  document.body.append(region);
  return region;
}

/** @param {string} text what is said now */
export const announce = (text) => {
  getRegion().textContent = text;
};

/**
 * Says that a verdict is saved, and how many metrics are left: "Pass, saved, 3 left".
 * @param {string} status
 */
export function announceSaved(status) {
  // The header counts with the next message, and what is said is to agree with it.
  setTimeout(() => {
    const rest = left === null ? "" : left ? `, ${left} left` : ", all decided";
    announce(`${status}, saved${rest}`);
  });
}
