// Which function draws which kind of figure.
import { drawChart } from "./chart.js";
import { drawConverted } from "./converted.js";
import { drawDataFile } from "./data_file.js";
import { drawExcerpt } from "./excerpt.js";
import { drawEmbed, drawHtmlPage } from "./frames.js";
import { drawPair } from "./pair.js";
import { drawPdf } from "./pdf.js";
import { drawPicture } from "./picture.js";
import { drawText } from "./text.js";
import { drawVideo } from "./video.js";

/** @import { Cleanup, Figure, Shell } from "../types.d.ts" */

/** What Streamlit draws in an element after ours: the stage shows nothing but what went wrong. */
const DRAWN_BY_STREAMLIT = new Set(["pdf", "chart"]);

/**
 * The kind by which figure.css gives the stage its size; "" hides it.
 * @param {Figure | null} figure
 */
export const getStageKind = (figure) => (figure && !DRAWN_BY_STREAMLIT.has(figure.kind) ? figure.kind : "");

/**
 * Draws a figure into the stage, and gives back how to end what that began.
 * @param {HTMLElement} stage
 * @param {Figure} figure
 * @param {Shell} shell
 * @returns {Cleanup | void}
 */
export function drawFigure(stage, figure, shell) {
  switch (figure.kind) {
    case "picture":
      return drawPicture(stage, figure, shell);
    case "video":
      return drawVideo(stage, figure, shell);
    case "pair":
      return drawPair(stage, figure, shell);
    case "pdf":
      return drawPdf(stage, figure, shell);
    case "chart":
      return drawChart(stage, figure, shell);
    case "text":
      return drawText(stage, figure, shell);
    case "converted":
      return drawConverted(stage, figure, shell);
    case "page":
      return drawHtmlPage(stage, figure, shell);
    case "embed":
      return drawEmbed(stage, figure, shell);
    case "excerpt":
      return drawExcerpt(stage, figure, shell);
    case "data":
      return drawDataFile(stage, figure, shell);
    default:
      throw new Error(`There is no such kind of figure: ${/** @type {Figure} */ (figure).kind}`);
  }
}
