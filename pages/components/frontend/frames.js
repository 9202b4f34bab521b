// Frames: views by other sites, and HTML figures in a sandbox. A frame is made once for a reference and never again
// while that reference is open, so whatever a person did inside it stays.
const LARGEST_MESSAGE = 2_000_000;
const DEEPEST_MESSAGE = 40;
const BETWEEN_MESSAGES = 300;

function isPlainJson(value, depth = 0) {
  if (depth > DEEPEST_MESSAGE) return false;
  if (value === null || ["string", "boolean"].includes(typeof value)) return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object") return false;
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.values(value).every((part) => isPlainJson(part, depth + 1));
}

// Such views chatter; only what they say of a curation is of use to us.
function isCuration(said) {
  return said !== null && typeof said === "object" && (said.curation !== undefined || said.type === "curation-data");
}

// Hands on what this very frame says from its own origin, the latest if it says much at once.
function listenTo(frame, origin, tell) {
  let waiting = null;
  let timer = 0;
  const send = () => {
    timer = 0;
    if (waiting === null) return;
    tell("message", { origin, text: waiting });
    waiting = null;
    timer = setTimeout(send, BETWEEN_MESSAGES);
  };
  const heard = (event) => {
    if (event.source !== frame.contentWindow || event.origin !== origin) return;
    if (!isCuration(event.data) || !isPlainJson(event.data)) return;
    const text = JSON.stringify(event.data);
    if (text.length > LARGEST_MESSAGE) return;
    waiting = text;
    if (!timer) send();
  };
  window.addEventListener("message", heard);
  return () => {
    window.removeEventListener("message", heard);
    clearTimeout(timer);
  };
}

async function isThere(address) {
  if (!address.startsWith("/")) return true;
  try {
    const answer = await fetch(address, { method: "HEAD", redirect: "manual" });
    return answer.ok || answer.type === "opaqueredirect";
  } catch {
    return false;
  }
}

function framed(stage, title, sandbox, note) {
  const around = element("div", "framed");
  const frame = element("iframe");
  frame.title = title;
  frame.setAttribute("sandbox", sandbox);
  frame.setAttribute("allow", "fullscreen; clipboard-write");
  around.append(note, frame);
  stage.replaceChildren(around);
  return frame;
}

async function show(frame, stage, figure, again) {
  if (await isThere(figure.address)) frame.src = figure.address;
  else if (frame.isConnected) problem(stage, await reasonFor(figure.address), again);
}

function embed(stage, figure, tell) {
  const host = new URL(figure.origin).host;
  const note = element("p", "beside", `Shown by ${host}. If it stays empty, that site cannot be reached from here: try a tab of its own.`);
  const rights = ["scripts", "same-origin", "forms", "popups", "popups-to-escape-sandbox", "downloads"];
  const frame = framed(stage, figure.title, rights.map((right) => `allow-${right}`).join(" "), note);
  frame.classList.add("embed");
  const undo = listenTo(frame, figure.origin, tell);
  show(frame, stage, figure, () => embed(stage, figure, tell));
  return undo;
}

function page(stage, figure) {
  const note = element("p", "beside");
  const frame = framed(stage, figure.name, "allow-scripts", note);
  const missing = new Set();
  const heard = (event) => {
    if (event.source !== frame.contentWindow || typeof event.data?.sandboxed !== "string") return;
    if (missing.size < 5) missing.add(event.data.sandboxed);
    note.textContent = `This figure could not load ${[...missing].join(", ")}. It may be incomplete.`;
  };
  window.addEventListener("message", heard);
  show(frame, stage, figure, () => page(stage, figure));
  return () => window.removeEventListener("message", heard);
}
