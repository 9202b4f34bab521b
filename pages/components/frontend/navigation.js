// The navigation at the top of every page: the portal's name leads home, and each page has its link.
import { getElement } from "./shared/elements.js";
import { createLink } from "./shared/links.js";

/** @typedef {{ href: string, text: string, current: boolean }} PageLink */

/** @param {import("./types.d.ts").ComponentArguments<{ href: string, label: string, pages: PageLink[] }>} component */
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
  const app = document.querySelector('[data-testid="stApp"]');
  if (app) document.documentElement.style.colorScheme = getComputedStyle(app).colorScheme;
  getElement(parentElement, ".navigation").replaceChildren(home, ...pages);
}
