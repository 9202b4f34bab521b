// The state of the script on the server, as Streamlit's own page shows it.

/**
 * "running", "notRunning", …; undefined before Streamlit has drawn its own frame.
 * @returns {string | undefined}
 */
export function getScriptState() {
  const app = document.querySelector('[data-testid="stApp"]');
  return app instanceof HTMLElement ? app.dataset.testScriptState : undefined;
}
