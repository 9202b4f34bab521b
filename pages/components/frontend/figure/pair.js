import { blinking } from "./blinking.js";
import { comparison } from "./comparison_frame.js";
import { button } from "./controls.js";
import { stretchedSide } from "./converted_side.js";
import { divider } from "./divider.js";
import { awaiting } from "./loading.js";
import { recall, remember } from "./memory.js";
import { hasChosenPercentiles, stretchOf, stretchQuery } from "./percentiles.js";
import { naturalSize, pictureElement } from "./picture.js";
import { inStep } from "./synchronized_videos.js";
import { videoElement } from "./video.js";
import { FILM_KEYS } from "./video_controls.js";
import { zooming } from "./zoom.js";
import { ZOOM_KEYS, zoomKey, zoomTools } from "./zoom_controls.js";
import { element } from "../shared/elements.js";

// Two figures to compare, pictures or films: under one handle, side by side, or in turn. Both are drawn in one frame
// of the left one's shape, each as large as fits without distortion, and share one view.
const MODES = [["swipe", "Swipe"], ["side", "Side by side"], ["blink", "Blink"]];

function layer(file, side, word) {
  const pane = element("div", `pane ${side}`);
  const sheet = element("div", "sheet");
  const drawn = file.kind === "video" ? videoElement(file) : pictureElement(file);
  if (file.kind === "video") drawn.muted = true;
  else drawn.alt = `${word}: ${file.name}`;
  const chip = element("span", `chip ${side}`, file.name);
  sheet.append(drawn);
  pane.append(sheet);
  return { file, pane, sheet, drawn, chip };
}

export function drawPair(stage, figure, shell) {
  const layers = [layer(figure.left, "left", "Left"), layer(figure.right, "right", "Right")];
  const area = element("div", "pair");
  area.tabIndex = 0;
  area.setAttribute("role", "group");
  area.setAttribute("aria-label", "Two figures to compare");
  area.append(...layers.map((one) => one.pane), ...layers.map((one) => one.chip));
  stage.append(area);
  // The room of the films' own row is kept from the beginning, so that nothing moves when they come.
  if (layers.some(({ file }) => file.kind === "video")) shell.below.replaceChildren(element("div", "transport"));
  const undo = [];
  const changes = [];
  const stretched = layers.filter(({ file }) => file.low !== undefined);
  const bars = stretched.map((one) => stretchedSide(one, () => changes.forEach((told) => told())));
  if (bars.length) {
    shell.controls.append(...bars);
    stage.style.setProperty("--row", `${2.5 + 2.6 * bars.length}rem`);
    undo.push(() => stage.style.removeProperty("--row"));
  }
  const arrivals = layers.map(({ file, drawn }, number) => new Promise((arrived) => {
    const other = figure[number ? "left" : "right"];
    const alone = button(`Show ${other.name} alone`, `Show ${other.name} alone`, () => shell.show(other));
    const wait = awaiting(stage, file, shell.again, [alone]);
    undo.push(wait.stop);
    drawn.addEventListener(file.kind === "video" ? "loadeddata" : "load", () => arrived(wait.arrived()), { once: true });
    drawn.addEventListener("error", () => {
      area.remove();
      shell.below.replaceChildren();
      wait.failed();
    });
    drawn.src = stretched.some((one) => one.file === file) ? file.address + stretchQuery(stretchOf(file)) : file.address;
  }));
  let gone = false;
  Promise.all(arrivals).then(() => gone || undo.push(...comparing(area, layers, figure, shell, changes)));
  return () => {
    gone = true;
    for (const step of undo) step();
    for (const { drawn } of layers) drawn.removeAttribute("src");
  };
}

// The frame of both: the left one's shape, in as many pixels as the finer of the two has.
function commonSize(layers) {
  const [[wide, high], [otherWide, otherHigh]] = layers.map((one) => naturalSize(one.drawn));
  const finer = Math.max(1, Math.min(4, Math.max(otherWide / wide, otherHigh / high)));
  if (wide !== otherWide || high !== otherHigh)
    for (const one of layers) one.chip.textContent += ` · ${naturalSize(one.drawn).join(" × ")}, fitted`;
  return [wide * finer, high * finer];
}

function comparing(area, layers, figure, shell, changes) {
  const [width, height] = commonSize(layers);
  const percent = element("output", "percent");
  const handle = divider(area, () => { frame.leave(); });
  const films = layers.map((one) => one.drawn).filter((drawn) => drawn.tagName === "VIDEO");
  let mode = recall("pair-mode") ?? "swipe";
  // Side by side means one above the other where that shows both much larger.
  function turn() {
    const [wide, high] = [area.clientWidth, area.clientHeight];
    const beside = Math.min(wide / 2 / width, high / height);
    const above = Math.min(wide / width, high / 2 / height);
    area.classList.toggle("stacked", above > 1.3 * beside);
  }
  const draw = (now) => {
    turn();
    percent.textContent = `${Math.round(now.percent)} %`;
    handle.frame(now, mode === "swipe");
    for (const { drawn, sheet } of layers)
      drawn.classList.toggle("magnified", sheet.classList.contains("magnified") && naturalSize(drawn)[0] <= width);
    frame.follow(now, mode === "swipe");
  };
  const frame = comparison(area, figure, width, handle, (said) => {
    if (said.key !== undefined) return answer(said.key, said.shift);
    const { left, top } = zoom.place();
    zoom.zoomBy(said.factor, left + said.x, top + said.y);
  });
  // The component shows both stretched as usual.
  changes.push(frame.leave);
  if (layers.some(({ file }) => file.low !== undefined && hasChosenPercentiles(file))) frame.leave();
  const blink = blinking(layers);
  // `changed` is called while the view is made, before it has a name here.
  const zoom = zooming({
    panes: layers.map((one) => one.pane), sheets: layers.map((one) => one.sheet), width, height,
    name: `${figure.left.address};${figure.right.address}`, record: shell.record, changed: draw,
  });
  for (const { pane } of layers) handle.followPointer(pane, () => mode === "swipe" && zoom.view.fit);

  const modes = element("span", "group");
  modes.setAttribute("role", "group");
  modes.setAttribute("aria-label", "Ways to compare");
  const buttons = MODES.map(([key, words]) => button(`${words} (M)`, words, () => choose(key)));
  modes.append(...buttons);
  shell.controls.append(modes, blink.pause);
  const adjust = zoomTools(shell.controls, zoom, percent);
  const film = films.length ? inStep(films, shell.below) : null;

  function choose(wanted) {
    mode = MODES.some(([key]) => key === wanted) ? wanted : "swipe";
    remember("pair-mode", mode);
    turn();
    area.dataset.mode = mode;
    buttons.forEach((one, number) => one.setAttribute("aria-pressed", String(MODES[number][0] === mode)));
    blink.run(mode === "blink");
    zoom.render();
  }

  function answer(key, shift) {
    const side = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (key === "m" || key === "M") choose(MODES[(MODES.findIndex(([one]) => one === mode) + 1) % MODES.length][0]);
    else if (side && !shift && mode === "swipe") handle.move(2 * side);
    else if (side && !shift && mode === "blink") blink.show(side < 0 ? 0 : 1);
    else if (key === " " && mode === "blink" && !film) blink.toggle();
    else return film?.answer(key) || zoomKey(zoom, adjust, key);
    return true;
  }

  shell.keys(
    [
      ["M", "swipe, side by side, blink"],
      ["← →", "move the handle; in blink, show the left or the right one"],
      ...(film ? FILM_KEYS : [["space", "blink: pause, go on"]]),
      ...ZOOM_KEYS.filter(([keys]) => !keys.includes("←")),
      ["⇧ ← →, ↑ ↓", "move the pictures"],
    ],
    answer,
  );
  choose(mode);
  return [zoom.undo, frame.undo, blink.undo, film?.undo ?? (() => {})];
}
