import { drawChart } from "./figure/chart.js";
import { button, panel } from "./figure/controls.js";
import { drawConverted } from "./figure/converted.js";
import { drawDataFile } from "./figure/data_file.js";
import { drawExcerpt } from "./figure/excerpt.js";
import { drawEmbed, drawHtmlPage } from "./figure/frames.js";
import { isFull, setFull } from "./figure/full_screen.js";
import { listen } from "./figure/keyboard.js";
import { drawPair } from "./figure/pair.js";
import { drawPdf } from "./figure/pdf.js";
import { drawPicture } from "./figure/picture.js";
import { drawText } from "./figure/text.js";
import { drawVideo } from "./figure/video.js";
import { leaveCards } from "./shared/cards.js";
import { element, icon } from "./shared/elements.js";
import { link } from "./shared/links.js";

// The open figure: the line of tools, and below it the kind's own. Each kind draws itself into the stage and gives
// back how to undo that; it may put its controls into `shell.controls`, name its keys with `shell.keys`, and hand a value
// to the server with `shell.tell`.
const KINDS = {
  picture: drawPicture,
  video: drawVideo,
  pair: drawPair,
  pdf: drawPdf,
  chart: drawChart,
  text: drawText,
  converted: drawConverted,
  page: drawHtmlPage,
  embed: drawEmbed,
  excerpt: drawExcerpt,
  data: drawDataFile,
};

// What Streamlit draws in an element after ours: nothing stands on the stage but what went wrong.
const DRAWN_BELOW = new Set(["pdf", "chart"]);

function step(label, key, shape, to, follow) {
  const href = to?.href;
  const made = link(href ?? "#", `tool${href ? "" : " off"}`, undefined, () => follow(to.place));
  made.append(icon(shape));
  made.setAttribute("aria-label", label);
  made.title = `${label} (${key})`;
  if (!href) {
    made.removeAttribute("href");
    made.setAttribute("aria-disabled", "true");
  }
  return made;
}

const FRAME_KEYS = [["[ ]", "previous, next figure"], ["F", "full screen, and back"], ["?", "these keys"]];

function help(root, rows) {
  const opener = button("Keys (?)", "?", () => {});
  const list = element("dl", "panel keys");
  list.setAttribute("aria-label", "Keys");
  for (const [keys, does] of [...rows, ...FRAME_KEYS]) list.append(element("dt", "", keys), element("dd", "", does));
  root.help = panel(opener, list);
  return [opener, list];
}

function tools(root, data, follow) {
  const bar = element("div", "tools");
  if (data.of > 1) {
    bar.append(step("Previous figure", "[", "previous", data.previous, follow));
    bar.append(element("span", "position", `${data.position} of ${data.of}`));
    bar.append(step("Next figure", "]", "next", data.next, follow));
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
  const full = button("Full screen (F)", icon("full"), () => setFull(!isFull()));
  const word = element("span", "long");
  full.append(word);
  root.sayFull = () => {
    word.textContent = isFull() ? " Leave" : " Full screen";
    full.setAttribute("aria-label", isFull() ? "Leave full screen" : "Full screen");
    full.hidden = !data.shown && !isFull();
  };
  root.sayFull();
  bar.append(full, ...help(root, root.keyRows));
  return bar;
}

// Keys of the frame around a figure, and then those of its kind.
function answering(root, data, follow) {
  return (key, shift) => {
    const to = { "[": data.previous, "]": data.next }[key];
    if (to) follow(to.place);
    else if (key === "f" || key === "F") setFull(!isFull());
    else if (key === "Escape" && isFull()) setFull(false);
    else if (key === "?") root.help();
    else return root.answer(key, shift);
    return true;
  };
}

function start(root, data, host) {
  const [controls, below] = [element("div", "controls"), element("div", "below")];
  root.querySelector(".controls")?.remove();
  root.querySelector(".below")?.remove();
  const stage = root.querySelector(".stage");
  stage.before(controls);
  stage.after(below);
  root.undo?.();
  root.answer = () => false;
  root.keyRows = [];
  const shell = {
    controls,
    below,
    host,
    record: data.record,
    tell: (name, value) => root.tell(name, value),
    again: () => start(root, data, host),
    show: (file) => start(root, { ...data, figure: file }, host),
    keys(rows, answer) {
      root.keyRows = rows;
      root.answer = answer;
      root.redrawTools();
    },
  };
  stage.replaceChildren();
  stage.dataset.kind = DRAWN_BELOW.has(data.figure?.kind) ? "" : (data.figure?.kind ?? "");
  root.undo = data.figure ? KINDS[data.figure.kind](stage, data.figure, shell) : undefined;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".figure");
  const host = parentElement.host;
  const follow = (place) => {
    leaveCards();
    setTriggerValue("followed", place);
  };
  root.keyRows ??= [];
  root.tell = setTriggerValue;
  root.redrawTools = () => {
    const focused = host.shadowRoot?.activeElement?.closest(".tools")?.contains(host.shadowRoot.activeElement) && host.shadowRoot.activeElement.getAttribute("aria-label");
    root.querySelector(".tools")?.remove();
    root.prepend(tools(root, data, follow));
    if (focused) root.querySelector(`.tools [aria-label="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  };
  // The same figure is never built again: a playing film, the view and the handle survive a redraw of the page.
  const what = JSON.stringify(data.figure);
  if (root.drawn !== what) {
    root.drawn = what;
    start(root, data, host);
    for (const address of data.ahead) new Image().src = address;
  }
  root.redrawTools();
  root.unlisten?.();
  const silent = listen(host, answering(root, data, follow));
  const changed = () => {
    root.sayFull();
    host.classList.toggle("full", isFull());
  };
  changed();
  document.addEventListener("qc-full", changed);
  root.unlisten = () => {
    silent();
    document.removeEventListener("qc-full", changed);
  };
  // Called when the figure leaves the page, not at each drawing.
  return () => {
    root.unlisten();
    root.undo?.();
    root.drawn = undefined;
    setTimeout(() => document.querySelector(".st-key-qc-workspace") || !isFull() || setFull(false), 500);
  };
}
