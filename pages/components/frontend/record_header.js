// The head of a review: the asset's name, its status and counts, facts about it, and the status by stage and tag.
import { createElement, createStatusBadge, getElement } from "./shared/elements.js";
import { createLink } from "./shared/links.js";

/** @param {import("./types.d.ts").ComponentArguments<import("./types.d.ts").RecordHeaderData>} component */
export default function drawRecordHeader({ data, parentElement }) {
  const root = getElement(parentElement, ".header");
  const wasOpen = root.querySelector("details")?.open ?? false;
  const top = createElement("div", "top");
  const counts = createElement("div", "counts");
  counts.append(createStatusBadge(data.status), createElement("span", "", data.metrics));
  counts.append(createElement("span", data.pending === 0 ? "quiet" : "", `${data.pending} Pending`));
  top.append(createElement("h1", "", data.name), counts);
  const facts = createElement("div", "facts");
  for (const { text, href } of data.facts) {
    const fact = createElement("span", "", href ? null : text);
    if (href) fact.append(createLink(href, "", text));
    facts.append(fact);
  }
  root.replaceChildren(top, facts);
  if (!data.by.length) return;
  const details = createElement("details");
  details.open = wasOpen;
  const by = createElement("div", "by");
  for (const [name, status] of data.by) {
    const entry = createElement("span");
    entry.append(createElement("span", "name", name), createStatusBadge(status));
    by.append(entry);
  }
  details.append(createElement("summary", "", "Status by stage and tag"), by);
  root.append(details);
}
