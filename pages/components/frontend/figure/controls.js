import { element } from "../shared/elements.js";

export function button(label, words, pressed) {
  const made = element("button", "tool");
  made.type = "button";
  made.title = label;
  made.setAttribute("aria-label", label.replace(/ \([^)]*\)$/, ""));
  made.append(words);
  made.addEventListener("click", pressed);
  return made;
}

// A panel below the tools, opened by its button; a click elsewhere or Escape closes it.
export function panel(opener, content) {
  const away = (event) => event.composedPath().some((node) => node === content || node === opener) || toggle(false);
  const toggle = (open = content.hidden) => {
    content.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    document[open ? "addEventListener" : "removeEventListener"]("pointerdown", away, true);
    if (open) (content.querySelector("input, button") ?? content).focus({ preventScroll: true });
  };
  content.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    toggle(false);
    opener.focus();
  });
  opener.addEventListener("click", () => toggle());
  content.tabIndex = -1;
  toggle(false);
  return toggle;
}
