import { whenQuiet } from "./shared/links.js";

// A real link, and a plain navigation: the login lies outside of the page. Where it leads back to is read when it is
// followed, since the address changes while one works.
export default function ({ data, parentElement }) {
  const anchor = parentElement.querySelector("a");
  const place = () => data.place || window.location.pathname + window.location.search;
  const aim = () => { anchor.href = `/login?next=${encodeURIComponent(place())}`; };
  anchor.textContent = data.label;
  anchor.onpointerdown = aim;
  anchor.onfocus = aim;
  // Leaving drops what a field has not sent yet: so wait as all our links do.
  anchor.dataset.qcLink = "1";
  anchor.onclick = async (event) => {
    aim();
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    await whenQuiet();
    aim();
    window.location.assign(anchor.href);
  };
  aim();
}
