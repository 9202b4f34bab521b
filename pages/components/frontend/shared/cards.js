// From the click on a link within a review until its answer is drawn, the cards on screen belong to the figure before:
// they take no click and no key, and are dimmed, so that a late click is refused in sight. `cards_start.js` ends that;
// where no other cards come (the link failed, or led to the same place) it ends once the script has been at rest.
const REST = 400;

export function leaveCards() {
  const cards = document.querySelector(".st-key-qc-cards");
  if (!cards) return;
  cards.inert = true;
  const script = () => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState;
  let rested = performance.now();
  const watch = setInterval(() => {
    if (script() !== "notRunning") rested = performance.now();
    if (!cards.isConnected || !cards.inert || performance.now() - rested > REST) {
      clearInterval(watch);
      cards.inert = false;
    }
  }, 50);
}

export function arriveAtCards() {
  for (const cards of document.querySelectorAll(".st-key-qc-cards")) cards.inert = false;
}
