import { element } from "./shared/elements.js";

// The name that somebody types where the network is trusted. The browser keeps it; the page is loaded anew, as the
// server learns of it when it connects.
export default function ({ data, parentElement }) {
  const form = parentElement.querySelector("form");
  const field = element("input");
  field.type = "text";
  field.value = data.name;
  field.maxLength = 100;
  field.autocomplete = "name";
  const label = element("label", "", "Your name");
  label.append(field);
  const save = element("button", "", "Sign with this name");
  form.replaceChildren(label, save);
  form.onsubmit = (event) => {
    event.preventDefault();
    const secure = window.location.protocol === "https:" ? "; Secure" : "";
    const name = encodeURIComponent(field.value.trim());
    document.cookie = `${data.cookie}=${name}; Path=/; Max-Age=31536000; SameSite=Strict${secure}`;
    window.location.reload();
  };
}
