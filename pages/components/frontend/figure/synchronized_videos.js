// Videos that play, pause, seek and change speed together; the longest leads, and a shorter one holds its last frame.
import { createElement, createIcon } from "../shared/elements.js";
import { createButton } from "./controls.js";
import { formatTime } from "./format.js";
import { clampTime, isOutOfSync } from "./video_arithmetic.js";
import { createVideoControls } from "./video_controls.js";
import { createFrameSeeker } from "./video_frames.js";
import { setSpeed } from "./video.js";

/** @import { Cleanup, Playback } from "../types.d.ts" */

const HAS_FUTURE_DATA = 3; // HTMLMediaElement.HAVE_FUTURE_DATA: enough to go on playing

/**
 * @param {HTMLVideoElement[]} videos at least one
 * @param {HTMLElement} below where their row of controls is drawn
 * @returns {{ answerKey: (key: string) => boolean, stop: Cleanup }}
 */
export function synchronizeVideos(videos, below) {
  const lead = videos.reduce((longest, video) => (video.duration > longest.duration ? video : longest));
  const followers = videos.filter((video) => video !== lead);
  const frames = createFrameSeeker(lead);
  const play = createButton("Play (space)", createIcon("play"), () => playback.togglePlay());
  const time = createElement("output", "time");
  const range = createElement("input");
  Object.assign(range, { type: "range", min: 0, max: lead.duration, step: "any", value: 0 });
  range.setAttribute("aria-label", "Time in both videos");
  let isPlaying = false;
  let isStepping = false;
  let nextFrame = 0;

  function showState() {
    range.value = String(lead.currentTime);
    time.textContent = `${formatTime(lead.currentTime)} / ${formatTime(lead.duration)}`;
    play.replaceChildren(createIcon(isPlaying ? "pause" : "play"));
    play.setAttribute("aria-label", isPlaying ? "Pause" : "Play");
  }

  /** @param {number} to */
  function setFollowers(to) {
    for (const video of followers) video.currentTime = clampTime(to, video.duration);
  }

  // While one has to wait for data the others wait with it.
  function keepTogether() {
    if (!isPlaying) return;
    if (lead.ended) {
      stop();
      return;
    }
    const lacksData = videos.some((one) => one.readyState < HAS_FUTURE_DATA && !one.ended && !one.seeking);
    for (const video of videos) {
      const isBeforeEnd = !video.ended && video.currentTime < video.duration - 0.01;
      if (lacksData && video.readyState >= HAS_FUTURE_DATA) video.pause();
      else if (!lacksData && video.paused && isBeforeEnd) video.play().catch(stop);
      const target = clampTime(lead.currentTime, video.duration);
      if (video !== lead && !video.seeking && isOutOfSync(video.currentTime, target, lead.playbackRate))
        video.currentTime = target;
    }
    showState();
    nextFrame = requestAnimationFrame(keepTogether);
  }

  function stop() {
    isPlaying = false;
    cancelAnimationFrame(nextFrame);
    for (const video of videos) video.pause();
    setFollowers(lead.currentTime);
    showState();
  }

  /** @param {number} to */
  async function seek(to) {
    setFollowers(to);
    await frames.seek(to);
    showState();
  }

  /** @type {Playback} */
  const playback = {
    togglePlay() {
      if (isPlaying) {
        stop();
        return;
      }
      if (lead.ended) for (const video of videos) video.currentTime = 0;
      isPlaying = true;
      keepTogether();
    },
    async step(direction) {
      if (isStepping) return;
      isStepping = true;
      stop();
      await seek(await frames.findFrame(direction));
      isStepping = false;
    },
  };
  range.addEventListener("input", () => seek(Number(range.value)));
  const controls = createVideoControls(playback, (speed) => videos.forEach((video) => setSpeed(video, speed)));
  const row = createElement("div", "transport");
  row.append(play, range, time, ...controls.elements);
  below.replaceChildren(row);
  showState();
  return { answerKey: controls.answerKey, stop };
}
