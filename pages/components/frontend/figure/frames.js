// Frames: views by other sites, and HTML figures in a sandbox. A frame is made once for a reference and never again while
// that reference is open, so whatever a person did inside it stays.
import { createElement } from "../shared/elements.js";
import { forwardMessages } from "./frame_messages.js";
import { waitForFile } from "./loading.js";
import { request, showProblem } from "./requests.js";
import { createTabLink } from "./text_links.js";

/** @import { DrawFigure, EmbedFigure, HtmlPageFigure } from "../types.d.ts" */

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
  const created = createFrame(stage, figure.title, EMBED_SANDBOX, note);
  // A viewer that is given a file of ours may have to fetch it from a portal on this computer or in this building.
  const fetchesFromUs = figure.address.startsWith("/");
  created.frame.setAttribute("allow", `fullscreen; clipboard-write${fetchesFromUs ? "; local-network-access" : ""}`);
  created.frame.classList.add("embed");
  loadFrame(stage, created, figure.address, figure.title);
  return forwardMessages(created.frame, figure.origin, shell.sendToServer);
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
