// One picture, in a pane that zooms.
function pictureElement(file) {
  const image = element("img");
  image.alt = file.name;
  image.decoding = "async";
  image.draggable = false;
  return image;
}

const naturalSize = (drawn) => [drawn.videoWidth || drawn.naturalWidth || 300, drawn.videoHeight || drawn.naturalHeight || 150];

function picture(stage, figure, shell) {
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
