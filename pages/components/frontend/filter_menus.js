// Menus of the list of assets: facets with counts, dates, columns, files to download. Each choice is a link, so that every
// state of the list has an address; a menu stays open while several values are chosen.
import { createElement, createIcon, getElement } from "./shared/elements.js";
import { createLink } from "./shared/links.js";
import { createListLink, openList } from "./shared/list_answers.js";
import { setParameter, toggleParameter } from "./shared/parameters.js";

/** @import { ComponentArguments, FilterMenu, FilterMenusData } from "./types.d.ts" */

const FILTERED_FROM = 12; // values of a menu from which on it has a field to search them
const MARGIN = 8; // px between a menu and the window's edge

/** What is drawn in each place: the same is not drawn again, under a pointer that is just pressed. @type {WeakMap<HTMLElement, string>} */
const drawn = new WeakMap();

/** @param {ComponentArguments<FilterMenusData>} component */
export default function drawFilterMenus({ data, parentElement }) {
  const root = getElement(parentElement, ".menus");
  const encoded = JSON.stringify(data);
  if (drawn.get(root) === encoded) return;
  drawn.set(root, encoded);
  const items = data.menus.map((menu) =>
    menu.kind === "toggle" ? createToggle(menu, data.search) : updateMenu(root, menu, data.search),
  );
  const focused = parentElement.activeElement;
  const key = focused instanceof HTMLElement ? focused.dataset.focusKey : undefined;
  // What stays in its place is not moved: that would close an open menu.
  for (const [index, item] of items.entries())
    if (root.children[index] !== item) {
      const old = root.children[index];
      if (old && !items.includes(/** @type {HTMLElement} */ (old))) old.replaceWith(item);
      else root.insertBefore(item, old ?? null);
    }
  while (root.children.length > items.length) root.lastElementChild?.remove();
  if (key && !parentElement.activeElement)
    for (const element of root.querySelectorAll("[data-focus-key]"))
      if (element instanceof HTMLElement && element.dataset.focusKey === key) element.focus();
}

/**
 * @param {Extract<FilterMenu, { kind: "toggle" }>} menu
 * @param {string} search
 */
function createToggle(menu, search) {
  const link = createListLink(toggleParameter(search, menu.key, menu.value), "button toggle");
  link.dataset.focusKey = menu.key;
  link.classList.toggle("chosen", menu.chosen);
  if (menu.chosen) link.setAttribute("aria-current", "true");
  link.append(createIcon(menu.icon), createElement("span", "", menu.label));
  link.append(createElement("span", "count", menu.count.toLocaleString("en")));
  const item = createElement("div", "item");
  item.append(link);
  return item;
}

/**
 * The menu's button and panel: those on screen where they are, with their content made again.
 * @param {HTMLElement} root
 * @param {Exclude<FilterMenu, { kind: "toggle" }>} menu
 * @param {string} search
 */
function updateMenu(root, menu, search) {
  const before = [...root.children].find((one) => one instanceof HTMLElement && one.dataset.key === menu.key);
  const item = before instanceof HTMLElement ? before : createMenu(menu.key);
  const button = getElement(item, "button");
  const chosen = countChosen(menu);
  button.replaceChildren(createElement("span", "", menu.label));
  button.classList.toggle("chosen", chosen > 0);
  button.classList.toggle("quiet", menu.kind === "links");
  if (chosen) button.append(createElement("span", "count", chosen));
  button.append(createElement("span", "arrow", "▾"));
  fillPanel(getElement(item, ".panel"), menu, search);
  return item;
}

/** @param {Exclude<FilterMenu, { kind: "toggle" }>} menu */
function countChosen(menu) {
  if (menu.kind === "values") return menu.chosen.length;
  return menu.kind === "dates" ? Number(Boolean(menu.from)) + Number(Boolean(menu.to)) : 0;
}

/** @param {string} key */
function createMenu(key) {
  const item = createElement("div", "item");
  item.dataset.key = key;
  const button = createElement("button", "button");
  const panel = createElement("div", "panel");
  button.type = "button";
  panel.popover = "auto";
  panel.id = `panel-${key}`;
  button.popoverTargetElement = panel;
  button.setAttribute("aria-haspopup", "true");
  button.setAttribute("aria-expanded", "false");
  panel.addEventListener("toggle", () => {
    const open = panel.matches(":popover-open");
    button.setAttribute("aria-expanded", String(open));
    if (open) placeBelow(panel, button);
  });
  item.append(button, panel);
  return item;
}

/**
 * @param {HTMLElement} panel
 * @param {HTMLElement} button
 */
function placeBelow(panel, button) {
  const at = button.getBoundingClientRect();
  const furthest = window.innerWidth - panel.offsetWidth - MARGIN;
  panel.style.left = `${Math.max(MARGIN, Math.min(at.left, furthest))}px`;
  panel.style.top = `${at.bottom + 4}px`;
  panel.style.maxHeight = `${Math.max(160, window.innerHeight - at.bottom - 4 - MARGIN)}px`;
  const field = panel.querySelector("input, a[href]");
  if (field instanceof HTMLElement) field.focus();
}

/**
 * @param {HTMLElement} panel
 * @param {Exclude<FilterMenu, { kind: "toggle" }>} menu
 * @param {string} search
 */
function fillPanel(panel, menu, search) {
  const focusKey = getFocusKey(panel);
  if (menu.kind === "dates") fillDates(panel, menu, search);
  else if (menu.kind === "values") fillValues(panel, menu, search);
  else if (menu.kind === "choices")
    panel.replaceChildren(
      createList(menu.choices.map(({ text, href, chosen }) => createChoice(text, href, chosen, null))),
    );
  else if (menu.kind === "links")
    panel.replaceChildren(
      ...menu.groups.flatMap(({ title, links }) => [
        createElement("div", "note", title),
        createList(links.map(({ text, href }) => (href ? createLink(href, "choice", text) : createElement("span", "choice", text)))),
      ]),
    );
  else {
    const links = menu.files.map(({ text, href }) => {
      const link = createElement("a", "choice", text);
      link.href = href;
      link.download = "";
      link.dataset.focusKey = text;
      return link;
    });
    panel.replaceChildren(createElement("div", "note", menu.title), createList(links));
  }
  if (focusKey && panel.matches(":popover-open") && !getFocusKey(panel))
    for (const element of panel.querySelectorAll("[data-focus-key]"))
      if (element instanceof HTMLElement && element.dataset.focusKey === focusKey) element.focus();
}

/** @param {HTMLElement} panel */
function getFocusKey(panel) {
  const root = panel.getRootNode();
  const focused = root instanceof ShadowRoot ? root.activeElement : null;
  return focused instanceof HTMLElement && panel.contains(focused) ? focused.dataset.focusKey : undefined;
}

/**
 * @param {HTMLElement} panel
 * @param {Extract<FilterMenu, { kind: "values" }>} menu
 * @param {string} search
 */
function fillValues(panel, menu, search) {
  const links = menu.values.map(([value, count]) =>
    createChoice(value, toggleParameter(search, menu.key, value), menu.chosen.includes(value), count),
  );
  const list = createList(links);
  /** @type {HTMLElement[]} */
  const parts = [list];
  if (!links.length) parts.push(createElement("div", "note", "No asset has a value."));
  if (menu.hidden)
    parts.push(createElement("div", "note", `${menu.hidden.toLocaleString("en")} more: filter to find them.`));
  const before = panel.querySelector("input");
  if (links.length < FILTERED_FROM) panel.replaceChildren(...parts);
  else {
    const field = before ?? createSearchField(menu.label);
    const filter = () => {
      for (const item of list.children)
        if (item instanceof HTMLElement)
          item.hidden = !item.textContent?.toLowerCase().includes(field.value.toLowerCase());
    };
    field.oninput = filter;
    for (const old of panel.querySelectorAll(":scope > :not(input)")) old.remove();
    if (!before) panel.append(field);
    panel.append(...parts);
    filter();
  }
}

/** @param {string} label */
function createSearchField(label) {
  const field = createElement("input");
  Object.assign(field, { type: "search", placeholder: `Find a value`, ariaLabel: `Find in ${label}` });
  field.dataset.focusKey = "search";
  return field;
}

/**
 * @param {HTMLElement} panel
 * @param {Extract<FilterMenu, { kind: "dates" }>} menu
 * @param {string} search
 */
function fillDates(panel, menu, search) {
  const rows = /** @type {const} */ (["from", "to"]).map((key) => {
    const label = createElement("label", "", key === "from" ? "Acquired from" : "until");
    const field = createElement("input");
    Object.assign(field, { type: "date", value: menu[key], max: "9999-12-31" });
    field.dataset.focusKey = key;
    // A year that is still being typed is a valid date of the first centuries.
    field.onchange = () => {
      if (field.value === menu[key] || (field.value && field.value < "1900")) return;
      void openList(setParameter(search, key, field.value));
    };
    label.append(field);
    return label;
  });
  panel.replaceChildren(...rows);
}

/** @param {HTMLElement[]} links */
function createList(links) {
  const list = createElement("ul");
  list.append(
    ...links.map((link) => {
      const item = createElement("li");
      item.append(link);
      return item;
    }),
  );
  return list;
}

/**
 * @param {string} text
 * @param {string} href
 * @param {boolean} chosen
 * @param {number | null} count
 */
function createChoice(text, href, chosen, count) {
  const link = createListLink(href, "choice");
  link.dataset.focusKey = text;
  if (chosen) link.setAttribute("aria-current", "true");
  link.append(createElement("span", "box", chosen ? "✓" : ""), createElement("span", "value", text));
  if (count !== null) link.append(createElement("span", "count", count.toLocaleString("en")));
  return link;
}
