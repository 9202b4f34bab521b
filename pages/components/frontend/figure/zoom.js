// Zoom and pan of one picture, or of two that share a view.
import { recall, remember } from "./memory.js";
import {
  buildFilter,
  canZoom,
  chooseView,
  findMiddle,
  isNeutral,
  isView,
  placePicture,
  zoomView,
} from "./zoom_arithmetic.js";
import { listenForGestures } from "./zoom_gestures.js";

/** @import { DrawnView, Placement, Size, View, Zoom } from "../types.d.ts" */

/**
 * The view that was chosen last: the next figure of the same plot and size is shown in the same way.
 * @type {{ plot: string, size: string, view: View } | null}
 */
let lastView = null;

/**
 * @typedef {object} ZoomOptions
 * @property {HTMLElement[]} panes what shows a part of the picture
 * @property {HTMLElement[]} contents the picture in each pane
 * @property {number} width of the picture, in its own pixels
 * @property {number} height
 * @property {string} name under which the tab remembers the view
 * @property {string} plot which plot it is of, also for another probe or session; "" for one of its own
 * @property {(drawn: DrawnView) => void} onRender called after each drawing, the first time before this returns
 */

/**
 * Lets one or more panes be zoomed and moved together.
 * @param {ZoomOptions} options
 * @returns {Zoom}
 */
export function createZoom({ panes, contents, width, height, name, plot, onRender }) {
  const size = `${width}×${height}`;
  const [pane] = panes;
  if (!pane) throw new Error("A zoom needs a pane.");
  /** @type {Size} */
  const picture = [width, height];
  const own = recall(name);
  const before = plot && lastView?.plot === plot && lastView.size === size ? lastView.view : null;
  const view = chooseView(isView(own) ? own : null, before);
  let placement = placePicture(view, [width, height], picture);

  function keep(isChosen = true) {
    if (isChosen) view.at = Date.now();
    lastView = { plot, size, view: { ...view } };
    remember(name, { ...view });
  }

  function render() {
    if (!pane?.clientWidth || !pane.clientHeight) return;
    placement = placePicture(view, [pane.clientWidth, pane.clientHeight], picture);
    const { scale, left, top } = placement;
    const screenScale = scale * window.devicePixelRatio;
    for (const content of contents) {
      content.style.width = `${width}px`;
      content.style.height = `${height}px`;
      content.style.transform = `translate(${left}px, ${top}px) scale(${scale})`;
      content.style.filter = buildFilter(view);
      content.classList.toggle("magnified", screenScale > 1);
    }
    for (const one of panes) one.classList.toggle("zoomed", !view.fit);
    const drawn = { width: width * scale, height: height * scale };
    onRender({ ...placement, ...drawn, percent: screenScale * 100, fit: view.fit, neutral: isNeutral(view) });
  }

  /** @param {Placement} at */
  const setMiddle = ({ wide, high, scale, left, top }) =>
    Object.assign(view, findMiddle([wide, high], picture, scale, left, top));

  // Where the edges held the picture, its middle is not where it was asked to be: what is on screen is what counts.
  function settle() {
    keep();
    render();
    setMiddle(placement);
    keep(false);
  }

  /** @param {Partial<View>} changes */
  function change(changes) {
    Object.assign(view, changes);
    keep();
    render();
  }

  /**
   * @param {number} scale
   * @param {number} x
   * @param {number} y
   */
  function zoomTo(scale, x = placement.wide / 2, y = placement.high / 2) {
    Object.assign(view, zoomView(view, placement, picture, scale, [x, y], window.devicePixelRatio));
    settle();
  }

  const watch = new ResizeObserver(render);
  /** @type {Zoom} */
  const zoom = {
    view,
    render,
    placement: () => placement,
    panBy(x, y) {
      if (view.fit) return false;
      setMiddle({ ...placement, left: placement.left + x, top: placement.top + y });
      settle();
      return true;
    },
    zoomBy: (factor, x, y) => zoomTo(placement.scale * factor, x, y),
    canZoom: (factor) => canZoom(placement, factor, window.devicePixelRatio),
    fit: () => change({ fit: true, x: 0.5, y: 0.5 }),
    showActualPixels: (x, y) => zoomTo(1 / window.devicePixelRatio, x, y),
    adjust: (brightness, contrast) => change({ brightness, contrast }),
    stop: () => watch.disconnect(),
  };
  for (const one of panes) listenForGestures(one, zoom);
  watch.observe(pane);
  keep(false);
  render();
  return zoom;
}
