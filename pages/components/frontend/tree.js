import { leaveCards } from "./shared/cards.js";
import { changedMetrics, observeChangedMetrics } from "./shared/changed_metrics.js";
import { element, icon, statusBadge } from "./shared/elements.js";
import { link } from "./shared/links.js";

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".tree");
  // What the reader opened or typed survives redraws: it is kept on the element, by the group's address.
  const memory = (root.memory ??= { opened: new Map(), filter: "", selected: null, shown: false });
  if (memory.selected !== data.selected) {
    memory.selected = data.selected;
    memory.shown = false;
    for (const key of data.open) memory.opened.set(key, true);
  }
  const focused = root.getRootNode().activeElement?.dataset?.key;
  root.replaceChildren();

  // Behind its button, above an embedded view, it has a box of its own and needs no drawer.
  const boxed = document.querySelector('[data-testid="stPopoverBody"]')?.contains(parentElement.host ?? root) ?? false;
  const fit = () => {
    root.classList.toggle("narrow", window.innerWidth < 1200 && !boxed);
    root.classList.toggle("shown", memory.shown);
  };
  const drawer = element("button", "drawer");
  drawer.type = "button";
  drawer.append(icon("menu"), element("span", "label", data.path), statusBadge(data.status));
  drawer.setAttribute("aria-expanded", String(memory.shown));
  drawer.addEventListener("click", () => {
    memory.shown = !memory.shown;
    drawer.setAttribute("aria-expanded", String(memory.shown));
    fit();
  });

  const body = element("div", "body");
  const filter = element("input", "filter");
  filter.type = "search";
  filter.placeholder = "Filter groups and metrics";
  filter.setAttribute("aria-label", "Filter groups and metrics");
  filter.value = memory.filter;
  const list = element("ul");
  list.setAttribute("role", "tree");
  list.setAttribute("aria-label", "Groups of metrics");

  const matches = (node) =>
    !memory.filter || node.search.includes(memory.filter.toLowerCase()) || node.children.some(matches);
  const isOpen = (node) => (memory.filter ? true : memory.opened.get(node.key) ?? false);

  function item(node, depth) {
    const li = element("li");
    li.setAttribute("role", "none");
    const row = link(node.href, `row${node.key === data.selected ? " selected" : ""}`, undefined, () => {
      leaveCards();
      setTriggerValue("followed", { group: node.key });
    });
    row.style.setProperty("--depth", depth);
    row.dataset.key = node.key;
    row.setAttribute("role", "treeitem");
    row.setAttribute("aria-level", String(depth + 1));
    if (node.key === data.selected) row.setAttribute("aria-current", "true");
    row.tabIndex = -1;
    row.append(element("span", "toggle"), element("span", "label", node.label));
    row.append(element("span", "mark"));
    const count = element("span", "count", `${node.pending} / ${node.count}`);
    count.title = `${node.count} metrics, ${node.pending} Pending`;
    row.append(count, statusBadge(node.status));
    row.setAttribute("aria-label", `${node.label}, ${node.status || "no status"}, ${node.count} metrics, ${node.pending} pending`);
    li.append(row);
    if (node.allowed) {
      row.setAttribute("aria-label", `${row.getAttribute("aria-label")}, ${node.allowed}`);
      const allowed = element("div", "allowed", node.allowed);
      allowed.style.setProperty("--depth", depth);
      li.append(allowed);
    }
    if (node.children.length) {
      const group = element("ul");
      group.setAttribute("role", "group");
      group.hidden = !isOpen(node);
      row.setAttribute("aria-expanded", String(isOpen(node)));
      for (const child of node.children) if (matches(child)) group.append(item(child, depth + 1));
      li.append(group);
      const flip = (open) => {
        memory.opened.set(node.key, open);
        group.hidden = !open;
        row.setAttribute("aria-expanded", String(open));
      };
      row.flip = flip;
      // A branch opens and closes in place; only a leaf leads somewhere.
      row.addEventListener("click", (event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        flip(group.hidden);
      }, { capture: true });
    }
    return li;
  }

  function draw() {
    list.replaceChildren();
    for (const node of data.nodes) if (matches(node)) list.append(item(node, 0));
    if (!list.children.length) list.append(element("li", "empty", "No group or metric matches this filter."));
    const rows = [...list.querySelectorAll(".row")];
    (rows.find((row) => row.dataset.key === (focused ?? data.selected)) ?? rows[0])?.setAttribute("tabindex", "0");
    markChanged();
  }
  const markChanged = () => {
    for (const row of list.querySelectorAll(".row")) {
      const number = changedMetrics(row.dataset.key);
      const mark = row.querySelector(".mark");
      mark.textContent = number ? `● ${number}` : "";
      mark.title = number ? `${number} changed, not yet submitted` : "";
    }
  };
  filter.addEventListener("input", () => {
    memory.filter = filter.value.trim();
    draw();
  });
  list.addEventListener("keydown", (event) => {
    const rows = [...list.querySelectorAll(".row")].filter((row) => row.offsetParent !== null);
    const current = event.target.closest?.(".row");
    const at = rows.indexOf(current);
    if (at < 0) return;
    const move = (to) => {
      if (!rows[to]) return;
      current.tabIndex = -1;
      rows[to].tabIndex = 0;
      rows[to].focus();
    };
    if (event.key === "ArrowDown") move(at + 1);
    else if (event.key === "ArrowUp") move(at - 1);
    else if (event.key === "Home") move(0);
    else if (event.key === "End") move(rows.length - 1);
    else if (event.key === "ArrowRight" && current.flip) current.flip(true);
    else if (event.key === "ArrowLeft" && current.flip) current.flip(false);
    else return;
    event.preventDefault();
  });

  draw();
  const legend = element("div", "legend");
  legend.append(element("span", "", "Pending / all"), element("span", "status-column", "Status"));
  body.append(filter, legend, list);
  root.append(drawer, body);
  fit();
  if (focused) list.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  window.addEventListener("resize", fit);
  const unobserve = observeChangedMetrics(markChanged);
  return () => {
    window.removeEventListener("resize", fit);
    unobserve();
  };
}
