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
async function show(stage, frame, address, name) {
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

function embed(stage, figure, shell) {
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
  show(stage, frame, figure.address, figure.name);
  return () => window.removeEventListener("message", heard);
}
