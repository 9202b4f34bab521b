// One picture, in a pane that zooms.
import { createElement } from "../shared/elements.js";
import { formatPercent } from "./format.js";
import { ZOOM_ROWS } from "./keys.js";
import { waitForFile } from "./loading.js";
import { addZoomControls, answerZoomKey } from "./zoom_controls.js";
import { createZoom } from "./zoom.js";

/** @import { DrawFigure, MediaFile, Size, Zoom } from "../types.d.ts" */

/** @param {{ name: string }} file */
export function createPicture(file) {
  const image = createElement("img");
  return Object.assign(image, { alt: file.name, decoding: "async", draggable: false });
}

/**
 * The size of a picture or video in its own pixels; that of a frame without any where it has none, such as some SVG.
 * @param {HTMLImageElement | HTMLVideoElement} drawn
 * @returns {Size}
 */
export function getNaturalSize(drawn) {
  const isVideo = drawn instanceof HTMLVideoElement;
  const [width, height] = isVideo ? [drawn.videoWidth, drawn.videoHeight] : [drawn.naturalWidth, drawn.naturalHeight];
  return [width || 300, height || 150];
}

/** @type {DrawFigure<MediaFile>} */
export function drawPicture(stage, figure, shell) {
  const pane = createElement("div", "pane");
  pane.tabIndex = 0;
  pane.setAttribute("role", "group");
  pane.setAttribute("aria-label", "Picture, to zoom and move");
  const image = createPicture(figure);
  image.classList.add("zoomable");
  pane.append(image);
  stage.append(pane);
  const wait = waitForFile(stage, figure, shell.retry);
  /** @type {Zoom | null} */
  let zoom = null;
  image.addEventListener("error", () => {
    pane.remove();
    wait.onFailed();
  });
  image.addEventListener("load", () => {
    wait.onLoaded();
    if (zoom) return;
    const percent = createElement("output", "percent");
    const [width, height] = getNaturalSize(image);
    const created = createZoom({
      panes: [pane],
      contents: [image],
      width,
      height,
      name: figure.address,
      plot: shell.plot,
      onRender(drawn) {
        percent.textContent = formatPercent(drawn.percent);
      },
    });
    zoom = created;
    const toggleAdjust = addZoomControls(shell.controls, created, percent);
    shell.setKeys(ZOOM_ROWS, (key) => answerZoomKey(created, toggleAdjust, key));
  });
  image.src = figure.address;
  return () => {
    wait.stop();
    zoom?.stop();
    image.removeAttribute("src");
  };
}
