// Which frame of a video is on screen, and how long one lasts.
import { clampTime, getFrameTime } from "./video_arithmetic.js";

const SEARCH_STEP = 0.006; // s
const LONGEST_FRAME = 0.25; // s
const USUAL_FRAME = 1 / 30; // s
const DRAW_TIME = 60; // ms after a seek in which a frame is drawn; what is drawn later still is reported with the next drawing

/**
 * Browsers do not tell how long a frame lasts, so the first step looks for the next frame.
 * @param {HTMLVideoElement} player
 */
export function createFrameSeeker(player) {
  let shown = 0;
  let length = 0;
  const reportsFrames = "requestVideoFrameCallback" in player;
  /** @type {VideoFrameRequestCallback} */
  const noteFrame = (_, frame) => {
    shown = frame.mediaTime;
    player.requestVideoFrameCallback(noteFrame);
  };
  if (reportsFrames) player.requestVideoFrameCallback(noteFrame);

  /** @type {Promise<void>} */
  let drawn = Promise.resolve();
  /**
   * Resolves when the frame is drawn; the same frame once more is not always reported.
   * @param {number} time
   */
  function seek(time) {
    drawn = new Promise((resolve) => {
      if (reportsFrames) player.requestVideoFrameCallback(() => resolve());
      const wait = () => setTimeout(() => requestAnimationFrame(() => resolve()), DRAW_TIME);
      player.addEventListener("seeked", wait, { once: true });
      player.currentTime = clampTime(time, player.duration);
    });
    return drawn;
  }

  async function measureFrame() {
    const start = reportsFrames ? shown : Number.NaN;
    for (let offset = SEARCH_STEP; offset < LONGEST_FRAME && start + offset < player.duration; offset += SEARCH_STEP) {
      await seek(start + offset);
      if (shown - start > SEARCH_STEP / 2) return shown - start;
    }
    return USUAL_FRAME;
  }

  return {
    seek,
    /**
     * The time of the next frame (1) or of the one before (-1).
     * @param {number} direction
     */
    async findFrame(direction) {
      await drawn;
      if (!reportsFrames || Math.abs(shown - player.currentTime) > 1) shown = player.currentTime;
      const start = shown;
      length ||= await measureFrame();
      return getFrameTime(start, length, direction);
    },
  };
}
