// The name that somebody types where the network is trusted. The browser keeps it in a cookie; the page is loaded again,
// as the server learns of it when the page connects.
import { createElement, getElement } from "./shared/elements.js";

const ONE_YEAR = 31_536_000; // s

/** @param {import("./types.d.ts").ComponentArguments<{ name: string, cookie: string }>} component */
export default function drawTypedName({ data, parentElement }) {
  const form = getElement(parentElement, "form");
  const field = createElement("input");
  Object.assign(field, { type: "text", value: data.name, maxLength: 100, autocomplete: "name" });
  const label = createElement("label", "", "Your name");
  label.append(field);
  form.replaceChildren(label, createElement("button", "", "Sign with this name"));
  form.onsubmit = (event) => {
    event.preventDefault();
    const secure = window.location.protocol === "https:" ? "; Secure" : "";
    const name = encodeURIComponent(field.value.trim());
    document.cookie = `${data.cookie}=${name}; Path=/; Max-Age=${ONE_YEAR}; SameSite=Strict${secure}`;
    window.location.reload();
  };
}
