// Links to other pages in the session that is open: Streamlit's own Markdown links open another tab.
import { createElement, getElement } from "./shared/elements.js";
import { createLink } from "./shared/links.js";

/** @typedef {{ belowEachOther: boolean, links: { href: string | null, text: string }[] }} LinksData */

/** @param {import("./types.d.ts").ComponentArguments<LinksData>} component */
export default function drawLinks({ data, parentElement }) {
  const list = getElement(parentElement, ".links");
  list.classList.toggle("below-each-other", data.belowEachOther);
  const items = data.links.map(({ href, text }) => {
    const item = createElement("li");
    item.append(href ? createLink(href, "", text) : createElement("span", "", text));
    return item;
  });
  list.replaceChildren(...items);
}
