// What Streamlit's own page tells of the script that it runs on the server.

/**
 * "running", "notRunning", …; undefined before Streamlit has drawn its own frame.
 * @returns {string | undefined}
 */
export function getScriptState() {
  const app = document.querySelector('[data-testid="stApp"]');
  return app instanceof HTMLElement ? app.dataset.testScriptState : undefined;
}
