// A real link, and a plain navigation: the login is outside of the page. The return address is read when the link is
// followed, since the page's address changes while one works.
import { getElement } from "./shared/elements.js";
import { opensNewTab, waitUntilQuiet } from "./shared/links.js";

/** @param {import("./types.d.ts").ComponentArguments<{ label: string, returnAddress: string }>} component */
export default function drawLogIn({ data, parentElement }) {
  const anchor = getElement(parentElement, "a");
  if (!(anchor instanceof HTMLAnchorElement)) return;
  const updateHref = () => {
    const returnAddress = data.returnAddress || window.location.pathname + window.location.search;
    anchor.href = `/login?next=${encodeURIComponent(returnAddress)}`;
  };
  anchor.textContent = data.label;
  anchor.onpointerdown = updateHref;
  anchor.onfocus = updateHref;
  anchor.dataset.qcLink = "1";
  // Leaving drops what a field has not sent yet: so wait as all our links do.
  anchor.onclick = async (event) => {
    updateHref();
    if (opensNewTab(event)) return;
    event.preventDefault();
    if (!(await waitUntilQuiet())) return;
    updateHref();
    window.location.assign(anchor.href);
  };
  updateHref();
}
