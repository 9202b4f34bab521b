import { element } from "../shared/elements.js";

export const PATIENCE = 8000;

// The status of a file that is there, and would take too much to show.
const REFUSED = 422;

export function problem(words, retry, more = []) {
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

export function download({ address, name }) {
  const away = element("a", "tool", "Download the file");
  Object.assign(away, { href: address, download: name, rel: "noopener noreferrer", target: "_blank" });
  return away;
}

// Waits for one file. What has not come after a while is said in its place, and shown all the same when it comes.
export function awaiting(stage, file, retry, others = []) {
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
