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

function listen(host, answer) {
  const one = { host, answer };
  listening.push(one);
  return () => listening.splice(listening.indexOf(one), 1);
}

// What this tab remembers, through reloads; without storage, until the next reload.
const remembered = new Map();
const MOST_REMEMBERED = 300;
try {
  for (const [key, value] of JSON.parse(sessionStorage.getItem("qc-figures") ?? "[]")) remembered.set(key, value);
} catch {
  remembered.clear();
}

function remember(key, value) {
  remembered.delete(key);
  remembered.set(key, value);
  if (remembered.size > MOST_REMEMBERED) remembered.delete(remembered.keys().next().value);
  clearTimeout(remember.soon);
  remember.soon = setTimeout(() => {
    try {
      sessionStorage.setItem("qc-figures", JSON.stringify([...remembered]));
    } catch {
      /* no room or not allowed: it lasts until the next reload */
    }
  }, 100);
}

const recall = (key) => remembered.get(key);

function button(label, words, pressed) {
  const made = element("button", "tool");
  made.type = "button";
  made.title = label;
  made.setAttribute("aria-label", label.replace(/ \([^)]*\)$/, ""));
  made.append(words);
  made.addEventListener("click", pressed);
  return made;
}

const PATIENCE = 8000;
// The status of a file that is there, and would take too much to show.
const REFUSED = 422;

function problem(words, retry, more = []) {
  const say = element("div", "say");
  say.setAttribute("role", "alert");
  const again = element("button", "tool", "Try again");
  again.type = "button";
  again.addEventListener("click", retry);
  const row = element("div", "row");
  row.append(again, ...more);
  say.append(element("strong", "", "This figure could not be shown."), element("p", "", words), row);
  return say;
}

// What this page's policy did not let the browser load: the address as the page named it.
const blocked = new Set();
document.addEventListener("securitypolicyviolation", (event) => {
  if (["img-src", "media-src"].includes(event.effectiveDirective) && blocked.size < 1000) blocked.add(event.blockedURI);
});

// Why a file of another server did not come, as far as the page can know.
function reasonElsewhere(address) {
  const whole = new URL(address, location.href);
  if (blocked.has(whole.href) || blocked.has(whole.origin))
    return `This page's policy does not let the browser load it: it is at an http address, or leads on to one: ${address}`;
  if (location.protocol === "https:" && whole.protocol === "http:")
    return `Browsers load no http pictures on a page at https, and by https that server did not deliver it: ${address}`;
  return `The server it is on did not deliver it, or the browser cannot read it: ${address}`;
}

// Why a file is not shown, as `words`, and whether it is `there` all the same, to be downloaded.
async function reasonFor({ address, name, kind }) {
  const suffix = name.includes(".") ? name.slice(name.lastIndexOf(".")) : "";
  const unreadable = kind === "video"
    ? `This browser cannot play it: it has no decoder for such a ${suffix} file, or the file is damaged.`
    : "The file is there, but the browser cannot read it: it may be damaged or not what its name says.";
  if (!address.startsWith("/")) return { words: reasonElsewhere(address) };
  try {
    const answer = await fetch(address, { headers: { Range: "bytes=0-0" }, signal: AbortSignal.timeout(PATIENCE) });
    if (answer.ok) return { words: unreadable, there: true };
    return { words: (await answer.text()).slice(0, 500), there: answer.status === REFUSED };
  } catch {
    return { words: "The portal did not answer." };
  }
}

function download({ address, name }) {
  const away = element("a", "tool", "Download the file");
  Object.assign(away, { href: address, download: name, rel: "noopener noreferrer", target: "_blank" });
  return away;
}

// Waits for one file. What has not come after a while is said in its place, and shown all the same when it comes.
function awaiting(stage, file, retry, others = []) {
  const note = element("div", "wait", "Loading …");
  const more = file.kind === "video" ? [download(file), ...others] : others;
  let say = null;
  const put = (words) => {
    say?.remove();
    note.remove();
    say = problem(words, retry, more);
    stage.append(say);
  };
  stage.append(note);
  const late = `${file.name} has not arrived after ${PATIENCE / 1000} seconds. It is shown as soon as it does.`;
  const timer = setTimeout(() => put(late), PATIENCE);
  const stop = () => clearTimeout(timer);
  return {
    stop,
    arrived() {
      stop();
      note.remove();
      say?.remove();
    },
    async failed() {
      stop();
      put("Looking for the reason …");
      const which = others.length ? `${file.name}: ` : "";
      const { words, there } = await reasonFor(file);
      say.querySelector("p").textContent = which + words;
      if (there && file.kind !== "video" && file.address.startsWith("/files/"))
        say.querySelector(".row").append(download({ ...file, address: `${file.address}?download` }));
    },
  };
}

// A panel below the tools, opened by its button; a click elsewhere or Escape closes it.
function panel(opener, content) {
  const away = (event) => event.composedPath().some((node) => node === content || node === opener) || toggle(false);
  const toggle = (open = content.hidden) => {
    content.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    document[open ? "addEventListener" : "removeEventListener"]("pointerdown", away, true);
    if (open) (content.querySelector("input, button") ?? content).focus({ preventScroll: true });
  };
  content.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    toggle(false);
    opener.focus();
  });
  opener.addEventListener("click", () => toggle());
  content.tabIndex = -1;
  toggle(false);
  return toggle;
}
