"""The three panes of a review: the tree of groups, the open figure, and the cards of all metrics that share it."""

from datetime import datetime

import streamlit as st

from pages.components.cards import metric_cards
from pages.components.figure import figure_view
from pages.components.review import group_tree
from pages.shell.address import ReviewAddress
from pages.shell.errors import boundary, plain
from pages.shell.portal import services
from qc_core.quality_control.grouping import build_tree
from qc_core.quality_control.navigation import Navigator, OpenPosition
from qc_core.references.figures import EmbedFigure, NoFigure
from qc_core.stores.ports import StoredRecord


def build_navigator(stored: StoredRecord, at: datetime) -> Navigator:
    """The order of a record's groups, figures and cards, with their statuses as of `at`."""
    return Navigator(stored.document, build_tree(stored.document, at), services().figures.locations(stored))


def draw(
    stored: StoredRecord,
    navigator: Navigator,
    opened: OpenPosition,
    address: ReviewAddress,
    at: datetime,
    *,
    annotatable: bool,
) -> None:
    """The panes, side by side on a wide window, below each other on a narrow one."""
    if opened.missing:
        st.info(
            f"This record has no {plain(opened.missing)}; it may have been removed. "
            "The first one to review is shown instead."
        )
    figure = figure_view.as_named(opened.figure_page.reference, stored.record_id, navigator.locations)
    has_figure = not isinstance(figure, NoFigure)
    with st.container(key="qc-workspace"):
        if isinstance(figure, EmbedFigure):
            _draw_wide(stored, navigator, opened, address, at, annotatable=annotatable)
            return
        groups, *rest = st.columns([2.3, 6.5, 3.4] if has_figure else [2.3, 9.9], gap="small")
        with groups, st.container(key="qc-groups"), boundary("the tree of groups"):
            group_tree.draw(stored.document, navigator.root, opened.group, address)
        with rest[0], boundary("the figure"):
            figure_view.draw(stored, navigator, opened, address)
        with rest[-1]:
            across = 1 if has_figure else 2
            metric_cards.draw(stored, navigator, opened, at, annotatable=annotatable, across=across)
            metric_cards.draw_cards_of_other_groups(stored, navigator, opened, address, at)


def _draw_wide(
    stored: StoredRecord,
    navigator: Navigator,
    opened: OpenPosition,
    address: ReviewAddress,
    at: datetime,
    *,
    annotatable: bool,
) -> None:
    """An embedded view needs the width of the page: the tree is behind a button above it, the cards stand below."""
    with st.container(key="qc-groups-behind"):
        behind = st.popover("Groups", icon=":material/account_tree:")
    with behind, st.container(key="qc-groups"), boundary("the tree of groups"):
        group_tree.draw(stored.document, navigator.root, opened.group, address)
    with boundary("the figure"):
        figure_view.draw(stored, navigator, opened, address)
    metric_cards.draw(stored, navigator, opened, at, annotatable=annotatable, across=3)
    metric_cards.draw_cards_of_other_groups(stored, navigator, opened, address, at)
