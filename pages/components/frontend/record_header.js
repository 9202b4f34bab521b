import { element, statusBadge } from "./shared/elements.js";

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".header");
  const wasOpen = root.querySelector("details")?.open ?? false;
  const top = element("div", "top");
  const counts = element("div", "counts");
  counts.append(statusBadge(data.status), element("span", "", data.metrics));
  counts.append(element("span", data.pending === 0 ? "quiet" : "", `${data.pending} Pending`));
  top.append(element("h1", "", data.name), counts);
  const facts = element("div", "facts");
  for (const fact of data.facts) facts.append(element("span", "", fact));
  root.replaceChildren(top, facts);
  if (data.by.length) {
    const details = element("details");
    details.open = wasOpen;
    details.append(element("summary", "", "Status by stage and tag"));
    const by = element("div", "by");
    for (const [name, status] of data.by) {
      const entry = element("span");
      entry.append(element("span", "name", name), statusBadge(status));
      by.append(entry);
    }
    details.append(by);
    root.append(details);
  }
}
