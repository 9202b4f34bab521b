// The tree of groups: what is in each, and its status. A branch opens and closes in place; only a leaf leads somewhere.
import { blockCards } from "./shared/cards.js";
import { observeDraftCounts } from "./shared/changed_metrics.js";
import { observeSize, replaceObservers } from "./shared/drawings.js";
import { createElement, createStatusBadge, getElement } from "./shared/elements.js";
import { getPages, namePage, setFigureList, setWantedPage } from "./shared/figure_pages.js";
import { createLink } from "./shared/links.js";
import { getOpenGroup, observeOpenGroup, setOpenGroup } from "./shared/open_group.js";
import { createChips, sumStates } from "./shared/tree_chips.js";
import { getGroupState, setRowGroup, showCounts } from "./shared/tree_counts.js";
import { getDrawer, observeDrawer, setDrawer } from "./shared/tree_drawer.js";
import { applySize, createTreeButton, createTreeEdge } from "./shared/tree_size.js";
import { listWay, matchesFilter, resolveTreeKey } from "./shared/tree_filter.js";

/** @import { ComponentArguments, GroupState, SendToServer, TreeData, TreeNode } from "./types.d.ts" */

const DRAWER_BELOW = 1200; // px of the window's width
const FILTER_LABEL = "Filter groups and metrics";
/** What an empty tree says, by the choice that narrows it. @type {Record<string, string>} */
const EMPTY = {
  "": "No group or metric matches this filter.",
  left: "Nothing is left to decide.",
  fail: "No metric is Fail.",
  changed: "You changed nothing that is not submitted.",
};

/**
 * What the reader opened or typed, by the group's address: it survives each drawing.
 * @typedef {{ opened: Map<string, boolean>, filter: string, selected: string | null,
 *   choice: string, sentChoice: string }} TreeState
 */

/** @type {WeakMap<HTMLElement, TreeState>} */
const states = new WeakMap();

/**
 * How each branch's row is opened and closed.
 * @type {WeakMap<Element, (open: boolean) => void>}
 */
const expanders = new WeakMap();

/**
 * @param {TreeData} data
 * @returns {TreeState}
 */
const createState = ({ show }) =>
  ({ opened: new Map(), filter: "", selected: null, choice: show, sentChoice: show });

/** @param {ComponentArguments<TreeData>} component */
export default function drawTree({ data, parentElement, setTriggerValue }) {
  const root = getElement(parentElement, ".tree");
  const state = states.get(root) ?? createState(data);
  states.set(root, state);
  if (data.show !== state.sentChoice) state.choice = state.sentChoice = data.show; // the address was changed
  const active = parentElement.activeElement;
  const focused = active instanceof HTMLElement ? active.dataset.key : undefined;
  const caret = active instanceof HTMLInputElement && active.matches(".filter") ? active.selectionStart : null;
  const open = () => getOpenGroup() ?? data;
  setFigureList(data.figures, data.address);
  noteOpened(state, open().selected);

  const fit = () => {
    const { path, wide } = open();
    const folded = wide || window.innerWidth < DRAWER_BELOW;
    root.classList.toggle("narrow", folded);
    setDrawer({ folded, label: path });
  };
  const showDrawer = () => root.classList.toggle("shown", getDrawer().shown);
  const list = createElement("ul");
  list.setAttribute("role", "tree");
  list.setAttribute("aria-label", "Groups of metrics");
  const ask = (/** @type {string} */ group) => setTriggerValue("why", { group });
  const getState = (/** @type {TreeNode} */ node) => getGroupState(node, data.record);
  const chips = createChips((choice) => {
    if (choice === state.choice) return;
    state.choice = choice;
    setTriggerValue("show", choice);
    drawList();
  });
  const drawList = () => {
    list.replaceChildren();
    for (const node of data.nodes) appendItem(list, node, 0, state, { sendToServer: setTriggerValue, getState });
    if (!list.children.length) list.append(createElement("li", "empty", EMPTY[state.filter ? "" : state.choice]));
    const rows = getRows(list);
    (rows.find((row) => row.dataset.key === (focused ?? state.selected)) ?? rows[0])?.setAttribute("tabindex", "0");
    markOpened(list, state);
    showAll();
  };
  const showAll = () => {
    showCounts(getRows(list), getState, ask);
    chips.show(state.choice, sumStates(data.nodes, getState));
  };
  list.addEventListener("keydown", (event) => answerKey(event, list));
  const filter = createFilter(state, drawList);
  const head = createElement("div", "head");
  head.append(createTreeButton(), filter);

  drawList();
  const legend = createElement("div", "legend");
  legend.append(createElement("span", "", "Left"), createElement("span", "status-column", "Status"));
  const body = createElement("div", "body");
  body.append(head, chips.element, ...createHiddenLine(data), legend, list, createTreeEdge());
  root.replaceChildren(body);
  applySize();
  fit();
  showDrawer();
  if (focused) getRows(list).find((row) => row.dataset.key === focused)?.focus();
  if (caret !== null) {
    filter.focus({ preventScroll: true }); // it was typed in while the tree is drawn again
    filter.setSelectionRange(caret, caret);
  }
  root.onkeydown = closeByEscape;
  return replaceObservers(root, () => [
    observeSize(fit),
    observeDraftCounts(showAll),
    observeDrawer(showDrawer),
    closeFromOutside(root),
    observeOpenGroup(() => {
      const moved = noteOpened(state, open().selected);
      markOpened(list, state);
      if (moved) expandWay(list, state);
      fit();
    }),
  ]);
}

/**
 * How many metrics are not in the tree, with the way to all of them; nothing where all are.
 * @param {TreeData} data
 */
function createHiddenLine({ hidden, whole, nodes }) {
  if (!hidden) return [];
  const line = createElement("div", "hidden");
  const shown = nodes.reduce((sum, { count }) => sum + count, 0);
  line.append(`${shown} of ${shown + hidden} metrics · ${hidden} hidden `, createLink(whole, "", "Show all"));
  return [line];
}

/**
 * Where another group is open now, the way to it is to be open, and the drawer closes.
 * @param {TreeState} state
 * @param {string} key
 * @returns {boolean} whether another group is open
 */
function noteOpened(state, key) {
  if (state.selected === key) return false;
  state.selected = key;
  setDrawer({ shown: false });
  for (const step of listWay(key)) state.opened.set(step, true);
  return true;
}

/**
 * Opens the branches that lead to the open group. A branch that the reader closed since stays closed.
 * @param {HTMLElement} list
 * @param {TreeState} state
 */
function expandWay(list, state) {
  const way = new Set(listWay(state.selected ?? ""));
  for (const row of getRows(list)) if (way.has(row.dataset.key ?? "")) expanders.get(row)?.(true);
}

/**
 * Marks the open group's row.
 * @param {HTMLElement} list
 * @param {TreeState} state
 */
function markOpened(list, state) {
  for (const row of getRows(list)) {
    const key = row.dataset.key ?? "";
    row.classList.toggle("selected", key === state.selected);
    if (key === state.selected) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}

/** @param {KeyboardEvent} event */
function closeByEscape(event) {
  if (event.key !== "Escape" || !getDrawer().shown) return;
  event.stopPropagation();
  setDrawer({ shown: false, returns: true });
}

/**
 * A press anywhere else closes the drawer, but for the line at the top, whose button does it.
 * @param {HTMLElement} root
 * @returns {() => void} ends that
 */
function closeFromOutside(root) {
  const close = (/** @type {PointerEvent} */ event) => {
    const path = event.composedPath();
    if (path.includes(root) || path.some((node) => node instanceof Element && node.matches(".st-key-qc-top"))) return;
    setDrawer({ shown: false });
  };
  document.addEventListener("pointerdown", close, true);
  return () => document.removeEventListener("pointerdown", close, true);
}

/**
 * @param {TreeState} state
 * @param {() => void} drawList
 */
function createFilter(state, drawList) {
  const filter = createElement("input", "filter");
  Object.assign(filter, { type: "search", placeholder: "Filter", value: state.filter });
  filter.setAttribute("aria-label", FILTER_LABEL);
  filter.addEventListener("input", () => {
    state.filter = filter.value.trim();
    drawList();
  });
  return filter;
}

/**
 * Appends a group with those below it, where the filter and the choice leave it; the open group stays in view.
 * @param {HTMLElement} list
 * @param {TreeNode} node
 * @param {number} depth
 * @param {TreeState} state
 * @param {{ sendToServer: SendToServer, getState: (node: TreeNode) => GroupState }} context
 * @param {{ path: string, isFound: boolean }} [above] the labels of the groups above it, and whether the text is in one
 */
function appendItem(list, node, depth, state, context, above = { path: "", isFound: false }) {
  const filter = { text: state.filter, choice: state.choice };
  const isOpen = !state.filter && listWay(state.selected ?? "").includes(node.key);
  if (isOpen || matchesFilter(node, filter, context.getState, above.isFound))
    list.append(createItem(node, depth, state, context, above));
}

/**
 * @param {TreeNode} node
 * @param {number} depth
 * @param {TreeState} state
 * @param {{ sendToServer: SendToServer, getState: (node: TreeNode) => GroupState }} context
 * @param {{ path: string, isFound: boolean }} above
 * @returns {HTMLElement}
 */
function createItem(node, depth, state, context, above) {
  const item = createElement("li");
  item.setAttribute("role", "none");
  const path = above.path ? `${above.path} / ${node.label}` : node.label;
  const row = createLink(node.href, "row", undefined, () => {
    blockCards();
    setOpenGroup({ selected: node.key, path, status: node.status, wide: getOpenGroup()?.wide ?? false });
    const first = getPages(node.key)[0];
    setWantedPage(first ? namePage(first.position) : null);
    context.sendToServer("followed", { group: node.key });
  });
  row.style.setProperty("--depth", String(depth));
  row.dataset.key = node.key;
  row.setAttribute("role", "treeitem");
  row.setAttribute("aria-level", String(depth + 1));
  row.tabIndex = -1;
  row.append(createElement("span", "toggle"), createElement("span", "label", node.label));
  row.append(createElement("span", "mark"), createElement("span", "count"), createStatusBadge(node.status));
  setRowGroup(row, node);
  item.append(row);
  if (node.allowed) {
    const allowed = createElement("div", "allowed", node.allowed);
    allowed.style.setProperty("--depth", String(depth));
    item.append(allowed);
  }
  if (!node.children.length) return item;

  const group = createElement("ul");
  group.setAttribute("role", "group");
  const expand = (/** @type {boolean} */ open) => {
    group.hidden = !open;
    row.setAttribute("aria-expanded", String(open));
  };
  expand(state.filter || state.choice ? true : (state.opened.get(node.key) ?? false));
  const isFound = above.isFound || node.search.includes(state.filter.toLowerCase());
  for (const child of node.children) appendItem(group, child, depth + 1, state, context, { path, isFound });
  item.append(group);
  const choose = (/** @type {boolean} */ open) => {
    state.opened.set(node.key, open);
    expand(open);
  };
  expanders.set(row, choose);
  row.addEventListener(
    "click",
    (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      if (event.target instanceof Element && event.target.closest(".status")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      choose(Boolean(group.hidden));
    },
    { capture: true },
  );
  return item;
}

/**
 * @param {HTMLElement} list
 * @returns {HTMLElement[]}
 */
const getRows = (list) => [...list.querySelectorAll("a.row")].filter((row) => row instanceof HTMLElement);

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement} list
 */
function answerKey(event, list) {
  const rows = getRows(list).filter((row) => row.offsetParent !== null);
  const at = rows.findIndex((row) => event.target instanceof Node && row.contains(event.target));
  const current = rows[at];
  if (!current) return;
  const answer = resolveTreeKey(event.key, at, rows.length);
  const expand = expanders.get(current);
  if (typeof answer === "number") {
    const next = rows[answer] ?? current;
    current.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  } else if (answer && expand) expand(answer === "open");
  else return;
  event.preventDefault();
}
