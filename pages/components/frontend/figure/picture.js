import { awaiting } from "./loading.js";
import { zooming } from "./zoom.js";
import { ZOOM_KEYS, zoomKey, zoomTools } from "./zoom_controls.js";
import { element } from "../shared/elements.js";

// One picture, in a pane that zooms.
export function pictureElement(file) {
  const image = element("img");
  image.alt = file.name;
  image.decoding = "async";
  image.draggable = false;
  return image;
}

export const naturalSize = (drawn) => [drawn.videoWidth || drawn.naturalWidth || 300, drawn.videoHeight || drawn.naturalHeight || 150];

export function drawPicture(stage, figure, shell) {
  const pane = element("div", "pane");
  pane.tabIndex = 0;
  pane.setAttribute("role", "group");
  pane.setAttribute("aria-label", "Picture, to zoom and move");
  const image = pictureElement(figure);
  image.classList.add("sheet");
  pane.append(image);
  stage.append(pane);
  const wait = awaiting(stage, figure, shell.again);
  let zoom = null;
  image.addEventListener("error", () => {
    pane.remove();
    wait.failed();
  });
  image.addEventListener("load", () => {
    wait.arrived();
    if (zoom) return;
    const percent = element("output", "percent");
    const [width, height] = naturalSize(image);
    const said = (now) => (percent.textContent = `${now.percent < 10 ? now.percent.toFixed(1) : Math.round(now.percent)} %`);
    zoom = zooming({ panes: [pane], sheets: [image], width, height, name: figure.address, record: shell.record, changed: said });
    const adjust = zoomTools(shell.controls, zoom, percent);
    shell.keys(ZOOM_KEYS, (key) => zoomKey(zoom, adjust, key));
  });
  image.src = figure.address;
  return () => {
    wait.stop();
    zoom?.undo();
    image.removeAttribute("src");
  };
}
