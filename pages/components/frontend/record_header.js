// The head of a review: the asset's name, its status, what is left of it, facts about it, the status by stage and tag.
import { getDraftCounts, observeDraftCounts } from "./shared/changed_metrics.js";
import { createElement, createStatusBadge, getElement } from "./shared/elements.js";
import { createLink } from "./shared/links.js";
import { addCounts, countDecided, countLeft, rollUpWith } from "./shared/status_counts.js";

/** @import { ComponentArguments, RecordHeaderData } from "./types.d.ts" */

/** @param {ComponentArguments<RecordHeaderData>} component */
export default function drawRecordHeader({ data, parentElement }) {
  const root = getElement(parentElement, ".header");
  const wasOpen = root.querySelector("details")?.open ?? false;
  const top = createElement("div", "top");
  const counts = createElement("div", "counts");
  top.append(createElement("h1", "", data.name), counts);
  const facts = createElement("div", "facts");
  for (const { text, href } of data.facts) {
    const fact = createElement("span", "", href ? null : text);
    if (href) fact.append(createLink(href, "", text));
    facts.append(fact);
  }
  root.replaceChildren(top, facts);
  if (data.by.length) root.append(createStatusList(data, wasOpen));
  const show = () => showCounts(counts, data);
  show();
  return observeDraftCounts(show);
}

/**
 * The status, and how much is left to decide: with the reader's draft. What the record has is beside it where it differs.
 * @param {HTMLElement} element
 * @param {RecordHeaderData} data
 */
function showCounts(element, data) {
  const { counts: change } = getDraftCounts(data.record, "");
  const counts = addCounts(data.counts, change);
  const [left, decided] = [countLeft(counts), countDecided(counts)];
  const without = data.count - left - decided;
  const words = left || without ? `${left} left of ${data.count} · ${decided} decided` : `All ${decided} decided`;
  const bar = createElement("span", "bar");
  const done = createElement("span", "done");
  done.style.width = `${data.count ? (100 * decided) / data.count : 0}%`;
  bar.append(done);
  element.replaceChildren(
    createStatusBadge(rollUpWith(data.status, data.counts, change)),
    createElement("span", "left", without ? `${words} · ${without} without status` : data.count ? words : "No metrics"),
    ...(data.count ? [bar] : []),
  );
  if (change.some((number) => number !== 0)) {
    const stored = createElement("span", "stored", "in the record:");
    stored.append(createStatusBadge(data.status), `${countLeft(data.counts)} Pending`);
    element.append(stored);
  }
}

/**
 * The status by stage and tag, folded.
 * @param {RecordHeaderData} data
 * @param {boolean} open
 */
function createStatusList(data, open) {
  const details = createElement("details");
  details.open = open;
  const by = createElement("div", "by");
  for (const [name, status] of data.by) {
    const entry = createElement("span");
    entry.append(createElement("span", "name", name), createStatusBadge(status));
    by.append(entry);
  }
  details.append(createElement("summary", "", "Status by stage and tag"), by);
  return details;
}
