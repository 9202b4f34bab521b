// One video, with the browser's own controls; next to them speed, and steps of one frame.
import { createElement } from "../shared/elements.js";
import { formatTime } from "./format.js";
import { findCommand, SEEK_COMMANDS, SEEK_ROWS, VIDEO_ROWS } from "./keys.js";
import { waitForFile } from "./loading.js";
import { createVideoControls } from "./video_controls.js";
import { createFrameSeeker } from "./video_frames.js";

/** @import { DrawFigure, MediaFile, Playback } from "../types.d.ts" */

const SEEK_STEP = 5; // s

/** @param {{ name: string }} file */
export function createVideo(file) {
  const player = createElement("video");
  Object.assign(player, { preload: "auto", playsInline: true });
  player.setAttribute("aria-label", file.name);
  return player;
}

/**
 * @param {HTMLVideoElement} player
 * @param {number} speed
 */
export function setSpeed(player, speed) {
  player.playbackRate = speed;
  player.defaultPlaybackRate = speed;
}

/** @type {DrawFigure<MediaFile>} */
export function drawVideo(stage, figure, shell) {
  const player = createVideo(figure);
  player.controls = true;
  player.classList.add("video");
  stage.append(player);
  const wait = waitForFile(stage, figure, shell.retry);
  const time = createElement("output", "time");
  const playback = createPlayback(player, stage);
  player.addEventListener("error", () => {
    player.remove();
    shell.controls.replaceChildren();
    wait.onFailed();
  });
  const start = () => {
    wait.onLoaded();
    const controls = createVideoControls(playback, (speed) => setSpeed(player, speed));
    shell.controls.replaceChildren(...controls.elements, time);
    shell.setKeys([...VIDEO_ROWS, ...SEEK_ROWS], (key) => {
      const command = findCommand(SEEK_COMMANDS, key);
      if (!command) return controls.answerKey(key);
      const to = player.currentTime + (command === "seekBack" ? -SEEK_STEP : SEEK_STEP);
      player.currentTime = Math.max(0, Math.min(player.duration, to));
      return true;
    });
  };
  player.addEventListener("loadeddata", start, { once: true });
  const showTime = () => {
    time.textContent = `${formatTime(player.currentTime)} / ${formatTime(player.duration || 0)}`;
  };
  for (const kind of ["timeupdate", "seeked", "durationchange", "loadeddata"]) player.addEventListener(kind, showTime);
  player.src = figure.address;
  return () => {
    wait.stop();
    player.pause();
    player.removeAttribute("src");
    player.load();
  };
}

/**
 * @param {HTMLVideoElement} player
 * @param {HTMLElement} stage is marked as busy while a frame is looked for
 * @returns {Playback}
 */
function createPlayback(player, stage) {
  const frames = createFrameSeeker(player);
  let isStepping = false;
  return {
    togglePlay() {
      if (player.paused) player.play().catch(() => {});
      else player.pause();
    },
    async step(direction) {
      if (isStepping || !player.duration) return;
      isStepping = true;
      stage.ariaBusy = "true";
      player.pause();
      await frames.seek(await frames.findFrame(direction));
      stage.ariaBusy = "false";
      isStepping = false;
    },
  };
}
