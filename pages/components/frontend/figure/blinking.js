import { button } from "./controls.js";

const BLINK = 800;

// One after the other. Whoever asks for less motion starts it, or steps, by hand.
export function blinking(layers) {
  let [timer, up] = [null, 0];
  const pause = button("Pause (space)", "Pause", () => api.toggle());
  pause.classList.add("pause");
  const put = (number) => {
    up = number;
    for (const part of ["pane", "chip"]) layers.forEach((one, at) => one[part].classList.toggle("up", at === number));
  };
  const say = () => {
    pause.textContent = timer ? "Pause" : "Go on";
    pause.setAttribute("aria-label", pause.textContent);
  };
  const stop = () => {
    clearInterval(timer);
    timer = null;
    say();
  };
  const start = () => {
    stop();
    timer = setInterval(() => put(1 - up), BLINK);
    say();
  };
  const api = {
    pause,
    undo: stop,
    toggle: () => (timer ? stop() : start()),
    show(number) {
      stop();
      put(number);
    },
    run(on) {
      pause.hidden = !on;
      stop();
      put(0);
      if (on && !matchMedia("(prefers-reduced-motion: reduce)").matches) start();
    },
  };
  return api;
}
