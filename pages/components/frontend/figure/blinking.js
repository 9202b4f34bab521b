// Two sides shown one after the other. Readers who ask for less motion start it, or step, by hand.
import { createButton } from "./controls.js";

const BLINK_INTERVAL = 800; // ms

/** @param {{ pane: HTMLElement, chip: HTMLElement }[]} sides */
export function createBlinker(sides) {
  let timer = 0;
  let shown = 0;
  const pause = createButton("Pause (space)", "Pause", () => toggle());
  pause.classList.add("pause");

  /** @param {number} number */
  function put(number) {
    shown = number;
    sides.forEach(({ pane, chip }, at) => {
      pane.classList.toggle("up", at === number);
      chip.classList.toggle("up", at === number);
    });
  }
  function updateButton() {
    pause.textContent = timer ? "Pause" : "Continue";
    pause.setAttribute("aria-label", pause.textContent);
  }
  function stop() {
    clearInterval(timer);
    timer = 0;
    updateButton();
  }
  function start() {
    clearInterval(timer);
    timer = window.setInterval(() => put(1 - shown), BLINK_INTERVAL);
    updateButton();
  }
  function toggle() {
    if (timer) stop();
    else start();
  }
  return {
    pause,
    stop,
    toggle,
    /** @param {number} number */
    show(number) {
      stop();
      put(number);
    },
    /** @param {boolean} isOn */
    run(isOn) {
      pause.hidden = !isOn;
      stop();
      put(0);
      if (isOn && !matchMedia("(prefers-reduced-motion: reduce)").matches) start();
    },
  };
}
