import { leaveCards } from "./shared/cards.js";
import { element, statusBadge } from "./shared/elements.js";
import { link } from "./shared/links.js";

// The metrics of other groups that refer to the open figure, each a link to its own place; many are folded.
const MOST = 100;

const FEW = 8;

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".related");
  const all = data.groups.flatMap((group) => group.links);
  const details = element("details");
  details.open = root.chosen ?? all.length <= FEW;
  const many = `${all.length} more ${all.length === 1 ? "metric" : "metrics"}`;
  const summary = element("summary", "", `Also on this figure: ${many}`);
  summary.addEventListener("click", () => { root.chosen = !details.open; });
  details.append(summary);
  let left = MOST;
  for (const group of data.groups) {
    if (left <= 0) break;
    details.append(element("div", "quiet group", group.label));
    for (const one of group.links.slice(0, left)) {
      const row = link(one.href, "row", undefined, () => {
        leaveCards();
        setTriggerValue("followed", one.place);
      });
      row.append(statusBadge(one.status), element("span", "", one.name));
      details.append(row);
    }
    left -= group.links.length;
  }
  if (all.length > MOST) details.append(element("div", "quiet", `and ${all.length - MOST} more`));
  root.replaceChildren(details);
}
