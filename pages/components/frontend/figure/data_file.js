// A file of data: slices of an array in it where there are some, else what it is, how large, and how to get it.
import { createElement } from "../shared/elements.js";
import { drawConverted } from "./converted.js";
import { formatBytes } from "./format.js";
import { request } from "./requests.js";
import { createCopyButton, createExternalLink, createTabLink } from "./text_links.js";

const NOT_DRAWN =
  "This holds data, which the portal does not draw. Open it in a notebook or a viewer made for it.";

/** @type {import("../types.d.ts").DrawFigure<import("../types.d.ts").DataFigure>} */
export function drawDataFile(stage, figure, shell) {
  const message = createElement("div", "message");
  const size = createElement("span", "size");
  const title = createElement("strong", "", `${figure.format}: ${figure.name}`);
  message.append(title, size, createElement("p", "", NOT_DRAWN));
  const text = createElement("pre", "", figure.text);
  text.tabIndex = 0;
  const row = createElement("div", "row");
  row.append(createCopyButton("Copy the path", figure.text));
  if (figure.address) {
    const { href } = new URL(figure.address, location.href);
    const isOurs = figure.address.startsWith("/");
    row.append(createCopyButton("Copy a link", href));
    row.append(isOurs ? createTabLink(figure.address, "Download") : createExternalLink(href));
  }
  message.append(text, row);
  stage.replaceChildren(message);
  if (figure.measured) showSize(figure.measured, size);
  /** @type {import("../types.d.ts").Cleanup | void} */
  let cleanup;
  let ended = false;
  if (figure.sliced) showSlices(figure.sliced);
  return () => {
    ended = true;
    cleanup?.();
  };

  /** @param {NonNullable<import("../types.d.ts").DataFigure["sliced"]>} sliced */
  async function showSlices(sliced) {
    const looking = createElement("p", "", "Looking for an array that can be shown…");
    looking.setAttribute("role", "status");
    size.after(looking);
    const { response, reason } = await request(`${sliced.address}?facts&quiet`);
    const problem = response ? (await response.json()).problem : reason;
    if (ended || !message.isConnected) return;
    if (problem) {
      looking.textContent = problem;
      return;
    }
    const original = figure.address ?? sliced.address;
    cleanup = drawConverted(stage, { kind: "converted", ...sliced, original, name: figure.name }, shell);
  }
}

/**
 * A file in a hosted store is not copied to learn its size; some stores do not name it.
 * @param {string} address
 * @param {HTMLElement} size
 */
async function showSize(address, size) {
  const { response } = await request(`${address}?size`);
  if (!response) {
    size.textContent = " It is missing, or cannot be reached.";
    return;
  }
  const { bytes, whole } = await response.json();
  if (Number.isFinite(bytes)) size.textContent = `${whole ? "" : " at least"} ${formatBytes(bytes)}`;
}
