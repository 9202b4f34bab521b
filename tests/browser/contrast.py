"""The contrast of every text on a page with what is behind it.

By WCAG 2.2, success criterion 1.4.3; icons and what is disabled are exempt.
"""

from playwright.sync_api import Page, TimeoutError

LEAST = 4.5

_FAINT = """
(least) => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const parsed = new Map();
  const draw = (text) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = "#000";
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const parse = (text) => {
    if (!parsed.has(text)) parsed.set(text, draw(text));
    return parsed.get(text);
  };
  const over = (top, below) => top.slice(0, 3).map((c, i) => c * top[3] + below[i] * (1 - top[3])).concat(1);
  const up = (node) => node.assignedSlot ?? node.parentElement ?? node.getRootNode().host ?? null;
  const light = (colour) => {
    const [r, g, b] = colour.map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const background = (node) => {
    const layers = [];
    for (let at = node; at; at = up(at)) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const exempt = "[disabled], [aria-disabled=true], [inert], script, style, canvas, svg, [data-testid=stIconMaterial]";
  const visible = { visibilityProperty: true, opacityProperty: true };
  const faint = [];
  const walk = (root) => {
    for (const node of root.querySelectorAll("*")) {
      if (node.shadowRoot) walk(node.shadowRoot);
      const text = [...node.childNodes].filter((one) => one.nodeType === 3).map((one) => one.data).join("").trim();
      if (!text || node.closest(exempt)) continue;
      const box = node.getBoundingClientRect();
      if (box.width < 2 || box.height < 2 || !node.checkVisibility(visible)) continue;
      if (getComputedStyle(node).clipPath !== "none") continue;
      const behind = background(node);
      let colour = parse(getComputedStyle(node).color);
      let opacity = 1;
      for (let at = node; at; at = up(at)) opacity *= Number(getComputedStyle(at).opacity);
      const ratio = contrast(over([...colour.slice(0, 3), colour[3] * opacity], behind), behind);
      if (ratio < least) faint.push(`${ratio.toFixed(2)}: ${text.slice(0, 60)} (${colour} on ${behind})`);
    }
  };
  walk(document);
  return faint;
}
"""


def expect_legible(page: Page, least: float = LEAST) -> None:
    """Wait until every text in sight has at least that contrast; fails with those that have less, as
    "4.21: 2 metrics on this figure"."""
    try:
        page.wait_for_function(f"(least) => ({_FAINT})(least).length === 0", arg=least)
    except TimeoutError:
        raise AssertionError(page.evaluate(_FAINT, least)) from None
