// The conditions of the list of assets, each with a link that removes it.
import { createElement, getElement } from "./shared/elements.js";
import { createListLink } from "./shared/list_answers.js";

/** @param {import("./types.d.ts").ComponentArguments<{ chips: { text: string, href: string }[] }>} component */
export default function drawFilterChips({ data, parentElement }) {
  const list = getElement(parentElement, ".chips");
  list.replaceChildren(
    ...data.chips.map(({ text, href }) => {
      const link = createListLink(href, "", text);
      link.setAttribute("aria-label", `Remove ${text}`);
      link.append(createElement("span", "cross", "×"));
      const item = createElement("li");
      item.append(link);
      return item;
    }),
  );
}
