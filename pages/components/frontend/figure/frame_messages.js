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
export function listenTo(frame, origin, tell) {
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
