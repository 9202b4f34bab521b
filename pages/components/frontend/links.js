import { element } from "./shared/elements.js";
import { link } from "./shared/links.js";

// Links to other places, in the session that is open: Streamlit's own Markdown links open another tab.
export default function ({ data, parentElement }) {
  const list = parentElement.querySelector(".links");
  list.classList.toggle("below-each-other", data.belowEachOther);
  list.replaceChildren(...data.links.map((one) => {
    const item = element("li");
    item.append(one.href ? link(one.href, "", one.text) : element("span", "", one.text));
    return item;
  }));
}
