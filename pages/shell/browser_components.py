"""Our components for the browser, registered once: plain values go in, nothing but text is drawn from them.

Streamlit runs a component's script from a `blob:` address, where a relative import leads nowhere, and sends that script
and the styles with every drawing. So the script that it gets is a stub: it imports from this server, by its whole
address, what loads components (`frontend/load.js`, a part of the bundle), which loads the component's module,
`frontend/NAME.js`, and its styles. What several components import is loaded once, and what it holds is shared.
"""

import json
from typing import Any

import streamlit as st

from pages.shell.frontend_modules import loader_address

_STUB = (
    "const at=new URL({address},location.origin).href,load=(tries)=>import(at).catch((error)=>{{if(!tries)throw error;"
    "return new Promise((go)=>setTimeout(go,1e3)).then(()=>load(tries-1))}});\n"  # on one line it is taken for a path
    "export default await(await load(2)).loadComponent({name},{styles})"
)
"""What Streamlit is given as the script of a component: short, since it is sent with every drawing. A module that does
not come is asked for three times in all."""


def _component(name: str, html: str, styles: tuple[str, ...] = ()) -> Any:
    """The component whose module is `name`.js, with the styles of `common`.css, `name`.css and `styles`."""
    script = _STUB.format(
        address=json.dumps(loader_address()),
        name=json.dumps(name),
        styles=json.dumps(["common", name, *styles], separators=(",", ":")),
    )
    return st.components.v2.component(f"qc_{name}", html=html, js=script)


asset_table = _component("asset_table", '<div class="table"></div>', styles=("links",))
list_summary = _component("list_summary", '<p class="summary"></p>')
filter_menus = _component("filter_menus", '<div class="menus"></div>')
filter_chips = _component("filter_chips", '<ul class="chips" aria-label="Conditions"></ul>')
metric_table = _component("metric_table", '<div class="table"></div>')
asset_steps = _component("asset_steps", '<nav class="steps" aria-label="Assets of the list"></nav>')
record_header = _component("record_header", '<div class="header"></div>')
tree = _component("tree", '<nav class="tree" aria-label="Groups"></nav>')
figure = _component("figure", '<div class="figure"><div class="stage"></div></div>', styles=("figure_kinds",))
unit_list = _component("unit_list", '<div class="unit-list"></div>')
status_reasons = _component("status_reasons", '<dialog aria-label="Why this status"></dialog>')
related_metrics = _component("related_metrics", '<div class="related"></div>')
comparison = _component("comparison", '<div class="comparison"></div>')
comparison_switch = _component("comparison_switch", '<div class="switch"></div>')
sessions = _component("sessions", '<div class="sessions"></div>')
grid = _component("grid", '<div class="grid"></div><dialog class="large" aria-label="Figure in large"></dialog>')
grid_bar = _component(
    "grid_bar",
    '<div class="grid-bar"></div><dialog class="ask" aria-label="Pass the rest"></dialog>'
    '<dialog class="keys" aria-label="Keys"></dialog>',
    styles=("review_keys",),
)
cards_start = _component("cards_start", "<span></span>")
dialog_focus = _component("dialog_focus", "<span></span>")
verdicts = _component("verdicts", '<span class="words"></span>')
navigation = _component("navigation", '<nav class="navigation" aria-label="Pages"></nav>')
review_keys = _component("review_keys", '<dialog aria-label="Keys"></dialog>')
pass_rest = _component("pass_rest", '<div class="rest" role="group" aria-label="Pass the rest"></div>')
record_watch = _component("record_watch", "<span></span>")
log_in = _component("log_in", '<a class="log-in"></a>')
typed_name = _component("typed_name", "<form></form>")
prefetch = _component("prefetch", "<span></span>")
links = _component("links", '<ul class="links"></ul>')
link_table = _component("link_table", '<div class="table"></div>')
chart_links = _component("chart_links", "<span></span>")
