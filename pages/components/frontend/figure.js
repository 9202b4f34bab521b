function problem(stage, words, retry) {
  const say = element("div", "say");
  say.setAttribute("role", "alert");
  say.append(element("strong", "", "This figure could not be shown."), element("p", "", words));
  const again = element("button", "tool", "Try again");
  again.type = "button";
  again.addEventListener("click", retry);
  say.append(again);
  stage.replaceChildren(say);
}

async function reasonFor(address) {
  if (!address.startsWith("/")) return "The server it is on did not deliver it, or the address is wrong: " + address;
  try {
    const answer = await fetch(address, { headers: { Range: "bytes=0-0" } });
    if (answer.ok) return "The file is there, but the browser cannot read it: it may be damaged or not what its name says.";
    return (await answer.text()).slice(0, 500);
  } catch {
    return "The portal did not answer.";
  }
}

function picture(stage, figure) {
  const image = element("img");
  image.alt = figure.name;
  image.decoding = "async";
  image.addEventListener("error", async () => problem(stage, await reasonFor(figure.address), () => picture(stage, figure)));
  image.src = figure.address;
  stage.replaceChildren(image);
}

function video(stage, figure) {
  const player = element("video");
  player.controls = true;
  player.preload = "metadata";
  player.playsInline = true;
  player.setAttribute("aria-label", figure.name);
  player.addEventListener("error", async () => problem(stage, await reasonFor(figure.address), () => video(stage, figure)));
  player.src = figure.address;
  stage.replaceChildren(player);
}

// Ours is there at once; the image-comparison component's frame takes its place only when its script has loaded
// and nobody has touched ours, so there is never a gap and nothing changes under the hand.
function swipe(stage, figure) {
  const area = element("div", "swipe");
  const [left, right] = [element("img"), element("img")];
  left.alt = `Left: ${figure.left.name}`;
  right.alt = `Right: ${figure.right.name}`;
  const line = element("div", "line");
  const range = element("input");
  Object.assign(range, { type: "range", min: 0, max: 100, step: 1, value: 50 });
  range.setAttribute("aria-label", "Position of the divider between the two pictures");
  let touched = false;
  const place = (percent) => {
    range.value = percent;
    line.style.left = `${percent}%`;
    left.style.clipPath = `inset(0 ${100 - percent}% 0 0)`;
    right.style.clipPath = `inset(0 0 0 ${percent}%)`;
  };
  const fromPointer = (event) => {
    const box = area.getBoundingClientRect();
    touched = true;
    place(Math.min(100, Math.max(0, (100 * (event.clientX - box.left)) / box.width)));
  };
  area.addEventListener("pointerdown", (event) => {
    area.setPointerCapture(event.pointerId);
    fromPointer(event);
    range.focus({ preventScroll: true });
  });
  area.addEventListener("mousedown", (event) => event.preventDefault()); // it would take the focus from the handle again
  area.addEventListener("pointermove", (event) => area.hasPointerCapture(event.pointerId) && fromPointer(event));
  range.addEventListener("input", () => {
    touched = true;
    place(Number(range.value));
  });
  for (const [image, side] of [[left, figure.left], [right, figure.right]])
    image.addEventListener("error", async () => problem(stage, await reasonFor(side.address), () => swipe(stage, figure)));

  let frame = null;
  const heard = (event) => {
    if (frame && event.source === frame.contentWindow && event.data?.comparison === "ready" && !touched)
      area.classList.add("framed");
  };
  window.addEventListener("message", heard);
  const fit = () => {
    if (!left.naturalWidth) return;
    const ratio = left.naturalWidth / left.naturalHeight;
    const width = Math.floor(Math.min(stage.clientWidth, (stage.clientHeight || window.innerHeight * 0.6) * ratio));
    area.style.width = `${width}px`;
    area.style.height = `${Math.floor(width / ratio)}px`;
    if (figure.compare && !frame) {
      frame = element("iframe");
      frame.title = "Comparison of two pictures";
      frame.setAttribute("sandbox", "allow-scripts");
      frame.src = `${figure.compare}?width=${width}`;
      area.append(frame);
    }
  };
  left.addEventListener("load", fit);
  const watch = new ResizeObserver(fit);
  watch.observe(stage);
  place(50);
  left.src = figure.left.address;
  right.src = figure.right.address;
  area.append(right, left, line, range);
  stage.replaceChildren(area);
  return () => {
    watch.disconnect();
    window.removeEventListener("message", heard);
  };
}

const KINDS = { picture, video, swipe, words, converted, page, embed, excerpt, data };

function step(label, shape, to, follow) {
  const href = to?.href;
  const made = link(href ?? "#", `tool${href ? "" : " off"}`, undefined, () => follow(to.place));
  made.append(icon(shape));
  made.setAttribute("aria-label", label);
  made.title = label;
  if (!href) {
    made.removeAttribute("href");
    made.setAttribute("aria-disabled", "true");
  }
  return made;
}

function tools(data, host, follow) {
  const bar = element("div", "tools");
  if (data.of > 1) {
    bar.append(step("Previous figure", "previous", data.previous, follow));
    bar.append(element("span", "position", `${data.position} of ${data.of}`));
    bar.append(step("Next figure", "next", data.next, follow));
  }
  const name = element("span", "name", data.name);
  name.title = data.name;
  bar.append(name);
  if (data.opens) {
    const tab = element("a", "tool");
    tab.append(icon("tab"));
    tab.append(element("span", "long", " New tab"));
    Object.assign(tab, { href: data.opens, target: "_blank", rel: "noopener noreferrer" });
    tab.setAttribute("aria-label", "Open this figure in a new tab");
    bar.append(tab);
  }
  if (!data.shown) return bar;
  const whole = host.closest(".st-key-qc-figure");
  const full = element("button", "tool");
  full.type = "button";
  full.append(icon("full"));
  full.append(element("span", "long", " Full screen"));
  full.setAttribute("aria-label", "Full screen");
  full.addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : whole?.requestFullscreen()));
  bar.append(full);
  return bar;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".figure");
  const host = parentElement.host;
  root.querySelector(".tools")?.remove();
  root.prepend(tools(data, host, (place) => setTriggerValue("followed", place)));
  const stage = root.querySelector(".stage");
  root.tell = setTriggerValue;
  // The same figure is never built again: a playing video and the swipe's place survive a redraw of the page.
  const what = JSON.stringify(data.figure);
  if (root.drawn !== what) {
    if (typeof root.undo === "function") root.undo();
    root.drawn = what;
    stage.replaceChildren();
    const shell = { tell: (name, value) => root.tell(name, value) };
    root.undo = data.figure ? KINDS[data.figure.kind](stage, data.figure, shell) : undefined;
    for (const address of data.ahead) new Image().src = address;
  }
  const changed = () => host.classList.toggle("full", Boolean(document.fullscreenElement));
  document.addEventListener("fullscreenchange", changed);
  return () => document.removeEventListener("fullscreenchange", changed);
}
