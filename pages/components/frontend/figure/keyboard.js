// What all kinds of figure share: keys, what the tab remembers, waiting for a figure, and saying why there is none.

const TYPING = /^(textbox|searchbox|combobox|listbox|option|spinbutton|grid|gridcell|menu|menuitem|tree|treeitem)$/;

const MOVES = /^(Arrow\w+| |Home|End)$/;

const NOT_TYPED_IN = new Set(["range", "button", "checkbox", "radio", "submit", "reset"]);

// A key belongs to the figure only while nobody types or moves within something else: letters from anywhere but a
// field, arrows and the space bar only where nothing else has the focus. C and R are Streamlit's own.
function isOurs(event, host) {
  const target = event.composedPath()[0];
  if (event.defaultPrevented || event.isComposing || document.querySelector('[role="dialog"]')) return false;
  if ((event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState("AltGraph")) return false;
  const field = target.closest?.("input, textarea, select, [contenteditable]:not([contenteditable=false])");
  if (field && !NOT_TYPED_IN.has(field.type)) return false;
  if (TYPING.test(target.getAttribute?.("role") ?? "") || target.tagName === "CANVAS") return false;
  if (!MOVES.test(event.key)) return true;
  if (target.matches?.("input, video, summary") || (event.key === " " && target.matches?.("button, a"))) return false;
  return target === document.body || target === document.documentElement || event.composedPath().includes(host);
}

// Several figures can stand on a page (two that no handle can join): the first answers, or the one with the focus.
const listening = [];

document.addEventListener("keydown", (event) => {
  const own = listening.find((one) => event.composedPath().includes(one.host));
  const one = own ?? listening[0];
  if (one && isOurs(event, one.host) && one.answer(event.key, event.shiftKey)) event.preventDefault();
});

export function listen(host, answer) {
  const one = { host, answer };
  listening.push(one);
  return () => listening.splice(listening.indexOf(one), 1);
}
