import { link } from "./shared/links.js";

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".home");
  const home = link(data.href, "name", data.label);
  home.title = "To the list of assets";
  // Dialogs and lists are drawn outside of Streamlit's own element, which alone has the theme's colour scheme:
  // `light-dark()` in page.css needs it on the whole document.
  const app = document.querySelector('[data-testid="stApp"]');
  if (app) document.documentElement.style.colorScheme = getComputedStyle(app).colorScheme;
  root.replaceChildren(home, link(data.href, "page", data.page));
}
