// One film, with the browser's own controls; beside them speed, and steps of one frame.
const SPEEDS = [0.25, 0.5, 1, 1.5, 2, 4];

function videoElement(file) {
  const player = element("video");
  Object.assign(player, { preload: "auto", playsInline: true });
  player.setAttribute("aria-label", file.name);
  return player;
}

// Which frame is on screen, and how long one lasts: browsers do not tell, so the first step looks for the next one.
function frames(player) {
  let [shown, length] = [0, 0];
  const watching = (_, frame) => {
    shown = frame.mediaTime;
    player.requestVideoFrameCallback?.(watching);
  };
  player.requestVideoFrameCallback?.(watching);
  // Until the frame is drawn: the same frame once more is not always told.
  let drawn = Promise.resolve();
  const seek = (time) => (drawn = new Promise((done) => {
    player.requestVideoFrameCallback?.(done);
    player.addEventListener("seeked", () => setTimeout(done, 60), { once: true });
    player.currentTime = Math.max(0, Math.min(time, player.duration - 0.001));
  }));
  async function learn() {
    const start = player.requestVideoFrameCallback ? shown : NaN;
    for (let apart = 0.006; apart < 0.25 && start + apart < player.duration; apart += 0.006) {
      await seek(start + apart);
      if (shown - start > 0.003) return shown - start;
    }
    return 1 / 30;
  }
  return {
    // The middle of the frame that comes next, so that no rounding lands on its neighbour.
    async next(direction) {
      await drawn;
      if (!player.requestVideoFrameCallback || Math.abs(shown - player.currentTime) > 1) shown = player.currentTime;
      const start = shown;
      length ||= await learn();
      return Math.max(0, start + length * (direction > 0 ? 1.5 : -0.5));
    },
    seek,
  };
}

const clock = (seconds) => `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(2).padStart(5, "0")}`;

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
function filmTools(film, set) {
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

const FILM_KEYS = [
  ["space", "play, pause"],
  [", .", "one frame back, one frame on"],
  ["< >", "slower, faster"],
];

function video(stage, figure, shell) {
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
