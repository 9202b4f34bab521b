// Waiting for a file of a figure, and reporting in its place why it does not come.
import { createElement, getElement } from "../shared/elements.js";
import { getSuffix } from "./format.js";

/** @import { Cleanup } from "../types.d.ts" */

/** @typedef {{ address: string, name: string, kind?: string }} NamedFile */

/** How long a file is waited for before its place reports that it is late, in ms. */
export const LOAD_TIMEOUT = 8000;

const TOO_LARGE_TO_SHOW = 422; // the status of a file that is there, and would take too much to show
const LONGEST_REASON = 500; // characters
const MAX_BLOCKED = 1000;

/**
 * The message in the place of a figure that cannot be shown.
 * @param {string} reason
 * @param {() => void} retry
 * @param {HTMLElement[]} [actions] besides "Try again"
 */
export function createProblem(reason, retry, actions = []) {
  const problem = createElement("div", "message");
  problem.setAttribute("role", "alert");
  const again = createElement("button", "tool", "Try again");
  again.type = "button";
  again.addEventListener("click", retry);
  const row = createElement("div", "row");
  row.append(again, ...actions);
  problem.append(createElement("strong", "", "This figure could not be shown."), createElement("p", "", reason), row);
  return problem;
}

/**
 * What this page's policy did not let the browser load: the address as the page named it.
 * @type {Set<string>}
 */
const blocked = new Set();
document.addEventListener("securitypolicyviolation", (event) => {
  if (["img-src", "media-src"].includes(event.effectiveDirective) && blocked.size < MAX_BLOCKED)
    blocked.add(event.blockedURI);
});

/**
 * Why a file of another server did not come, as far as the page can know.
 * @param {string} address
 */
function describeForeignFailure(address) {
  const { href, origin, protocol } = new URL(address, location.href);
  if (blocked.has(href) || blocked.has(origin))
    return `This page's policy does not let the browser load it: it is at an http address, or leads on to one: ${address}`;
  if (location.protocol === "https:" && protocol === "http:")
    return `Browsers load no http pictures on a page at https, and by https that server did not deliver it: ${address}`;
  return `The server it is on did not deliver it, or the browser cannot read it: ${address}`;
}

/**
 * Why a file is not shown, and whether it is there all the same, to be downloaded.
 * @param {NamedFile} file
 * @returns {Promise<{ reason: string, isThere: boolean }>}
 */
async function findReason({ address, name, kind }) {
  const unreadable =
    kind === "video"
      ? `This browser cannot play it: it has no decoder for such a ${getSuffix(name)} file, or the file is damaged.`
      : "The file is there, but the browser cannot read it: it may be damaged or not what its name says.";
  if (!address.startsWith("/")) return { reason: describeForeignFailure(address), isThere: false };
  try {
    const signal = AbortSignal.timeout(LOAD_TIMEOUT);
    const response = await fetch(address, { headers: { Range: "bytes=0-0" }, signal });
    if (response.ok) return { reason: unreadable, isThere: true };
    const reason = (await response.text()).slice(0, LONGEST_REASON);
    return { reason, isThere: response.status === TOO_LARGE_TO_SHOW };
  } catch {
    return { reason: "The portal did not answer.", isThere: false };
  }
}

/** @param {NamedFile} file */
export function createDownload({ address, name }) {
  const anchor = createElement("a", "tool", "Download the file");
  return Object.assign(anchor, { href: address, download: name, rel: "noopener noreferrer", target: "_blank" });
}

/**
 * Waits for one file. What has not come after a while is reported in its place, and shown all the same when it comes.
 * @param {HTMLElement} stage
 * @param {NamedFile} file
 * @param {() => void} retry
 * @param {HTMLElement[]} [actions] offered besides "Try again"
 * @returns {{ stop: Cleanup, onLoaded: () => void, onFailed: () => Promise<void> }}
 */
export function waitForFile(stage, file, retry, actions = []) {
  const note = createElement("div", "wait", "Loading …");
  const allActions = file.kind === "video" ? [createDownload(file), ...actions] : actions;
  /** @type {HTMLElement | null} */
  let problem = null;
  const report = (/** @type {string} */ reason) => {
    problem?.remove();
    note.remove();
    problem = createProblem(reason, retry, allActions);
    stage.append(problem);
    return problem;
  };
  stage.append(note);
  const late = `${file.name} has not arrived after ${LOAD_TIMEOUT / 1000} seconds. It is shown as soon as it does.`;
  const timer = setTimeout(() => report(late), LOAD_TIMEOUT);
  const stop = () => clearTimeout(timer);
  return {
    stop,
    onLoaded() {
      stop();
      note.remove();
      problem?.remove();
    },
    async onFailed() {
      stop();
      const reported = report("Looking for the reason …");
      const { reason, isThere } = await findReason(file);
      getElement(reported, "p").textContent = (actions.length ? `${file.name}: ` : "") + reason;
      if (isThere && file.kind !== "video" && file.address.startsWith("/files/"))
        getElement(reported, ".row").append(createDownload({ ...file, address: `${file.address}?download` }));
    },
  };
}
