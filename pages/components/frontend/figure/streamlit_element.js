// What Streamlit draws itself, in an element that follows ours on the page: PDFs and charts.

/**
 * The box that Streamlit draws our component in.
 * @param {Element} host
 * @returns {HTMLElement | null}
 */
export function getContainer(host) {
  const container = host.closest('[data-testid="stElementContainer"]');
  return container instanceof HTMLElement ? container : null;
}

/**
 * Whether our message takes the place of Streamlit's element: page.css hides that one.
 * @param {HTMLElement | null} container
 * @param {boolean} failed
 */
export const markFailed = (container, failed) => container?.toggleAttribute("data-qc-failed", failed);

/**
 * Whether our component shows another figure than the one that Streamlit's element belongs to: page.css hides that one.
 * @param {HTMLElement | null} container
 * @param {boolean} switched
 */
export const markSwitched = (container, switched) => container?.toggleAttribute("data-qc-switched", switched);
