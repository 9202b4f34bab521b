import { recall, remember } from "./memory.js";
import { gestures } from "./zoom_gestures.js";

// Zoom and pan of one picture, or of two that share a view. A view is how large a pixel of the picture is drawn
// (`scale`, in CSS pixels; or `fit`) and which of its points (`x`, `y` from 0 to 1) is in the middle of the pane.
const NO_VIEW = { fit: true, scale: 1, x: 0.5, y: 0.5, brightness: 0, contrast: 0, at: 0 };

const LARGEST = 32;

export const STEP = 1.25;

let lastView = null;

// The latest wish counts: what was chosen for this very figure, or for the one of the same size looked at before.
function viewFor(name, record, size) {
  const own = recall(name) ?? NO_VIEW;
  const before = lastView?.record === record && lastView.size === size ? lastView.view : NO_VIEW;
  return { ...(before.at > own.at ? before : own) };
}

const strength = (step) => 2 ** (step / 50);

export function zooming({ panes, sheets, width, height, name, record, changed }) {
  const size = `${width}×${height}`;
  const view = viewFor(name, record, size);
  let place = null;

  function keep(chosen = true) {
    if (chosen) view.at = Date.now();
    lastView = { record, size, view: { ...view } };
    remember(name, { ...view });
  }

  function render() {
    const [wide, high] = [panes[0].clientWidth, panes[0].clientHeight];
    if (!wide || !high) return;
    const fitting = Math.min(wide / width, high / height);
    const scale = view.fit ? fitting : view.scale;
    const along = (room, length, centre) => {
      const drawn = length * scale;
      return drawn <= room ? (room - drawn) / 2 : Math.min(0, Math.max(room - drawn, room / 2 - centre * drawn));
    };
    place = { scale, fitting, wide, high, left: along(wide, width, view.x), top: along(high, height, view.y) };
    const dots = scale * window.devicePixelRatio;
    const filter = isNeutral() ? "" : `brightness(${strength(view.brightness)}) contrast(${strength(view.contrast)})`;
    for (const sheet of sheets) {
      sheet.style.width = `${width}px`;
      sheet.style.height = `${height}px`;
      sheet.style.transform = `translate(${place.left}px, ${place.top}px) scale(${scale})`;
      sheet.style.filter = filter;
      sheet.classList.toggle("magnified", dots > 1);
    }
    for (const pane of panes) pane.classList.toggle("zoomed", !view.fit);
    changed({ ...place, percent: dots * 100, fit: view.fit, neutral: isNeutral(), width: width * scale, height: height * scale });
  }

  const isNeutral = () => view.brightness === 0 && view.contrast === 0;
  const middleIsAt = (left, top) => {
    view.x = (place.wide / 2 - left) / (width * place.scale);
    view.y = (place.high / 2 - top) / (height * place.scale);
  };
  const limits = () => [Math.min(place.fitting, 1 / window.devicePixelRatio), Math.max(LARGEST / window.devicePixelRatio, place.fitting)];

  // The point under (x, y), in the pane, stays where it is.
  function zoomTo(wanted, x = place.wide / 2, y = place.high / 2) {
    const [least, most] = limits();
    let scale = Math.min(most, Math.max(least, wanted));
    const passed = (place.scale - place.fitting) * (scale - place.fitting) < 0 && !view.fit;
    view.fit = passed || Math.abs(scale / place.fitting - 1) < 0.005;
    if (view.fit) scale = place.fitting;
    const [left, top] = [x - ((x - place.left) / place.scale) * scale, y - ((y - place.top) / place.scale) * scale];
    Object.assign(place, { scale });
    view.scale = scale;
    middleIsAt(left, top);
    settle();
  }

  // Where the edges held the picture, its middle is not where it was asked to be: what is on screen is what counts.
  function settle() {
    keep();
    render();
    middleIsAt(place.left, place.top);
    lastView.view = { ...view };
    remember(name, { ...view });
  }

  function panBy(x, y) {
    if (view.fit) return false;
    middleIsAt(place.left + x, place.top + y);
    settle();
    return true;
  }

  const api = {
    view,
    render,
    panBy,
    place: () => place,
    zoomBy: (factor, x, y) => zoomTo(place.scale * factor, x, y),
    canZoom(factor) {
      const [least, most] = limits();
      return factor < 1 ? place.scale > least * 1.001 : place.scale < most * 0.999;
    },
    fit() {
      Object.assign(view, { fit: true, x: 0.5, y: 0.5 });
      keep();
      render();
    },
    actual(x, y) {
      zoomTo(1 / window.devicePixelRatio, x, y);
    },
    adjust(brightness, contrast) {
      Object.assign(view, { brightness, contrast });
      keep();
      render();
    },
  };
  for (const pane of panes) gestures(pane, api);
  const watch = new ResizeObserver(render);
  watch.observe(panes[0]);
  keep(false);
  render();
  return { ...api, undo: () => watch.disconnect() };
}
