// After a submission the button that was pressed is gone, and the focus with it: Escape would no longer close the dialog.
// It goes to the next step, once for each outcome: the dialog's primary button, else the dialog itself.
export default function ({ data, parentElement }) {
  const host = parentElement.host ?? parentElement;
  if (host.qcOutcome === data.outcome) return;
  host.qcOutcome = data.outcome;
  const dialog = host.closest('[role="dialog"]');
  const until = performance.now() + 2000;
  const tryFocus = () => {
    if (!dialog?.isConnected) return;
    const button = dialog.querySelector('[data-testid="stBaseButton-primary"]:not(:disabled)');
    if (!button && performance.now() < until) setTimeout(tryFocus, 50);
    else (button ?? dialog).focus();
  };
  tryFocus();
}
