// A reference that is not a figure: what it is, why it is not shown, whom that concerns, and the text itself.
import { createElement } from "../shared/elements.js";
import { createCopyButton, createExternalLink } from "./text_links.js";

const WHOM_TO_TELL = "If it should be shown, tell the people who run the pipeline that wrote this record.";

/** @type {import("../types.d.ts").DrawFigure<import("../types.d.ts").TextFigure>} */
export function drawText(stage, figure) {
  const message = createElement("div", "message");
  message.append(createElement("strong", "", figure.reason || "This reference names no figure."));
  if (figure.why) message.append(createElement("p", "", figure.why));
  if (!figure.link) message.append(createElement("p", "", WHOM_TO_TELL));
  const text = createElement("pre", "", figure.text);
  text.tabIndex = 0;
  const row = createElement("div", "row");
  row.append(createCopyButton("Copy this text", figure.text));
  if (figure.link) row.append(createExternalLink(figure.link));
  message.append(text, row);
  stage.append(message);
}
