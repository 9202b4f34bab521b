"""The filters of the list of assets: a search field, facets with their counts, and the conditions that hold."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from pages.shell import address, browser_components
from pages.shell.address import assets_href
from pages.shell.portal import person_in_queries, services
from pages.shell.session import widget_state
from qc_core.assets.list_view import FACETS, AssetListView, format_view, list_conditions
from qc_core.assets.query import CONDITION_OF, AssetQuery, Facet, QueryResult

__all__ = ["FACETS", "draw", "draw_conditions"]
MAX_FACET_VALUES = 100
"""Values of a facet that are offered, the most common first; the search field finds the others."""


def draw(view: AssetListView, result: QueryResult) -> None:
    """The search field and the facets, in one line."""
    widget_state.set_value("assets-text", view.query.text)
    with st.container(key="qc-filters", horizontal=True, vertical_alignment="center"):
        st.text_input(
            "Filter assets",
            key="assets-text",
            type="search",
            live=True,
            on_change=_text_changed,
            placeholder="Filter by name, subject, project or modality",
            label_visibility="collapsed",
            width=360,
        )
        offered = {
            facet: counts
            for facet, counts in result.facets.items()
            if counts or facet is not Facet.KEY_EXPERIMENTER or view.query.key_experimenters
        }
        facets = [build_facet(facet, view.query, counts) for facet, counts in offered.items()]
        browser_components.filter_menus(
            key="facets",
            data={
                "search": urlencode(format_view(view)),
                "menus": [*_build_toggles(view.query, result), *facets, _build_dates(view.query)],
            },
        )


def draw_conditions(view: AssetListView) -> None:
    """The conditions that hold, each with a link that removes it, and a button that removes all."""
    if not view.query.has_conditions:
        return
    with st.container(key="qc-conditions", horizontal=True, vertical_alignment="center"):
        chips = [
            {"text": condition.text, "href": assets_href(AssetListView(condition.without, view.columns))}
            for condition in list_conditions(view.query)
        ]
        if chips:
            browser_components.filter_chips(key="conditions", data={"chips": chips}, width="content")
        st.button(
            "Clear filters",
            key="clear-filters",
            type="tertiary",
            icon=":material/close:",
            on_click=address.clear_assets_filters,
        )


def build_facet(facet: Facet, query: AssetQuery, counts: Mapping[str, int]) -> dict[str, Any]:
    """A facet as a menu: its most common values with their counts, and those chosen, even if nothing has them."""
    key, label = FACETS[facet]
    chosen = _get_chosen_values(facet, query)
    shown = [*list(counts.items())[:MAX_FACET_VALUES]]
    offered = {value for value, _ in shown}
    shown += [(value, counts.get(value, 0)) for value in chosen if value not in offered]
    hidden = len(counts) - sum(1 for value, _ in shown if value in counts)
    return {
        "kind": "values",
        "key": key,
        "label": label,
        "values": [list(item) for item in shown],
        "chosen": list(chosen),
        "hidden": hidden,
    }


def _get_chosen_values(facet: Facet, query: AssetQuery) -> tuple[str, ...]:
    values: tuple[str, ...] = getattr(query, CONDITION_OF[facet])
    return values


def _build_toggles(query: AssetQuery, result: QueryResult) -> list[dict[str, Any]]:
    """The switches “Needs review” and, except for guests, “Mine”."""
    review = {"key": "pending", "label": "Needs review", "value": "1", "icon": "Pending"}
    toggles = [review | {"kind": "toggle", "chosen": query.pending, "count": result.pending_assets}]
    if me := person_in_queries():
        mine = services().index.query(replace(query, people=(me,), page=1, limit=0, facets=())).result.total
        shown = {"key": "person", "label": "Mine", "value": me, "icon": "Person"}
        toggles.append(shown | {"kind": "toggle", "chosen": me in query.people, "count": mine})
    return toggles


def _build_dates(query: AssetQuery) -> dict[str, Any]:
    return {
        "kind": "dates",
        "key": "dates",
        "label": "Date",
        "from": str(query.acquired_from or ""),
        "to": str(query.acquired_to or ""),
    }


def _text_changed() -> None:
    address.set_assets_text(str(widget_state.get_value("assets-text") or "").strip())
