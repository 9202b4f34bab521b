// Loads the module of a component, and its styles, each once for all places where the component is drawn.

/** @import { Cleanup, ComponentArguments } from "./types.d.ts" */

const TRIES = 3;
const PAUSE = 1000; // ms between two tries

/** @type {Map<string, Promise<CSSStyleSheet>>} */
const sheets = new Map();

/**
 * What `attempt` gives; it is tried three times in all.
 * @template Result
 * @param {() => Promise<Result>} attempt
 * @param {number} [tries]
 * @returns {Promise<Result>}
 */
async function retry(attempt, tries = TRIES) {
  try {
    return await attempt();
  } catch (error) {
    if (tries === 1) throw error;
    await new Promise((resume) => setTimeout(resume, PAUSE));
    return retry(attempt, tries - 1);
  }
}

/** @param {string} name */
async function fetchSheet(name) {
  const response = await fetch(new URL(`./${name}.css`, import.meta.url));
  if (!response.ok) throw new Error(`${name}.css did not load: ${response.status}`);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(await response.text());
  return sheet;
}

/** @param {string} name */
function loadSheet(name) {
  const known = sheets.get(name) ?? retry(() => fetchSheet(name));
  sheets.set(name, known);
  return known;
}

/**
 * The function that draws the component `name`, for Streamlit to call.
 * @param {string} name
 * @param {string[]} styles names of files of styles
 * @returns {Promise<(component: ComponentArguments<unknown>) => Cleanup | void>}
 */
export async function loadComponent(name, styles) {
  const module = retry(() => import(new URL(`./${name}.js`, import.meta.url).href));
  const adopted = await Promise.all(styles.map(loadSheet));
  const draw = (await module).default;
  return (component) => {
    const root = component.parentElement;
    const missing = adopted.filter((sheet) => !root.adoptedStyleSheets.includes(sheet));
    if (missing.length) root.adoptedStyleSheets.push(...missing);
    return draw(component);
  };
}
