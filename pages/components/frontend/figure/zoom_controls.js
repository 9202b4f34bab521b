// The buttons and keys of a view, and the panel of brightness and contrast.
import { createElement } from "../shared/elements.js";
import { createButton, createPanel } from "./controls.js";
import { findCommand, ZOOM_COMMANDS } from "./keys.js";
import { isNeutral, ZOOM_STEP } from "./zoom_arithmetic.js";

/** @import { Zoom } from "../types.d.ts" */

const PAN_STEP = 60; // CSS pixels for one press of an arrow

/**
 * @param {HTMLElement} controls where they are appended
 * @param {Zoom} zoom
 * @param {HTMLElement} percent shows how large the picture is
 * @returns {() => void} opens or closes the panel
 */
export function addZoomControls(controls, zoom, percent) {
  const group = createElement("span", "group");
  group.append(
    createButton("Zoom out (−)", "−", () => zoom.zoomBy(1 / ZOOM_STEP)),
    percent,
    createButton("Zoom in (+)", "+", () => zoom.zoomBy(ZOOM_STEP)),
  );
  const opener = createButton("Brightness and contrast (A)", "Adjust");
  const panel = createAdjustPanel(zoom, () => opener.classList.toggle("on", !isNeutral(zoom.view)));
  controls.append(
    group,
    createButton("Fit (0)", "Fit", () => zoom.fit()),
    createButton("Actual pixels (1)", "1:1", () => zoom.showActualPixels()),
    opener,
    panel,
  );
  return createPanel(opener, panel);
}

/**
 * @param {Zoom} zoom
 * @param {() => void} onChange
 */
function createAdjustPanel(zoom, onChange) {
  const panel = createElement("div", "panel");
  panel.setAttribute("role", "group");
  panel.setAttribute("aria-label", "Brightness and contrast");
  const createSlider = (/** @type {string} */ label, /** @type {number} */ value) => {
    const row = createElement("label", "", label);
    const slider = createElement("input");
    Object.assign(slider, { type: "range", min: -100, max: 100, step: 2, value });
    row.append(slider);
    panel.append(row);
    return slider;
  };
  const brightness = createSlider("Brightness", zoom.view.brightness);
  const contrast = createSlider("Contrast", zoom.view.contrast);
  const apply = () => {
    zoom.adjust(Number(brightness.value), Number(contrast.value));
    onChange();
  };
  for (const slider of [brightness, contrast]) slider.addEventListener("input", apply);
  const reset = () => {
    for (const slider of [brightness, contrast]) slider.value = "0";
    apply();
  };
  panel.append(createButton("Reset", "Reset", reset));
  onChange();
  return panel;
}

/**
 * Acts on a key of the zoom; false where it means nothing here.
 * @param {Zoom} zoom
 * @param {() => void} toggleAdjust
 * @param {string} key
 */
export function answerZoomKey(zoom, toggleAdjust, key) {
  switch (findCommand(ZOOM_COMMANDS, key)) {
    case "zoomIn":
      zoom.zoomBy(ZOOM_STEP);
      return true;
    case "zoomOut":
      zoom.zoomBy(1 / ZOOM_STEP);
      return true;
    case "fit":
      zoom.fit();
      return true;
    case "showActualPixels":
      zoom.showActualPixels();
      return true;
    case "openAdjust":
      toggleAdjust();
      return true;
    case "panLeft":
      return zoom.panBy(-PAN_STEP, 0);
    case "panRight":
      return zoom.panBy(PAN_STEP, 0);
    case "panUp":
      return zoom.panBy(0, -PAN_STEP);
    case "panDown":
      return zoom.panBy(0, PAN_STEP);
    default:
      return false;
  }
}
