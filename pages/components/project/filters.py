"""The filters of a project's page: rig, experimenter, modality, and since when. They are in the address."""

from collections.abc import Callable, Mapping
from datetime import date

import streamlit as st

from pages.shell import history_address
from pages.shell.session import widget_state
from qc_core.assets.query import AssetQuery, Facet, QueryResult

FACETS = {
    "modality": (Facet.MODALITY, "Modality", "modalities"),
    "instrument": (Facet.INSTRUMENT, "Rig", "instruments"),
    "experimenter": (Facet.EXPERIMENTER, "Experimenter", "experimenters"),
}


def draw(query: AssetQuery, result: QueryResult) -> None:
    """The fields; `result` is the answer to the query, with the facets of FACETS."""
    with st.container(key="qc-filters", horizontal=True, vertical_alignment="bottom"):
        for key, (facet, label, name) in FACETS.items():
            chosen = getattr(query, name)
            counts = result.facets.get(facet, {})
            widget_state.set_value(f"project-{key}", list(chosen))
            st.multiselect(
                label,
                list(dict.fromkeys((*counts, *chosen))),
                key=f"project-{key}",
                format_func=_format_with(counts),
                placeholder="Any",
                on_change=_apply_filters,
                width=260,
            )
        widget_state.set_value("project-from", query.acquired_from)
        st.date_input(
            "Acquired since", key="project-from", value=None, format="YYYY-MM-DD", on_change=_apply_filters, width=160
        )
        if any((query.modalities, query.instruments, query.experimenters, query.acquired_from)):
            st.button("Clear filters", key="clear-project", type="tertiary", icon=":material/close:", on_click=_clear)


def _format_with(counts: Mapping[str, int]) -> Callable[[str], str]:
    return lambda value: f"{value} ({counts.get(value, 0):,})"


def _apply_filters() -> None:
    lists = {key: [str(value) for value in widget_state.get_value(f"project-{key}") or []] for key in FACETS}
    since = widget_state.get_value("project-from")
    history_address.set_project_filters(lists | {"from": [since.isoformat()] if isinstance(since, date) else []})


def _clear() -> None:
    history_address.set_project_filters({key: [] for key in (*FACETS, "from")})
