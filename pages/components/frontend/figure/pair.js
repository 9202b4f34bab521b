// Two figures to compare, pictures or videos: under one handle, side by side, or one after the other. Both are drawn in
// one frame of the left one's shape, each as large as fits without distortion, and share one view.
import { createElement } from "../shared/elements.js";
import { createBlinker } from "./blinking.js";
import { createComparisonFrame } from "./comparison_frame.js";
import { createButton } from "./controls.js";
import { createConvertedSide } from "./converted_side.js";
import { createDivider } from "./divider.js";
import { buildPairRows, findPairCommand } from "./keys.js";
import { waitForFile } from "./loading.js";
import { recall, remember } from "./memory.js";
import { getCommonSize, getNextMode, isStackedLarger, PAIR_MODES, parseMode } from "./pair_arithmetic.js";
import { buildPercentileQuery, getPercentiles, hasChosenPercentiles } from "./percentiles.js";
import { createPicture, getNaturalSize } from "./picture.js";
import { synchronizeVideos } from "./synchronized_videos.js";
import { createVideo } from "./video.js";
import { addZoomControls, answerZoomKey } from "./zoom_controls.js";
import { createZoom } from "./zoom.js";

/** @import { Cleanup, DrawFigure, DrawnView, MediaFile, PairFigure, Shell, Size } from "../types.d.ts" */
/** @import { PairMode } from "./keys.js" */

const MODE_LABELS = { swipe: "Swipe", side: "Side by side", blink: "Blink" };
const HANDLE_STEP = 2; // percent for one press of an arrow

/**
 * One side: its pane, the content that is zoomed in it, the picture or video, and its name.
 * @typedef {object} Side
 * @property {MediaFile} file
 * @property {HTMLElement} pane
 * @property {HTMLElement} content
 * @property {HTMLImageElement | HTMLVideoElement} drawn
 * @property {HTMLElement} chip
 */

/**
 * @param {MediaFile} file
 * @param {"left" | "right"} side
 * @param {string} word
 * @returns {Side}
 */
function createSide(file, side, word) {
  const pane = createElement("div", `pane ${side}`);
  const content = createElement("div", "zoomable");
  const drawn =
    file.kind === "video"
      ? Object.assign(createVideo(file), { muted: true })
      : Object.assign(createPicture(file), { alt: `${word}: ${file.name}` });
  content.append(drawn);
  pane.append(content);
  return { file, pane, content, drawn, chip: createElement("span", `chip ${side}`, file.name) };
}

const isConverted = (/** @type {MediaFile} */ file) => file.low !== undefined;

/** @type {DrawFigure<PairFigure>} */
export function drawPair(stage, figure, shell) {
  const sides = [createSide(figure.left, "left", "Left"), createSide(figure.right, "right", "Right")];
  const area = createElement("div", "pair");
  area.tabIndex = 0;
  area.setAttribute("role", "group");
  area.setAttribute("aria-label", "Two figures to compare");
  area.append(...sides.map(({ pane }) => pane), ...sides.map(({ chip }) => chip));
  stage.append(area);
  // The room of the videos' own row is kept from the beginning, so that nothing moves when they come.
  if (sides.some(({ file }) => file.kind === "video")) shell.below.replaceChildren(createElement("div", "transport"));
  /** @type {Cleanup[]} */
  const cleanups = [];
  /** @type {Set<() => void>} */
  const percentileObservers = new Set();
  const bars = sides
    .filter(({ file }) => isConverted(file))
    .map(({ file, drawn }) => createConvertedSide(file, drawn, () => percentileObservers.forEach((observer) => observer())));
  if (bars.length) {
    shell.controls.append(...bars);
    stage.style.setProperty("--row", `${2.5 + 2.6 * bars.length}rem`);
    cleanups.push(() => stage.style.removeProperty("--row"));
  }
  const loaded = sides.map(({ file, drawn }) => {
    const other = file === figure.left ? figure.right : figure.left;
    const label = `Show ${other.name} alone`;
    const wait = waitForFile(stage, file, shell.retry, [createButton(label, label, () => shell.show(other))]);
    cleanups.push(wait.stop);
    drawn.addEventListener("error", () => {
      area.remove();
      shell.below.replaceChildren();
      wait.onFailed();
    });
    /** @type {Promise<void>} */
    const promise = new Promise((resolve) => {
      const onLoaded = () => {
        wait.onLoaded();
        resolve();
      };
      drawn.addEventListener(file.kind === "video" ? "loadeddata" : "load", onLoaded, { once: true });
    });
    drawn.src = isConverted(file) ? file.address + buildPercentileQuery(getPercentiles(file)) : file.address;
    return promise;
  });
  let isGone = false;
  Promise.all(loaded).then(() => {
    if (!isGone) cleanups.push(...compare(area, sides, figure, shell, percentileObservers));
  });
  return () => {
    isGone = true;
    for (const cleanup of cleanups) cleanup();
    for (const { drawn } of sides) drawn.removeAttribute("src");
  };
}

/**
 * The frame of both; where their sizes differ, each name has its own.
 * @param {Side[]} sides
 * @returns {Size}
 */
function measure(sides) {
  const [left, right] = sides.map(({ drawn }) => getNaturalSize(drawn));
  if (!left || !right) throw new Error("A pair has two sides.");
  if (left[0] !== right[0] || left[1] !== right[1])
    for (const { drawn, chip } of sides) chip.textContent += ` · ${getNaturalSize(drawn).join(" × ")}, fitted`;
  return getCommonSize(left, right);
}

/**
 * Lets both be compared, once both are loaded.
 * @param {HTMLElement} area
 * @param {Side[]} sides
 * @param {PairFigure} figure
 * @param {Shell} shell
 * @param {Set<() => void>} percentileObservers
 * @returns {Cleanup[]}
 */
function compare(area, sides, figure, shell, percentileObservers) {
  const size = measure(sides);
  const [width, height] = size;
  const percent = createElement("output", "percent");
  const divider = createDivider(area, () => frame.leave());
  const videos = sides.flatMap(({ drawn }) => (drawn instanceof HTMLVideoElement ? [drawn] : []));
  let mode = parseMode(recall("pair-mode"));
  const updateStacking = () =>
    area.classList.toggle("stacked", isStackedLarger([area.clientWidth, area.clientHeight], size));

  const frame = createComparisonFrame(area, figure.compare, width, divider, (message) => {
    if (message.kind === "key") {
      answerKey(message.key, message.shift);
      return;
    }
    const { left, top } = zoom.placement();
    zoom.zoomBy(message.factor, left + message.x, top + message.y);
  });
  // The component shows both between the usual percentiles.
  percentileObservers.add(frame.leave);
  if (sides.some(({ file }) => isConverted(file) && hasChosenPercentiles(file))) frame.leave();

  /** @param {DrawnView} drawn */
  function onRender(drawn) {
    updateStacking();
    percent.textContent = `${Math.round(drawn.percent)} %`;
    divider.follow(drawn, mode === "swipe");
    for (const side of sides) {
      const isEnlarged = side.content.classList.contains("magnified") && getNaturalSize(side.drawn)[0] <= width;
      side.drawn.classList.toggle("magnified", isEnlarged);
    }
    frame.follow(drawn, mode === "swipe");
  }
  const blinker = createBlinker(sides);
  const zoom = createZoom({
    panes: sides.map(({ pane }) => pane),
    contents: sides.map(({ content }) => content),
    width,
    height,
    name: `${figure.left.address};${figure.right.address}`,
    plot: shell.plot,
    onRender,
  });
  for (const { pane } of sides) divider.followPointer(pane, () => mode === "swipe" && zoom.view.fit);

  const modes = createElement("span", "group");
  modes.setAttribute("role", "group");
  modes.setAttribute("aria-label", "Ways to compare");
  const buttons = PAIR_MODES.map((one) => {
    const button = createButton(`${MODE_LABELS[one]} (M)`, MODE_LABELS[one], () => choose(one));
    modes.append(button);
    return { mode: one, button };
  });
  shell.controls.append(modes, blinker.pause);
  const toggleAdjust = addZoomControls(shell.controls, zoom, percent);
  const playback = videos.length ? synchronizeVideos(videos, shell.below) : null;

  /** @param {PairMode} wanted */
  function choose(wanted) {
    mode = wanted;
    remember("pair-mode", mode);
    updateStacking();
    area.dataset.mode = mode;
    for (const one of buttons) one.button.setAttribute("aria-pressed", String(one.mode === mode));
    blinker.run(mode === "blink");
    zoom.render();
  }

  /** @type {import("../types.d.ts").KeyHandler} */
  function answerKey(key, shift) {
    const command = findPairCommand(key, { shift, mode, hasVideo: playback !== null });
    if (command === "nextMode") choose(getNextMode(mode));
    else if (command === "handleLeft") divider.moveBy(-HANDLE_STEP);
    else if (command === "handleRight") divider.moveBy(HANDLE_STEP);
    else if (command === "showLeft") blinker.show(0);
    else if (command === "showRight") blinker.show(1);
    else if (command === "toggleBlink") blinker.toggle();
    else return playback?.answerKey(key) || answerZoomKey(zoom, toggleAdjust, key);
    return true;
  }

  shell.setKeys(buildPairRows(playback !== null), answerKey);
  choose(mode);
  return [zoom.stop, frame.stop, blinker.stop, playback?.stop ?? (() => {})];
}
