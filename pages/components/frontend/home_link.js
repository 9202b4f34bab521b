// The way home, at the top of every page.
import { getElement } from "./shared/elements.js";
import { createLink } from "./shared/links.js";

/** @param {import("./types.d.ts").ComponentArguments<{ href: string, label: string, page: string }>} component */
export default function drawHomeLink({ data, parentElement }) {
  const home = createLink(data.href, "name", data.label);
  home.title = "To the list of assets";
  // Dialogs and lists are drawn outside of Streamlit's own element, which alone has the theme's colour scheme:
  // `light-dark()` in page.css needs it on the whole document.
  const app = document.querySelector('[data-testid="stApp"]');
  if (app) document.documentElement.style.colorScheme = getComputedStyle(app).colorScheme;
  getElement(parentElement, ".home").replaceChildren(home, createLink(data.href, "page", data.page));
}
