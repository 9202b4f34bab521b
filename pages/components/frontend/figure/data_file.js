import { asked } from "./requests.js";
import { copyButton, opensElsewhere, tabLink } from "./text_links.js";
import { element } from "../shared/elements.js";

function sizeInWords(bytes) {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  const step = bytes < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** step).toLocaleString("en", { maximumFractionDigits: step ? 1 : 0 })} ${units[step]}`;
}

export function drawDataFile(stage, figure) {
  const say = element("div", "say");
  const size = element("span", "size");
  const title = element("strong", "", `${figure.format}: ${figure.name}`);
  say.append(title, size, element("p", "", "This holds data, which the portal does not draw. Open it in a notebook or a viewer made for it."));
  const text = element("pre", "", figure.text);
  text.tabIndex = 0;
  const row = element("div", "row");
  row.append(copyButton("Copy the path", figure.text));
  if (figure.address) {
    const whole = new URL(figure.address, location.href).href;
    row.append(copyButton("Copy a link", whole), figure.address.startsWith("/") ? tabLink(figure.address, "Download") : opensElsewhere(whole));
  }
  say.append(text, row);
  stage.replaceChildren(say);
  if (figure.measured) sizeOf(figure.measured, size);
}

// A file in a hosted store is not copied to learn its size; some places do not say it.
async function sizeOf(address, place) {
  const { answer, reason } = await asked(`${address}?size`);
  if (reason) {
    place.textContent = " It is missing, or cannot be reached.";
    return;
  }
  const { bytes, whole } = await answer.json();
  if (Number.isFinite(bytes)) place.textContent = `${whole ? "" : " at least"} ${sizeInWords(bytes)}`;
}
