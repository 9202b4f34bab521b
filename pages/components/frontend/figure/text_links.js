import { element } from "../shared/elements.js";

// What is read, not looked at: the beginning of a text or table, and a file of data that is named. Everything is set
// as text.
export function copyButton(label, text) {
  const button = element("button", "tool", label);
  button.type = "button";
  button.addEventListener("click", async () => {
    const done = await copied(text, button);
    button.textContent = done ? "Copied" : "Copy it by hand: Ctrl+C";
    setTimeout(() => { button.textContent = label; }, 2500);
  });
  return button;
}

// The clipboard is for secure addresses only; elsewhere the text is selected in a field, and copied the old way.
async function copied(text, beside) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = element("textarea", "unseen");
    field.value = text;
    beside.after(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

export function tabLink(address, words) {
  const outside = element("a", "", words);
  Object.assign(outside, { href: address, target: "_blank", rel: "noopener noreferrer" });
  return outside;
}

export function opensElsewhere(address) {
  try {
    return tabLink(address, `Opens ${new URL(address, location.href).host} in a new tab ↗`);
  } catch {
    return element("span", "", address);
  }
}
