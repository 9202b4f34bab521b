import { element } from "./elements.js";

// Leaving for another page drops what its fields have not yet sent, and a request still waiting on the server. So a
// link waits until nothing was touched for a moment and the script stands still; mostly that is at once.
const QUIET = 150;

const LONGEST_WAIT = 5000;

let lastTouch = 0;
const touch = () => { lastTouch = performance.now(); };
for (const kind of ["input", "change", "focusout", "keydown"]) document.addEventListener(kind, touch, true);
document.addEventListener("click", (event) => {
  if (!event.composedPath().some((node) => node.dataset?.qcLink)) touch();
}, true);

export async function whenQuiet() {
  const until = performance.now() + LONGEST_WAIT;
  const running = () => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "running";
  while (performance.now() < until && (running() || performance.now() - lastTouch < QUIET))
    await new Promise((resume) => setTimeout(resume, 20));
}

// Streamlit reruns on popstate with the address as it then is: the same session, one clean history entry, so Back
// and Forward work, and a link can also be opened in a new tab.
async function go(href) {
  await whenQuiet();
  window.history.pushState({}, "", href);
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}

// A real link. A plain click is ours to answer: by default it goes to another page of the same session; within a page
// `follow` hands it to the script together with whatever the fields hold.
export function link(href, className, text, follow) {
  const anchor = element("a", className, text);
  anchor.href = href;
  anchor.dataset.qcLink = "1";
  anchor.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    (follow ?? go)(href);
  });
  return anchor;
}
