import { button } from "./controls.js";
import { recall, remember } from "./memory.js";
import { element, icon } from "../shared/elements.js";

// One film, with the browser's own controls; beside them speed, and steps of one frame.
const SPEEDS = [0.25, 0.5, 1, 1.5, 2, 4];

function speedChoice(set) {
  const choice = element("select", "tool");
  choice.setAttribute("aria-label", "Speed");
  for (const speed of SPEEDS) choice.append(new Option(`${speed} ×`, speed));
  const choose = (speed) => {
    choice.value = speed;
    remember("speed", speed);
    set(speed);
  };
  choice.addEventListener("change", () => choose(Number(choice.value)));
  choose(recall("speed") ?? 1);
  const faster = (by) => {
    const at = SPEEDS.indexOf(Number(choice.value)) + by;
    if (SPEEDS[at]) choose(SPEEDS[at]);
  };
  return [choice, faster];
}

// Buttons and keys for one film or for two in step; `film` has toggle, step, seekBy, paused.
export function filmTools(film, set) {
  const [choice, faster] = speedChoice(set);
  const back = button("One frame back (,)", icon("frameBack"), () => film.step(-1));
  const on = button("One frame on (.)", icon("frameOn"), () => film.step(1));
  const answer = (key) => {
    const answers = { ",": () => film.step(-1), ".": () => film.step(1), "<": () => faster(-1), ">": () => faster(1), " ": film.toggle };
    if (!(key in answers)) return false;
    answers[key]();
    return true;
  };
  return { buttons: [back, on, choice], answer };
}

export const FILM_KEYS = [
  ["space", "play, pause"],
  [", .", "one frame back, one frame on"],
  ["< >", "slower, faster"],
];
