// A picture that the server made of one that no browser shows: what was done to it is shown above, and can be changed.
import { createElement } from "../shared/elements.js";
import { createArrayField } from "./array_field.js";
import { findCommand, STACK_COMMANDS, STACK_ROWS } from "./keys.js";
import { createPageFields } from "./page_fields.js";
import { buildPageQuery } from "./pages_arithmetic.js";
import { showPercentileFields } from "./percentile_fields.js";
import { buildPercentileQuery, describeConversion, findChosenPercentiles, getPercentiles } from "./percentiles.js";
import { drawPicture } from "./picture.js";
import { requestForStage, showProblem } from "./requests.js";
import { recallStack } from "./stack_address.js";

/** @import { Cleanup, ConvertedFigure, DrawFigure, PageWindow } from "../types.d.ts" */

/** @type {DrawFigure<ConvertedFigure>} */
export function drawConverted(stage, figure, shell) {
  const box = createElement("div", "converted");
  const bar = createElement("div", "stretch");
  const facts = createElement("span", "facts", "Converting…");
  facts.setAttribute("role", "status");
  const inner = createElement("div", "stage");
  box.append(bar, inner);
  bar.append(facts);
  stage.replaceChildren(box);
  let percentiles = getPercentiles(figure);
  const recalled = recallStack(figure.address);
  let { array } = recalled;
  /** @type {PageWindow} */
  let pages = { page: recalled.page, window: recalled.window };
  /** @type {HTMLElement | null} */
  let arrayField = null;
  /** @type {ReturnType<typeof createPageFields> | null} */
  let fields = null;
  /** @type {Cleanup | void} */
  let cleanup;

  const keep = () => shell.keepStack({ array, ...pages, percentiles: findChosenPercentiles(figure.address) });

  async function draw() {
    const [wanted, wantedPages, wantedArray] = [percentiles, pages, array];
    const query = buildPercentileQuery(wanted) + buildPageQuery(wantedPages) + buildArrayQuery(wantedArray);
    const { response, reason } = await requestForStage(inner, figure, draw, `${figure.address}${query}&facts`);
    if (wanted !== percentiles || wantedPages !== pages || wantedArray !== array || !box.isConnected) return;
    cleanup?.();
    cleanup = undefined;
    if (!response) {
      facts.textContent = "Not converted.";
      showProblem(inner, reason, draw);
      return;
    }
    /** @type {import("../types.d.ts").ConversionFacts} */
    const done = await response.json();
    facts.textContent = describeConversion(done);
    showPercentileFields(bar, figure, done, (next) => {
      percentiles = next;
      keep();
      draw();
    });
    if (!arrayField && done.arrays) {
      arrayField = createArrayField(done.arrays, done.array, chooseArray);
      bar.append(arrayField);
    }
    if (!fields && done.pages > 1 && done.first !== undefined) {
      fields = createPageFields(done.pages, pages, (next) => {
        pages = next;
        keep();
        draw();
      });
      bar.after(fields.element);
      addPageKeys([], () => false); // until the picture, which has keys too, is loaded
    }
    inner.replaceChildren();
    shell.controls.replaceChildren();
    const file = { kind: /** @type {const} */ ("picture"), address: figure.address + query, name: figure.name };
    cleanup = drawPicture(inner, file, { ...shell, retry: draw, setKeys: addPageKeys });
  }

  /** Draws another array from its first slice on. @param {string} name */
  function chooseArray(name) {
    array = name;
    pages = { page: 1, window: 1 };
    keep();
    fields?.element.remove();
    fields = null;
    draw();
  }

  /** The keys of a picture, and those of a stack's pages. @type {import("../types.d.ts").Shell["setKeys"]} */
  function addPageKeys(rows, handle) {
    if (!fields) return shell.setKeys(rows, handle);
    shell.setKeys([...rows, ...STACK_ROWS], (key, shift) => {
      const command = findCommand(STACK_COMMANDS, key);
      if (!command) return handle(key, shift);
      fields?.step(command === "nextPage" ? 1 : -1);
      return true;
    });
  }

  draw();
  return () => cleanup?.();
}

/** @param {string} array */
const buildArrayQuery = (array) => (array ? `&array=${encodeURIComponent(array)}` : "");
