// The line above a figure: the way to the next one and its name on the left, the controls of its kind, and on the right a tab
// of its own, full screen, and the keys.
import { buildHint } from "../shared/chord_arithmetic.js";
import { createElement, createIcon } from "../shared/elements.js";
import { toggleKeyList } from "../shared/key_list.js";
import { createLink } from "../shared/links.js";
import { createButton } from "./controls.js";
import { isFullScreen, setFullScreen } from "./full_screen.js";

/** @import { FigureData, FigureStep, ReviewPosition } from "../types.d.ts" */
/** @import { IconName } from "../shared/elements.js" */

/**
 * @param {string} label
 * @param {"previousFigure" | "nextFigure"} command
 * @param {IconName} icon
 * @param {FigureStep | null} to
 * @param {(position: ReviewPosition) => void} follow
 */
function createStep(label, command, icon, to, follow) {
  const link = createLink(to?.href ?? "#", `tool${to ? "" : " off"}`, undefined, () => to && follow(to.position));
  link.append(createIcon(icon));
  link.setAttribute("aria-label", label);
  link.title = buildHint(command);
  if (!to) {
    link.removeAttribute("href");
    link.setAttribute("role", "link"); // it is none without an address
    link.setAttribute("aria-disabled", "true");
  }
  return link;
}

/** @param {string} address */
function createTabButton(address) {
  const anchor = createElement("a", "tool");
  anchor.append(createIcon("tab"), createElement("span", "long", " New tab"));
  Object.assign(anchor, { href: address, target: "_blank", rel: "noopener noreferrer" });
  anchor.setAttribute("aria-label", "Open this figure in a new tab");
  return anchor;
}

/**
 * @param {FigureData} data
 * @param {(position: ReviewPosition) => void} follow
 */
export function createTools(data, follow) {
  const bar = createElement("div", "tools");
  if (data.of > 1) {
    bar.append(createStep("Previous figure", "previousFigure", "previous", data.previous, follow));
    bar.append(createElement("span", "position", `${data.position} of ${data.of}`));
    bar.append(createStep("Next figure", "nextFigure", "next", data.next, follow));
  }
  const name = createElement("span", "name", data.name);
  name.title = data.name;
  bar.append(name);
  const end = createElement("div", "tools end");
  if (data.opens) end.append(createTabButton(data.opens));

  const full = createButton(buildHint("fullScreen"), createIcon("full"), () => setFullScreen(!isFullScreen()));
  const word = createElement("span", "long");
  full.append(word);
  function showFullScreen() {
    word.textContent = isFullScreen() ? " Leave" : " Full screen";
    full.setAttribute("aria-label", isFullScreen() ? "Leave full screen" : "Full screen");
    full.hidden = !data.shown && !isFullScreen();
  }
  showFullScreen();

  const keys = createButton(buildHint("showKeys"), "?", toggleKeyList);
  keys.classList.add("keys-button");
  end.append(full, keys);
  return { bar, end, showFullScreen };
}
