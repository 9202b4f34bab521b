// Speed, steps of one frame, and their keys: for one video or for two that play together.
import { buildHint } from "../shared/chord_arithmetic.js";
import { createElement, createIcon } from "../shared/elements.js";
import { createButton } from "./controls.js";
import { findCommand, VIDEO_COMMANDS } from "./keys.js";
import { recall, remember } from "./memory.js";
import { getNextSpeed, SPEEDS } from "./video_arithmetic.js";

/** @import { Playback } from "../types.d.ts" */

/** @param {(speed: number) => void} setSpeed called with the remembered speed at once */
function createSpeedChoice(setSpeed) {
  const select = createElement("select", "tool");
  select.setAttribute("aria-label", "Speed");
  for (const speed of SPEEDS) select.append(new Option(`${speed} ×`, String(speed)));
  const choose = (/** @type {number} */ speed) => {
    select.value = String(speed);
    remember("speed", speed);
    setSpeed(speed);
  };
  select.addEventListener("change", () => choose(Number(select.value)));
  const remembered = recall("speed");
  choose(typeof remembered === "number" && SPEEDS.includes(remembered) ? remembered : 1);
  const changeSpeed = (/** @type {number} */ direction) => choose(getNextSpeed(Number(select.value), direction));
  return { select, changeSpeed };
}

/**
 * @param {Playback} playback
 * @param {(speed: number) => void} setSpeed
 * @returns {{ elements: HTMLElement[], answerKey: (key: string) => boolean }}
 */
export function createVideoControls(playback, setSpeed) {
  const { select, changeSpeed } = createSpeedChoice(setSpeed);
  const back = createButton(buildHint("stepBack"), createIcon("frameBack"), () => playback.step(-1));
  const forward = createButton(buildHint("stepForward"), createIcon("frameOn"), () => playback.step(1));
  const answerKey = (/** @type {string} */ key) => {
    const command = findCommand(VIDEO_COMMANDS, key);
    if (command === "togglePlay") playback.togglePlay();
    else if (command === "stepBack") playback.step(-1);
    else if (command === "stepForward") playback.step(1);
    else if (command === "slower") changeSpeed(-1);
    else if (command === "faster") changeSpeed(1);
    return command !== null;
  };
  return { elements: [back, forward, select], answerKey };
}
