import { PATIENCE, download, problem } from "./loading.js";


// A document is drawn by Streamlit's own element, which follows ours on the page. Here it is only looked whether it
// can be had; where it cannot, the reason stands in its place.
const NO_PDF =
  "It is there, but it is no PDF, or is damaged. Tell the people who run the pipeline that wrote it, or download the file and open it in another program.";

export function drawPdf(stage, figure, shell) {
  const drawnBelow = shell.host.closest('[data-testid="stElementContainer"]');
  const mark = (failed) => {
    drawnBelow?.toggleAttribute("data-qc-failed", failed);
    stage.dataset.kind = failed ? "text" : "";
  };
  const late = `${figure.name} has not arrived after ${PATIENCE / 1000} seconds.`;
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), PATIENCE);
  const look = async () => {
    try {
      const answer = await fetch(figure.address, { headers: { Range: "bytes=0-1023" }, signal: limit.signal });
      if (!answer.ok) return (await answer.text()).slice(0, 500);
      return (await answer.text()).includes("%PDF-") ? "" : NO_PDF;
    } catch {
      return limit.signal.reason === "gone" ? "" : limit.signal.aborted ? late : "The portal did not answer.";
    } finally {
      clearTimeout(timer);
    }
  };
  mark(false);
  const say = (words) => {
    mark(true);
    stage.replaceChildren(problem(words, () => window.location.reload(), [download(figure)]));
  };
  look().then((trouble) => trouble && say(trouble));
  const unwatch = watching(drawnBelow, () => say(NO_PDF));
  return () => {
    clearTimeout(timer);
    limit.abort("gone");
    unwatch();
    mark(false);
  };
}

// Streamlit's element fits a page to nothing: it is made as wide as there is room for, by its own buttons, until
// somebody uses them. What it says of a file that it cannot read, we say with a way to try again.
const LOOKS = 250;

const PRESS = 0.25; // what one press of its buttons adds to a scale that begins at 1

const [SMALLEST, WIDEST] = [0.5, 3];

const MARGIN = 40;

export function watching(drawnBelow, broken) {
  let fitted = 0;
  const timer = setInterval(() => {
    const inside = drawnBelow?.nextElementSibling && shadowWithin(drawnBelow.nextElementSibling);
    if (!inside) return;
    if (inside.querySelector('[data-testid="pdf-error"]')) {
      stop();
      broken();
      return;
    }
    const [room, page] = [inside.querySelector('[data-testid="pdf-content"]'), inside.querySelector("canvas")];
    if (!room?.clientWidth || !page?.clientWidth || fitted) return;
    fitted = (room.clientWidth - MARGIN) / page.clientWidth;
    const scale = Math.min(WIDEST, Math.max(SMALLEST, Math.floor(fitted / PRESS) * PRESS));
    const press = inside.querySelector(`[title="Zoom ${scale > 1 ? "In" : "Out"}"]`);
    for (let step = 0; press && step < Math.round(Math.abs(scale - 1) / PRESS); step += 1) press.click();
  }, LOOKS);
  const stop = () => clearInterval(timer);
  return stop;
}

function shadowWithin(element) {
  for (const one of element.querySelectorAll("*")) if (one.shadowRoot) return one.shadowRoot;
  return null;
}
