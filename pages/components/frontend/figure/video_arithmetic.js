// The arithmetic of videos: times, frames, speeds. Pure. All times are in seconds.

export const SPEEDS = [0.25, 0.5, 1, 1.5, 2, 4];

const END_MARGIN = 0.001; // a time at the very end shows no frame in some browsers
const LARGEST_OFFSET = 0.12; // at normal speed, between two videos that play together

/**
 * A time within a video, short of its end.
 * @param {number} time
 * @param {number} duration
 */
export const clampTime = (time, duration) => Math.max(0, Math.min(time, duration - END_MARGIN));

/**
 * The speed after a press of faster (1) or slower (-1); the same at either end.
 * @param {number} speed
 * @param {number} direction
 */
export const getNextSpeed = (speed, direction) => SPEEDS[SPEEDS.indexOf(speed) + direction] ?? speed;

/**
 * The middle of the frame after or before the one that starts at `start`, so that no rounding leads to its neighbour.
 * @param {number} start
 * @param {number} frameLength
 * @param {number} direction 1 or -1
 */
export const getFrameTime = (start, frameLength, direction) =>
  Math.max(0, start + frameLength * (direction > 0 ? 1.5 : -0.5));

/**
 * Whether a video has run so far from the one that leads that it must be set to its time.
 * @param {number} time
 * @param {number} leadTime
 * @param {number} speed
 */
export const isOutOfSync = (time, leadTime, speed) => Math.abs(time - leadTime) > LARGEST_OFFSET * Math.max(1, speed);
