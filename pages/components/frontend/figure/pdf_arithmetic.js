// How large Streamlit's PDF viewer is to draw a page. Pure.

const ZOOM_PRESS = 0.25; // what one press of the viewer's buttons adds to a scale that begins at 1
const SMALLEST_SCALE = 0.5;
const LARGEST_SCALE = 3;
const MARGIN = 40; // CSS pixels beside the page

/**
 * How often to press "Zoom In" (above 0) or "Zoom Out" (below 0) until a page fills the width that there is.
 * @param {number} room in CSS pixels
 * @param {number} page the width that it is drawn at, in CSS pixels
 */
export function countZoomPresses(room, page) {
  const fitting = Math.floor((room - MARGIN) / page / ZOOM_PRESS) * ZOOM_PRESS;
  const scale = Math.min(LARGEST_SCALE, Math.max(SMALLEST_SCALE, fitting));
  return Math.round((scale - 1) / ZOOM_PRESS);
}
