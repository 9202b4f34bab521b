// Loads the module of a component, and its styles, each once for all places where the component is drawn.
import { drawUnpressed } from "./shared/press.js";

/** @import { Cleanup, ComponentArguments } from "./types.d.ts" */

const TRIES = 3;
const PAUSE = 1000; // ms between two tries

/** @type {Map<string, CSSStyleSheet>} */
const sheets = new Map();
/** What the last drawing of each component gave, for when it leaves the page. @type {WeakMap<Node, Cleanup | void>} */
const endings = new WeakMap();

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

/** @type {Promise<Record<string, string>> | undefined} */
let texts;

/** @param {string} name */
async function loadSheet(name) {
  texts ??= retry(async () => (await import(new URL("./styles.js", import.meta.url).href)).default);
  const text = (await texts)[name] ?? "";
  const sheet = sheets.get(name) ?? new CSSStyleSheet();
  if (!sheets.has(name)) sheet.replaceSync(text);
  sheets.set(name, sheet);
  return sheet;
}

/** @param {string} name */
const importModule = (name) => import(new URL(`./${name}.js`, import.meta.url).href);

/**
 * The function that draws the component `name`, for Streamlit to call.
 * @param {string} name
 * @param {string[]} styles their names, as in `styles.js`, which the server makes of all files of styles
 * @param {(name: string) => Promise<any>} importComponent where it is not a file of its own
 * @returns {Promise<(component: ComponentArguments<unknown>) => Cleanup>}
 */
export async function loadComponent(name, styles, importComponent = importModule) {
  const module = retry(() => importComponent(name));
  const adopted = await Promise.all(styles.map(loadSheet));
  const draw = (await module).default;
  return (component) => {
    const root = component.parentElement;
    const missing = adopted.filter((sheet) => !root.adoptedStyleSheets.includes(sheet));
    if (missing.length) root.adoptedStyleSheets.push(...missing);
    const cancel = drawUnpressed(root, () => endings.set(root, draw(component)));
    return () => {
      cancel();
      endings.get(root)?.();
    };
  };
}
