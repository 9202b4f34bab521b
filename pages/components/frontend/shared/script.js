// The state of the script on the server, as Streamlit's own page shows it.

/**
 * "running", "notRunning", …; undefined before Streamlit has drawn its own frame.
 * @returns {string | undefined}
 */
export function getScriptState() {
  const app = document.querySelector('[data-testid="stApp"]');
  return app instanceof HTMLElement ? app.dataset.testScriptState : undefined;
}

const CHECK_INTERVAL = 50; // ms

/**
 * Waits until `find` gives something, and gives it; gives up once the script has been at rest for `limit` ms. While it runs,
 * however slow it is, what is looked for may still be drawn.
 * @template T
 * @param {() => T} find
 * @param {number} limit
 * @returns {Promise<T>}
 */
export async function waitAtRest(find, limit) {
  let lastRun = performance.now();
  for (;;) {
    const found = find();
    if (getScriptState() !== "notRunning") lastRun = performance.now();
    if (found || performance.now() - lastRun > limit) return found;
    await new Promise((resume) => setTimeout(resume, CHECK_INTERVAL));
  }
}
