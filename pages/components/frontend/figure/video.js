import { awaiting } from "./loading.js";
import { FILM_KEYS, filmTools } from "./video_controls.js";
import { clock, frames } from "./video_frames.js";
import { element } from "../shared/elements.js";

export function videoElement(file) {
  const player = element("video");
  Object.assign(player, { preload: "auto", playsInline: true });
  player.setAttribute("aria-label", file.name);
  return player;
}

export function drawVideo(stage, figure, shell) {
  const player = videoElement(figure);
  player.controls = true;
  player.classList.add("film");
  stage.append(player);
  const wait = awaiting(stage, figure, shell.again);
  const frame = frames(player);
  const time = element("output", "time");
  let stepping = false;
  const film = {
    toggle: () => (player.paused ? player.play().catch(() => {}) : player.pause()),
    async step(direction) {
      if (stepping || !player.duration) return;
      stepping = true;
      stage.ariaBusy = "true";
      player.pause();
      await frame.seek(await frame.next(direction));
      stage.ariaBusy = "false";
      stepping = false;
    },
  };
  player.addEventListener("error", () => {
    player.remove();
    shell.controls.replaceChildren();
    wait.failed();
  });
  player.addEventListener("loadeddata", () => {
    wait.arrived();
    const tools = filmTools(film, (speed) => (player.defaultPlaybackRate = player.playbackRate = speed));
    shell.controls.replaceChildren(...tools.buttons, time);
    const seek = (by) => (player.currentTime = Math.max(0, Math.min(player.duration, player.currentTime + by)));
    shell.keys([...FILM_KEYS, ["← →", "5 seconds back, on"]], (key) => {
      if (key === "ArrowLeft" || key === "ArrowRight") return seek(key === "ArrowLeft" ? -5 : 5), true;
      return tools.answer(key);
    });
  }, { once: true });
  const tell = () => (time.textContent = `${clock(player.currentTime)} / ${clock(player.duration || 0)}`);
  for (const kind of ["timeupdate", "seeked", "durationchange", "loadeddata"]) player.addEventListener(kind, tell);
  player.src = figure.address;
  return () => {
    wait.stop();
    player.pause();
    player.removeAttribute("src");
    player.load();
  };
}
