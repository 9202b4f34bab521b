// Presses a key in the page, and takes the milliseconds until the verdict is marked, another figure is shown, and the
// next metric can be decided.
async ([key, word, current]) => {
  const label = (card) => card?.querySelector('[role="radiogroup"]')?.getAttribute("aria-label");
  const isMarked = (card) => card.querySelector('[role="radio"][aria-checked="true"]')?.textContent.endsWith(word);
  const getPicture = () => {
    const roots = [...document.querySelectorAll(".st-key-qc-figure *")].map((node) => node.shadowRoot);
    return roots.map((root) => root?.querySelector(".stage img")?.getAttribute("src")).find(Boolean);
  };
  const isEnd = () => document.querySelector(".st-key-qc-bar")?.textContent.includes("decided.");
  const card = document.querySelector(current);
  const [before, shown, start] = [label(card), getPicture(), performance.now()];
  const taken = {};
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true }));
  while (taken.next === undefined && performance.now() - start < 30000) {
    await new Promise((resume) => requestAnimationFrame(resume));
    const now = performance.now() - start;
    if (taken.mark === undefined && isMarked(card)) taken.mark = now;
    if (taken.figure === undefined && getPicture() !== shown) taken.figure = now;
    const next = label(document.querySelector(current));
    if ((next && next !== before) || (taken.mark !== undefined && isEnd())) taken.next = now;
  }
  return taken;
}
