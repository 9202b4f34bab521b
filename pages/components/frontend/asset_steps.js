// The position of an asset in the list that the reader came from, with links to the assets before and after it.
import { createElement, createIcon, getElement } from "./shared/elements.js";
import { createLink } from "./shared/links.js";

/** @import { AssetStepsData, ComponentArguments } from "./types.d.ts" */

/** @param {ComponentArguments<AssetStepsData>} component */
export default function drawAssetSteps({ data, parentElement }) {
  const back = createLink(data.href, "position", data.text);
  back.title = "Back to the list";
  getElement(parentElement, ".steps").replaceChildren(
    createStep("previous", "Previous asset", data.previous),
    back,
    createStep("next", "Next asset", data.next),
  );
}

/**
 * @param {"previous" | "next"} icon
 * @param {string} label
 * @param {AssetStepsData["next"]} step
 */
function createStep(icon, label, step) {
  const element = step ? createLink(step.href, "step") : createElement("span", "step");
  element.title = step ? `${label}: ${step.name}` : `No ${label.toLowerCase()}`;
  if (step) element.setAttribute("aria-label", element.title);
  element.append(createIcon(icon));
  return element;
}
