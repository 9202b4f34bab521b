// After a submission the button that was pressed is gone, and the focus with it: Escape would no longer close the dialog.
// It goes to the next step, once for each outcome: the dialog's primary button, else the dialog itself.
import { waitAtRest } from "./shared/script.js";

const LONGEST_WAIT = 2000; // ms for which the script is at rest

/**
 * The outcome that each component has answered.
 * @type {WeakMap<Element, unknown>}
 */
const outcomes = new WeakMap();

/** @param {import("./types.d.ts").ComponentArguments<{ outcome: number }>} component */
export default function focusDialog({ data, parentElement }) {
  const { host } = parentElement;
  if (outcomes.get(host) === data.outcome) return;
  outcomes.set(host, data.outcome);
  const dialog = host.closest('[role="dialog"]');
  if (!(dialog instanceof HTMLElement)) return;
  const findButton = () => dialog.querySelector('[data-testid="stBaseButton-primary"]:not(:disabled)');
  waitAtRest(() => !dialog.isConnected || findButton(), LONGEST_WAIT).then((button) => {
    if (dialog.isConnected) (button instanceof HTMLElement ? button : dialog).focus();
  });
}
