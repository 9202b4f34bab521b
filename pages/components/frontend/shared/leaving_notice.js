// The line that states why a link is not followed yet, with a way to follow it nevertheless.
import { createElement } from "./elements.js";
import { isConnected } from "./unsent.js";

const SENDING = "Saving what you entered last, then this page is left.";
const NO_ANSWER = "The portal does not answer: what you entered last is not saved.";

/** @type {HTMLElement | null} */
let notice = null;

/**
 * Shows the line, or brings its words up to date.
 * @param {(leaves: boolean) => void} choose what the reader decided
 */
export function showLeavingNotice(choose) {
  if (!notice) {
    notice = createElement("div", "qc-leaving");
    const words = createElement("span");
    words.setAttribute("role", "status");
    const leave = createElement("button", "", "Leave without saving it");
    const stay = createElement("button", "", "Stay");
    leave.addEventListener("click", () => choose(true));
    stay.addEventListener("click", () => choose(false));
    for (const button of [leave, stay]) {
      button.type = "button";
      button.dataset.qcLink = "1"; // it changes nothing that has to be saved
    }
    notice.append(words, leave, stay);
    document.body.append(notice);
  }
  const words = isConnected() ? SENDING : NO_ANSWER;
  const shown = notice.firstElementChild;
  if (shown && shown.textContent !== words) shown.textContent = words;
}

export function hideLeavingNotice() {
  notice?.remove();
  notice = null;
}
