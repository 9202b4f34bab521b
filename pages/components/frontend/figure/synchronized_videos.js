import { button } from "./controls.js";
import { filmTools } from "./video_controls.js";
import { clock, frames } from "./video_frames.js";
import { element, icon } from "../shared/elements.js";

// Films that play, pause, seek and change speed together; the longest leads, and a shorter one holds its last frame.
const APART = 0.12;

export function inStep(films, below) {
  const lead = films.reduce((longest, one) => (one.duration > longest.duration ? one : longest));
  const frame = frames(lead);
  const within = (film, time) => Math.max(0, Math.min(time, film.duration - 0.001));
  const [play, time] = [button("Play (space)", icon("play"), () => film.toggle()), element("output", "time")];
  const range = element("input");
  Object.assign(range, { type: "range", min: 0, max: lead.duration, step: "any", value: 0 });
  range.setAttribute("aria-label", "Time in both films");
  let [playing, stepping, next] = [false, false, 0];

  function tell() {
    range.value = lead.currentTime;
    time.textContent = `${clock(lead.currentTime)} / ${clock(lead.duration)}`;
    play.replaceChildren(icon(playing ? "pause" : "play"));
    play.setAttribute("aria-label", playing ? "Pause" : "Play");
  }
  // While one has to wait for data the others wait with it.
  function follow() {
    if (!playing) return;
    if (lead.ended) return stop();
    const starved = films.some((one) => one.readyState < 3 && !one.ended && !one.seeking);
    for (const one of films) {
      if (starved && one.readyState >= 3) one.pause();
      else if (!starved && one.paused && !one.ended && one.currentTime < one.duration - 0.01) one.play().catch(stop);
      if (one !== lead && !one.seeking && Math.abs(one.currentTime - within(one, lead.currentTime)) > APART * Math.max(1, lead.playbackRate))
        one.currentTime = within(one, lead.currentTime);
    }
    tell();
    next = requestAnimationFrame(follow);
  }
  function stop() {
    playing = false;
    cancelAnimationFrame(next);
    for (const one of films) one.pause();
    for (const one of films) if (one !== lead) one.currentTime = within(one, lead.currentTime);
    tell();
  }
  function seek(to) {
    for (const one of films) if (one !== lead) one.currentTime = within(one, to);
    return frame.seek(to).then(tell);
  }
  const film = {
    toggle() {
      if (playing) return stop();
      if (lead.ended) for (const one of films) one.currentTime = 0;
      playing = true;
      follow();
    },
    async step(direction) {
      if (stepping) return;
      stepping = true;
      stop();
      await seek(await frame.next(direction));
      stepping = false;
    },
  };
  range.addEventListener("input", () => seek(Number(range.value)));
  const tools = filmTools(film, (speed) => films.forEach((one) => (one.defaultPlaybackRate = one.playbackRate = speed)));
  const row = element("div", "transport");
  row.append(play, range, time, ...tools.buttons);
  below.replaceChildren(row);
  tell();
  return { answer: tools.answer, undo: stop };
}
