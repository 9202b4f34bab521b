"""Our components for the browser, registered once: plain values go in, nothing but text is drawn from them."""

from pathlib import Path

import streamlit as st

_FRONTEND = Path(__file__).parents[1] / "components" / "frontend"


def _component(name: str, html: str, *scripts: str, styles: tuple[str, ...] = ()):
    """A component of `name`.js and `name`.css; `scripts` and `styles` are the files that these are made of besides."""
    script = "".join((_FRONTEND / f"{file}.js").read_text("utf-8") for file in ("common", *scripts, name))
    style = "".join((_FRONTEND / f"{file}.css").read_text("utf-8") for file in ("common", name, *styles))
    return st.components.v2.component(f"qc_{name}", html=html, css=style, js=script)


asset_table = _component("asset_table", '<div class="table"></div>')
record_header = _component("record_header", '<div class="header"></div>')
tree = _component("tree", '<nav class="tree" aria-label="Groups"></nav>')
figure = _component(
    "figure",
    '<div class="figure"><div class="stage"></div></div>',
    *("figure_parts", "zoom", "picture", "video", "in_step", "pair", "paper", "chart"),
    *("texts", "words", "frames", "converted"),
    styles=("kinds",),
)
elsewhere = _component("elsewhere", '<div class="elsewhere"></div>')
cards_start = _component("cards_start", "<span></span>")
dialog_focus = _component("dialog_focus", "<span></span>")
tree_marks = _component("tree_marks", "<span></span>")
home_link = _component("home_link", '<div class="home"></div>')
log_in = _component("log_in", '<a class="log-in"></a>')
typed_name = _component("typed_name", "<form></form>")
links = _component("links", '<ul class="links"></ul>')
