// The navigation at the top of every page: the portal's name leads home, and each page has its link. In a review, whose line
// has the asset in it, the links are behind a button where the window is not wide.
import { watchConnectionDialog } from "./shared/connection_dialog.js";
import { observeSize, replaceObservers } from "./shared/drawings.js";
import { createElement, createIcon, getElement } from "./shared/elements.js";
import { watchPopovers } from "./shared/empty_popovers.js";
import { createLink } from "./shared/links.js";
import { closeFromOutside } from "./shared/menus.js";

/** @typedef {{ href: string, text: string, current: boolean }} PageLink */

const ROOM_FOR_LINKS = { review: 1800, other: 641 }; // px of the window's width

/** @type {Element | null} */
let followed = null;

/** Gives the whole document the colour scheme of Streamlit's own element, also when the reader's system changes it. */
function followTheme() {
  const app = document.querySelector('[data-testid="stApp"]');
  if (!app) return;
  const show = () => {
    document.documentElement.style.colorScheme = getComputedStyle(app).colorScheme;
  };
  show();
  if (followed === app) return;
  followed = app;
  new MutationObserver(show).observe(app, { attributes: true, attributeFilter: ["class", "style"] });
}

/** @param {import("./types.d.ts").ComponentArguments<{ href: string, label: string, folds: boolean, heading: string, pages: PageLink[] }>} component */
export default function drawNavigation({ data, parentElement }) {
  const home = createLink(data.href, "name", data.label);
  home.title = "To the list of assets";
  const pages = data.pages.map(({ href, text, current }) => {
    const link = createLink(href, "page", text);
    if (current) link.setAttribute("aria-current", "page");
    return link;
  });
  // Dialogs and lists are drawn outside of Streamlit's own element, which alone has the theme's colour scheme:
  // `light-dark()` in page.css needs it on the whole document.
  followTheme();
  watchPopovers();
  watchConnectionDialog();
  const root = getElement(parentElement, ".navigation");
  const menu = createElement("details", "menu");
  const summary = createElement("summary");
  const here = data.pages.find(({ current }) => current);
  summary.append(createIcon("menu"), ...(here ? [createElement("span", "here", here.text)] : []));
  summary.setAttribute("aria-label", "Pages");
  summary.title = "The other pages";
  const panel = createElement("div", "panel");
  menu.append(summary, panel);
  const fit = () => {
    const folded = window.innerWidth < ROOM_FOR_LINKS[data.folds ? "review" : "other"];
    if (folded) panel.replaceChildren(...pages);
    const heading = data.heading ? [createElement("h1", "unseen", data.heading)] : [];
    root.replaceChildren(...heading, home, ...(folded ? [menu] : pages));
  };
  fit();
  closeFromOutside(menu);
  return replaceObservers(root, () => [observeSize(fit)]);
}
