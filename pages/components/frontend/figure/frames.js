import { listenTo } from "./frame_messages.js";
import { awaiting } from "./loading.js";
import { asked, trouble } from "./requests.js";
import { tabLink } from "./text_links.js";
import { element } from "../shared/elements.js";

function framed(stage, title, sandbox, note) {
  const around = element("div", "framed");
  const frame = element("iframe");
  frame.title = title;
  frame.setAttribute("sandbox", sandbox);
  around.append(note, frame);
  stage.replaceChildren(around);
  return frame;
}

// An address of ours is asked first, so that what is missing is said in words; the frame of another site cannot be.
export async function show(stage, frame, address, name) {
  const around = frame.parentElement;
  const retry = () => {
    frame.removeAttribute("src");
    stage.replaceChildren(around);
    show(stage, frame, address, name);
  };
  if (!address.startsWith("/")) {
    frame.src = address;
    return;
  }
  const wait = awaiting(stage, { name, address }, retry);
  const absent = (await asked(address, { method: "HEAD", redirect: "manual" })).reason;
  if (!around.isConnected) return;
  if (absent) {
    const { reason } = await asked(address, { redirect: "manual" });
    wait.stop();
    trouble(stage, reason ?? "The portal did not answer.", retry);
    return;
  }
  frame.addEventListener("load", wait.arrived, { once: true });
  frame.src = address;
}

export function drawEmbed(stage, figure, shell) {
  const host = new URL(figure.origin).host;
  const note = element("p", "beside", `Shown by ${host}. If it stays empty, that site cannot be reached from here: try `);
  note.append(tabLink(figure.address, "a tab of its own"), ".");
  // No popups and no way out of the frame: a view of another site opens no window in front of the portal.
  const rights = ["scripts", "same-origin", "forms", "downloads", "pointer-lock"];
  const frame = framed(stage, figure.title, rights.map((right) => `allow-${right}`).join(" "), note);
  // A viewer that we lend a file may have to fetch it from a portal on this computer or in this building.
  const lends = figure.address.startsWith("/");
  frame.setAttribute("allow", `fullscreen; clipboard-write${lends ? "; local-network-access" : ""}`);
  frame.classList.add("embed");
  show(stage, frame, figure.address, figure.title);
  return listenTo(frame, figure.origin, shell.tell);
}

export function drawHtmlPage(stage, figure) {
  const note = element("p", "beside");
  const frame = framed(stage, figure.name, "allow-scripts", note);
  const missing = new Set();
  const heard = (event) => {
    if (event.source !== frame.contentWindow || typeof event.data?.sandboxed !== "string") return;
    if (missing.size < 5) missing.add(event.data.sandboxed);
    note.textContent = `This figure could not load ${[...missing].join(", ")}. It may be incomplete.`;
  };
  window.addEventListener("message", heard);
  show(stage, frame, figure.address, figure.name);
  return () => window.removeEventListener("message", heard);
}
