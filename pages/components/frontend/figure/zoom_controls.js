import { button, panel } from "./controls.js";
import { STEP } from "./zoom.js";
import { element } from "../shared/elements.js";

// The buttons of a view, and the panel of brightness and contrast.
export function zoomTools(controls, zoom, percent) {
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

export const ZOOM_KEYS = [
  ["+ −", "zoom in, zoom out; so does the wheel"],
  ["0", "fit"],
  ["1", "actual pixels; a double click does both"],
  ["← ↑ → ↓", "move"],
  ["A", "brightness and contrast"],
];

const ARROWS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export function zoomKey(zoom, adjust, key) {
  const by = ARROWS[key];
  if (by) return zoom.panBy(by[0] * 60, by[1] * 60);
  const answers = { "+": () => zoom.zoomBy(STEP), "=": () => zoom.zoomBy(STEP), "-": () => zoom.zoomBy(1 / STEP), 0: zoom.fit, 1: () => zoom.actual(), a: () => adjust(), A: () => adjust() };
  if (!(key in answers)) return false;
  answers[key]();
  return true;
}
