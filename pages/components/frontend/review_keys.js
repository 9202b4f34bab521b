// The keys of the review: hands positions to the script, and holds the dialog with the list of keys.
import { getElement } from "./shared/elements.js";
import { setKeyDialog } from "./shared/key_list.js";
import { setPositionSender } from "./shared/moving.js";
import { setStepSender } from "./shared/steps.js";

/** @import { ComponentArguments } from "./types.d.ts" */

/** @param {ComponentArguments<unknown>} component */
export default function drawReviewKeys({ parentElement, setTriggerValue }) {
  const dialog = getElement(parentElement, "dialog");
  if (dialog instanceof HTMLDialogElement) setKeyDialog(dialog);
  setPositionSender(setTriggerValue);
  setStepSender(setTriggerValue);
  return () => {
    setKeyDialog(null);
    setPositionSender(null);
    setStepSender(null);
  };
}
