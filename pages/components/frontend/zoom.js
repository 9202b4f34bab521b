// Zoom and pan of one picture, or of two that share a view. A view is how large a pixel of the picture is drawn
// (`scale`, in CSS pixels; or `fit`) and which of its points (`x`, `y` from 0 to 1) is in the middle of the pane.
const NO_VIEW = { fit: true, scale: 1, x: 0.5, y: 0.5, brightness: 0, contrast: 0, at: 0 };
const LARGEST = 32;
const STEP = 1.25;
let lastView = null;

// The latest wish counts: what was chosen for this very figure, or for the one of the same size looked at before.
function viewFor(name, record, size) {
  const own = recall(name) ?? NO_VIEW;
  const before = lastView?.record === record && lastView.size === size ? lastView.view : NO_VIEW;
  return { ...(before.at > own.at ? before : own) };
}

const strength = (step) => 2 ** (step / 50);

function zooming({ panes, sheets, width, height, name, record, changed }) {
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

// Wheel, drag, pinch and double click on a pane. At its smallest a picture lets the wheel scroll the page.
function gestures(pane, zoom) {
  const down = new Map();
  const here = (event) => {
    const box = pane.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  pane.addEventListener("wheel", (event) => {
    const unit = event.ctrlKey ? 0.01 : event.deltaMode ? 0.05 : 0.0018;
    const factor = Math.exp(-Math.max(-400, Math.min(400, event.deltaY)) * unit);
    if (event.ctrlKey || zoom.canZoom(factor)) event.preventDefault();
    if (zoom.canZoom(factor)) zoom.zoomBy(factor, ...here(event));
  }, { passive: false });
  pane.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.composedPath()[0].closest(".divider")) return;
    down.set(event.pointerId, here(event));
    pane.setPointerCapture(event.pointerId);
  });
  pane.addEventListener("pointermove", (event) => {
    const from = down.get(event.pointerId);
    if (!from) return;
    const to = here(event);
    down.set(event.pointerId, to);
    if (down.size === 1) {
      zoom.panBy(to[0] - from[0], to[1] - from[1]);
    } else if (down.size === 2) {
      const [, other] = [...down].find(([id]) => id !== event.pointerId);
      const apart = (point) => Math.max(10, Math.hypot(point[0] - other[0], point[1] - other[1]));
      zoom.zoomBy(apart(to) / apart(from), (to[0] + other[0]) / 2, (to[1] + other[1]) / 2);
      zoom.panBy((to[0] - from[0]) / 2, (to[1] - from[1]) / 2);
    }
  });
  for (const kind of ["pointerup", "pointercancel", "lostpointercapture"])
    pane.addEventListener(kind, (event) => down.delete(event.pointerId));
  pane.addEventListener("dblclick", (event) => (zoom.view.fit ? zoom.actual(...here(event)) : zoom.fit()));
}

// The buttons of a view, and the panel of brightness and contrast.
function zoomTools(controls, zoom, percent) {
  const group = element("span", "group");
  group.append(
    button("Zoom out (−)", "−", () => zoom.zoomBy(1 / STEP)),
    percent,
    button("Zoom in (+)", "+", () => zoom.zoomBy(STEP)),
  );
  const adjust = button("Brightness and contrast (A)", "Adjust", () => {});
  const sliders = element("div", "panel");
  sliders.setAttribute("role", "group");
  sliders.setAttribute("aria-label", "Brightness and contrast");
  const inputs = ["Brightness", "Contrast"].map((words) => {
    const row = element("label", "", words);
    const input = element("input");
    Object.assign(input, { type: "range", min: -100, max: 100, step: 2, value: zoom.view[words.toLowerCase()] });
    row.append(input);
    sliders.append(row);
    return input;
  });
  const set = (brightness, contrast) => {
    inputs[0].value = brightness;
    inputs[1].value = contrast;
    zoom.adjust(Number(inputs[0].value), Number(inputs[1].value));
    adjust.classList.toggle("on", brightness !== 0 || contrast !== 0);
  };
  const slid = () => set(Number(inputs[0].value), Number(inputs[1].value));
  for (const input of inputs) input.addEventListener("input", slid);
  sliders.append(button("Reset", "Reset", () => set(0, 0)));
  adjust.classList.toggle("on", zoom.view.brightness !== 0 || zoom.view.contrast !== 0);
  controls.append(group, button("Fit (0)", "Fit", zoom.fit), button("Actual pixels (1)", "1:1", () => zoom.actual()), adjust, sliders);
  return panel(adjust, sliders);
}

const ZOOM_KEYS = [
  ["+ −", "zoom in, zoom out; so does the wheel"],
  ["0", "fit"],
  ["1", "actual pixels; a double click does both"],
  ["← ↑ → ↓", "move"],
  ["A", "brightness and contrast"],
];
const ARROWS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

function zoomKey(zoom, adjust, key) {
  const by = ARROWS[key];
  if (by) return zoom.panBy(by[0] * 60, by[1] * 60);
  const answers = { "+": () => zoom.zoomBy(STEP), "=": () => zoom.zoomBy(STEP), "-": () => zoom.zoomBy(1 / STEP), 0: zoom.fit, 1: () => zoom.actual(), a: () => adjust(), A: () => adjust() };
  if (!(key in answers)) return false;
  answers[key]();
  return true;
}
