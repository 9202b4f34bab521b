// Frames: views by other sites, and HTML figures in a sandbox. A frame is made once for a reference and never again while
// that reference is open, so whatever a person did inside it stays; the main figure's frames even longer (frame_layer.js).
import { createElement } from "../shared/elements.js";
import { CurationBar } from "./curation_bar.js";
import { CurationLink } from "./curation_link.js";
import { createFrameAddress } from "./ephys_messages.js";
import { addFrame, findFrame, removeFrame, showFrame } from "./frame_layer.js";
import { waitForFile } from "./loading.js";
import { request, showProblem } from "./requests.js";
import { createTabLink } from "./text_links.js";

/** @import { Cleanup, DrawFigure, EmbedFigure, HtmlPageFigure, Shell } from "../types.d.ts" */

const MAX_NAMED = 5;
// No popups and no way out of the frame: a view of another site opens no window in front of the portal.
const EMBED_SANDBOX = "allow-scripts allow-same-origin allow-forms allow-downloads allow-pointer-lock";

/**
 * @param {HTMLElement} stage
 * @param {string} title
 * @param {string} sandbox
 * @param {HTMLElement} note above the frame
 */
function createFrame(stage, title, sandbox, note) {
  const box = createElement("div", "framed");
  const frame = createElement("iframe");
  frame.title = title;
  frame.setAttribute("sandbox", sandbox);
  box.append(note, frame);
  stage.replaceChildren(box);
  return { box, frame };
}

/**
 * Loads a frame. An address of ours is asked first, so that what is missing is reported in words; the frame of another
 * site cannot be.
 * @param {HTMLElement} stage
 * @param {{ box: HTMLElement, frame: HTMLIFrameElement }} created
 * @param {string} address
 * @param {string} name
 */
async function loadFrame(stage, created, address, name) {
  const { box, frame } = created;
  const retry = () => {
    frame.removeAttribute("src");
    stage.replaceChildren(box);
    loadFrame(stage, created, address, name);
  };
  if (!address.startsWith("/")) {
    frame.src = address;
    return;
  }
  const wait = waitForFile(stage, { name, address }, retry);
  const missing = (await request(address, { method: "HEAD", redirect: "manual" })).reason;
  if (!box.isConnected) return;
  if (missing) {
    const { reason } = await request(address, { redirect: "manual" }); // an answer to HEAD has no text
    wait.stop();
    showProblem(stage, reason ?? "The portal did not answer.", retry);
    return;
  }
  frame.addEventListener("load", wait.onLoaded, { once: true });
  frame.src = address;
}

/** @type {DrawFigure<EmbedFigure>} */
export function drawEmbed(stage, figure, shell) {
  const { host } = new URL(figure.origin);
  const note = createElement("p", "note", `Shown by ${host}. If it stays empty, that site cannot be reached from here: try `);
  note.append(createTabLink(figure.address, "a tab of its own"), ".");
  if (shell.keepsFrames) return drawKeptEmbed(stage, figure, shell, note);
  const created = createFrame(stage, figure.title, EMBED_SANDBOX, note);
  created.frame.setAttribute("allow", getPermissions(figure));
  created.frame.classList.add("embed");
  loadFrame(stage, created, figure.address, figure.title);
}

/** What the view may do besides drawing itself. @param {EmbedFigure} figure */
function getPermissions(figure) {
  const permissions = ["fullscreen", "clipboard-write"];
  if (figure.isEphysGui) permissions.push("cross-origin-isolated");
  // A viewer that is given a file of ours may have to fetch it from a portal on this computer or in this building.
  if (figure.address.startsWith("/")) permissions.push("local-network-access");
  return permissions.join("; ");
}

/** @type {WeakMap<HTMLIFrameElement, CurationLink>} */
const links = new WeakMap();

/**
 * A view in a frame that outlives the figure on screen.
 * @param {HTMLElement} stage
 * @param {EmbedFigure} figure
 * @param {Shell} shell
 * @param {HTMLElement} note
 * @returns {Cleanup}
 */
function drawKeptEmbed(stage, figure, shell, note) {
  const { record, curation } = shell;
  const key = JSON.stringify([record, curation?.metric ?? "", figure.address]);
  const found = findFrame(key);
  const kept = found ?? createKeptFrame(key, figure, shell);
  const box = createElement("div", "framed");
  const place = createElement("div", "embed place");
  const enter = createElement("button", "tool enter", "Go into the view");
  enter.type = "button";
  enter.addEventListener("click", () => kept.frame.focus());
  place.append(enter);
  box.append(note, place);
  stage.replaceChildren(box);
  const link = links.get(kept.frame);
  if (link && curation) {
    const bar = new CurationBar(link, curation, !found, shell.sendToServer);
    box.prepend(bar.element);
    shell.observeCuration((data) => bar.update(data));
  }
  const hide = showFrame(kept, place);
  if (!found) {
    const reload = () => {
      removeFrame(key);
      shell.retry();
    };
    loadKeptFrame(stage, box, kept.frame, figure, reload);
  }
  return hide;
}

/**
 * @param {string} key
 * @param {EmbedFigure} figure
 * @param {Shell} shell
 */
function createKeptFrame(key, figure, { record, curation }) {
  const frame = createElement("iframe");
  frame.title = figure.title;
  frame.setAttribute("sandbox", EMBED_SANDBOX);
  frame.setAttribute("allow", getPermissions(figure));
  /** @type {CurationLink | null} */
  let link = null;
  if (curation) {
    const identifier = figure.isEphysGui ? createIdentifier() : "";
    link = new CurationLink(frame, { key, origin: figure.origin, record, metric: curation.metric, identifier });
    links.set(frame, link);
    frame.dataset.address = identifier ? createFrameAddress(figure.address, identifier, curation.session) : figure.address;
  } else frame.dataset.address = figure.address;
  return addFrame(key, record, frame, () => link?.stop());
}

/** A random name: `crypto.randomUUID` is for secure addresses alone, and portals in a building may have none. */
function createIdentifier() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {HTMLElement} stage
 * @param {HTMLElement} box
 * @param {HTMLIFrameElement} frame
 * @param {EmbedFigure} figure
 * @param {() => void} retry
 */
async function loadKeptFrame(stage, box, frame, figure, retry) {
  const address = frame.dataset.address ?? figure.address;
  if (address.startsWith("/")) {
    const wait = waitForFile(stage, { name: figure.title, address }, retry);
    const missing = (await request(address, { method: "HEAD", redirect: "manual" })).reason;
    if (missing) {
      const { reason } = await request(address, { redirect: "manual" }); // an answer to HEAD has no text
      wait.stop();
      if (box.isConnected) showProblem(stage, reason ?? "The portal did not answer.", retry);
      return;
    }
    frame.addEventListener("load", wait.onLoaded, { once: true });
  }
  frame.src = address;
}

/** @type {DrawFigure<HtmlPageFigure>} */
export function drawHtmlPage(stage, figure) {
  const note = createElement("p", "note");
  const created = createFrame(stage, figure.name, "allow-scripts", note);
  /** @type {Set<string>} */
  const missing = new Set();
  const receive = (/** @type {MessageEvent} */ event) => {
    if (event.source !== created.frame.contentWindow || typeof event.data?.sandboxed !== "string") return;
    if (missing.size < MAX_NAMED) missing.add(event.data.sandboxed);
    note.textContent = `This figure could not load ${[...missing].join(", ")}. It may be incomplete.`;
  };
  window.addEventListener("message", receive);
  loadFrame(stage, created, figure.address, figure.name);
  return () => window.removeEventListener("message", receive);
}
