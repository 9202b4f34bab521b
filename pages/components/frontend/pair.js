// Two figures to compare, pictures or films: under one handle, side by side, or in turn. Both are drawn in one frame
// of the left one's shape, each as large as fits without distortion, and share one view.
const MODES = [["swipe", "Swipe"], ["side", "Side by side"], ["blink", "Blink"]];
const BLINK = 800;

function layer(file, side, word) {
  const pane = element("div", `pane ${side}`);
  const sheet = element("div", "sheet");
  const drawn = file.kind === "video" ? videoElement(file) : pictureElement(file);
  if (file.kind === "video") drawn.muted = true;
  else drawn.alt = `${word}: ${file.name}`;
  const chip = element("span", `chip ${side}`, file.name);
  sheet.append(drawn);
  pane.append(sheet);
  return { file, pane, sheet, drawn, chip };
}

function pair(stage, figure, shell) {
  const layers = [layer(figure.left, "left", "Left"), layer(figure.right, "right", "Right")];
  const area = element("div", "pair");
  area.tabIndex = 0;
  area.setAttribute("role", "group");
  area.setAttribute("aria-label", "Two figures to compare");
  area.append(...layers.map((one) => one.pane), ...layers.map((one) => one.chip));
  stage.append(area);
  // The room of the films' own row is kept from the beginning, so that nothing moves when they come.
  if (layers.some(({ file }) => file.kind === "video")) shell.below.replaceChildren(element("div", "transport"));
  const undo = [];
  const changes = [];
  const stretched = layers.filter(({ file }) => file.low !== undefined);
  const bars = stretched.map((one) => stretchedSide(one, () => changes.forEach((told) => told())));
  if (bars.length) {
    shell.controls.append(...bars);
    stage.style.setProperty("--row", `${2.5 + 2.6 * bars.length}rem`);
    undo.push(() => stage.style.removeProperty("--row"));
  }
  const arrivals = layers.map(({ file, drawn }, number) => new Promise((arrived) => {
    const other = figure[number ? "left" : "right"];
    const alone = button(`Show ${other.name} alone`, `Show ${other.name} alone`, () => shell.show(other));
    const wait = awaiting(stage, file, shell.again, [alone]);
    undo.push(wait.stop);
    drawn.addEventListener(file.kind === "video" ? "loadeddata" : "load", () => arrived(wait.arrived()), { once: true });
    drawn.addEventListener("error", () => {
      area.remove();
      shell.below.replaceChildren();
      wait.failed();
    });
    drawn.src = stretched.some((one) => one.file === file) ? file.address + stretchQuery(stretchOf(file)) : file.address;
  }));
  let gone = false;
  Promise.all(arrivals).then(() => gone || undo.push(...comparing(area, layers, figure, shell, changes)));
  return () => {
    gone = true;
    for (const step of undo) step();
    for (const { drawn } of layers) drawn.removeAttribute("src");
  };
}

// The frame of both: the left one's shape, in as many pixels as the finer of the two has.
function commonSize(layers) {
  const [[wide, high], [otherWide, otherHigh]] = layers.map((one) => naturalSize(one.drawn));
  const finer = Math.max(1, Math.min(4, Math.max(otherWide / wide, otherHigh / high)));
  if (wide !== otherWide || high !== otherHigh)
    for (const one of layers) one.chip.textContent += ` · ${naturalSize(one.drawn).join(" × ")}, fitted`;
  return [wide * finer, high * finer];
}

function comparing(area, layers, figure, shell, changes) {
  const [width, height] = commonSize(layers);
  const percent = element("output", "percent");
  const handle = divider(area, () => { frame.leave(); });
  const films = layers.map((one) => one.drawn).filter((drawn) => drawn.tagName === "VIDEO");
  let mode = recall("pair-mode") ?? "swipe";
  // Side by side means one above the other where that shows both much larger.
  function turn() {
    const [wide, high] = [area.clientWidth, area.clientHeight];
    const beside = Math.min(wide / 2 / width, high / height);
    const above = Math.min(wide / width, high / 2 / height);
    area.classList.toggle("stacked", above > 1.3 * beside);
  }
  const draw = (now) => {
    turn();
    percent.textContent = `${Math.round(now.percent)} %`;
    handle.frame(now, mode === "swipe");
    for (const { drawn, sheet } of layers)
      drawn.classList.toggle("magnified", sheet.classList.contains("magnified") && naturalSize(drawn)[0] <= width);
    frame.follow(now, mode === "swipe");
  };
  const frame = comparison(area, figure, width, handle, (said) => {
    if (said.key !== undefined) return answer(said.key, said.shift);
    const { left, top } = zoom.place();
    zoom.zoomBy(said.factor, left + said.x, top + said.y);
  });
  // The component shows both stretched as usual.
  changes.push(frame.leave);
  if (layers.some(({ file }) => file.low !== undefined && window.qcStretch.has(file.address))) frame.leave();
  const blink = blinking(layers);
  // `changed` is called while the view is made, before it has a name here.
  const zoom = zooming({
    panes: layers.map((one) => one.pane), sheets: layers.map((one) => one.sheet), width, height,
    name: `${figure.left.address};${figure.right.address}`, record: shell.record, changed: draw,
  });
  for (const { pane } of layers) handle.followPointer(pane, () => mode === "swipe" && zoom.view.fit);

  const modes = element("span", "group");
  modes.setAttribute("role", "group");
  modes.setAttribute("aria-label", "Ways to compare");
  const buttons = MODES.map(([key, words]) => button(`${words} (M)`, words, () => choose(key)));
  modes.append(...buttons);
  shell.controls.append(modes, blink.pause);
  const adjust = zoomTools(shell.controls, zoom, percent);
  const film = films.length ? inStep(films, shell.below) : null;

  function choose(wanted) {
    mode = MODES.some(([key]) => key === wanted) ? wanted : "swipe";
    remember("pair-mode", mode);
    turn();
    area.dataset.mode = mode;
    buttons.forEach((one, number) => one.setAttribute("aria-pressed", String(MODES[number][0] === mode)));
    blink.run(mode === "blink");
    zoom.render();
  }

  function answer(key, shift) {
    const side = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (key === "m" || key === "M") choose(MODES[(MODES.findIndex(([one]) => one === mode) + 1) % MODES.length][0]);
    else if (side && !shift && mode === "swipe") handle.move(2 * side);
    else if (side && !shift && mode === "blink") blink.show(side < 0 ? 0 : 1);
    else if (key === " " && mode === "blink" && !film) blink.toggle();
    else return film?.answer(key) || zoomKey(zoom, adjust, key);
    return true;
  }

  shell.keys(
    [
      ["M", "swipe, side by side, blink"],
      ["← →", "move the handle; in blink, show the left or the right one"],
      ...(film ? FILM_KEYS : [["space", "blink: pause, go on"]]),
      ...ZOOM_KEYS.filter(([keys]) => !keys.includes("←")),
      ["⇧ ← →, ↑ ↓", "move the pictures"],
    ],
    answer,
  );
  choose(mode);
  return [zoom.undo, frame.undo, blink.undo, film?.undo ?? (() => {})];
}

// The handle between two panes that lie on each other; where it stands is a share of what is seen of the pictures.
function divider(area, touched) {
  const line = element("div", "divider");
  const range = element("input");
  Object.assign(range, { type: "range", min: 0, max: 100, step: 1, value: 50 });
  range.setAttribute("aria-label", "Position of the divider between the two pictures");
  line.append(range);
  area.append(line);
  const panes = [...area.querySelectorAll(".pane")];
  let [at, seen] = [50, null];

  function place(percent) {
    at = Math.min(100, Math.max(0, percent));
    range.value = at;
    if (!seen) return;
    const across = seen.left + (seen.width * at) / 100;
    Object.assign(line.style, { left: `${across}px`, top: `${seen.top}px`, height: `${seen.height}px` });
    panes[0].style.clipPath = `inset(0 ${seen.wide - across}px 0 0)`;
    panes[1].style.clipPath = `inset(0 0 0 ${across}px)`;
  }
  const fromPointer = (event) => {
    const box = area.getBoundingClientRect();
    touched();
    if (seen) place((100 * (event.clientX - box.left - seen.left)) / seen.width);
  };
  line.addEventListener("pointerdown", (event) => {
    line.setPointerCapture(event.pointerId);
    range.focus({ preventScroll: true });
    event.preventDefault();
  });
  line.addEventListener("pointermove", (event) => line.hasPointerCapture(event.pointerId) && fromPointer(event));
  line.addEventListener("mousedown", (event) => event.preventDefault()); // it would take the focus from the handle again
  range.addEventListener("input", () => {
    touched();
    place(Number(range.value));
  });
  return {
    place,
    at: () => at,
    move(by) {
      touched();
      place(at + by);
    },
    frame(now, on) {
      const part = (room, from, length) => [Math.max(0, from), Math.min(room, from + length) - Math.max(0, from)];
      const [[left, width], [top, height]] = [part(now.wide, now.left, now.width), part(now.high, now.top, now.height)];
      seen = on ? { left, width, top, height, wide: now.wide } : null;
      if (on) place(at);
      else for (const pane of panes) pane.style.clipPath = "";
    },
    followPointer(pane, when) {
      const follow = (event) => event.isPrimary && event.buttons === 1 && when() && fromPointer(event);
      pane.addEventListener("pointerdown", (event) => {
        follow(event);
        if (when()) range.focus({ preventScroll: true });
      });
      pane.addEventListener("mousedown", (event) => when() && event.preventDefault());
      pane.addEventListener("pointermove", follow);
    },
  };
}

// One after the other. Whoever asks for less motion starts it, or steps, by hand.
function blinking(layers) {
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

// The image-comparison component's frame. Ours is there at once; the frame takes its place when its script has
// loaded, while nobody has moved our handle and both pictures are seen whole, so there is never a gap.
function comparison(area, figure, width, handle, forwarded) {
  if (!figure.compare) return { follow() {}, leave() {}, undo() {} };
  const frame = element("iframe");
  frame.title = "Comparison of two pictures";
  frame.setAttribute("sandbox", "allow-scripts");
  let [asked, wide, ready, left, may, soon] = [0, 0, false, false, false, 0];
  // It is as sharp as the width it is asked for: asked again where the window has become much larger.
  const ask = () => {
    if (left || wide <= asked * 1.25) return;
    [asked, ready] = [wide, false];
    frame.src = `${figure.compare}?width=${wide}&at=${Math.round(handle.at())}`;
    if (!frame.isConnected) area.append(frame);
    show();
  };
  const show = () => area.classList.toggle("framed", ready && !left && may);
  const number = (value, least, most) => (Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : null);
  const heard = (event) => {
    if (event.source !== frame.contentWindow || typeof event.data !== "object" || event.data === null) return;
    const { comparison: what, at, factor, x, y, key, shift } = event.data;
    if (what === "ready") ready = true;
    if (number(at, 0, 100) !== null && !left) handle.place(number(at, 0, 100));
    if (what === "key" && typeof key === "string") forwarded({ key, shift: shift === true });
    if (what === "zoom" && [factor, x, y].every(Number.isFinite))
      forwarded({ factor: number(factor, 0.2, 5), x: number(x, 0, 1e4), y: number(y, 0, 1e4) });
    show();
  };
  window.addEventListener("message", heard);
  return {
    undo() {
      clearTimeout(soon);
      window.removeEventListener("message", heard);
    },
    leave() {
      left = true;
      show();
    },
    follow(now, swiping) {
      may = swiping && now.fit && now.neutral;
      wide = Math.floor(now.fitting * width);
      clearTimeout(soon);
      soon = setTimeout(ask, 100);
      if (now.fit) Object.assign(frame.style, { left: `${now.left}px`, top: `${now.top}px`, width: `${now.width}px`, height: `${now.height}px` });
      show();
    },
  };
}
