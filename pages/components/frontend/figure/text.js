import { copyButton, opensElsewhere } from "./text_links.js";
import { element } from "../shared/elements.js";

// What it is, why it is not shown, whom that concerns, and the text itself.
export function drawText(stage, figure) {
  const say = element("div", "say");
  say.append(element("strong", "", figure.reason || "This reference names no figure."));
  if (figure.why) say.append(element("p", "", figure.why));
  if (!figure.link) say.append(element("p", "", "If it should be shown, tell the people who run the pipeline that wrote this record."));
  const text = element("pre", "", figure.text);
  text.tabIndex = 0;
  const row = element("div", "row");
  row.append(copyButton("Copy this text", figure.text));
  if (figure.link) row.append(opensElsewhere(figure.link));
  say.append(text, row);
  stage.append(say);
}
