export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".home");
  const home = link(data.href, "name", data.label);
  home.title = "To the list of assets";
  root.replaceChildren(home, link(data.href, "page", data.page));
}
