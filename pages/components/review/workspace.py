"""The three panes of a review: the tree of groups, the open figure, and the cards of all metrics that share it."""

from dataclasses import dataclass, replace
from datetime import datetime

import streamlit as st

from pages.components.cards import metric_cards
from pages.components.cards.metric_cards import CardsStart
from pages.components.figure import figure_view
from pages.components.review import group_tree
from pages.shell.address import ReviewPlace
from pages.shell.errors import boundary, plain
from pages.shell.portal import services
from qc_core.quality_control import grouping
from qc_core.quality_control.figure_pages import (
    FigurePage,
    figure_pages,
    find_metric,
    first_pending,
    metric_address,
    page_number_of,
)
from qc_core.quality_control.grouping import Group
from qc_core.references.figures import EmbedFigure, NoFigure
from qc_core.stores.ports import StoredRecord


@dataclass(frozen=True, slots=True)
class OpenPosition:
    """What of a record is open: a group, its figure pages, and the number of the one on screen. `place` names it in
    full; `missed` is what was asked for and does not exist; `asked` the position of the metric in the address."""

    root: Group
    group: Group
    figure_pages: tuple[FigurePage, ...]
    page_number: int
    place: ReviewPlace
    missed: str | None
    asked: int | None = None

    @property
    def start(self) -> CardsStart:
        """Where the reader begins among the cards."""
        return CardsStart(f"{self.place.group}#{self.place.metric}", self.asked)


def resolve_position(
    stored: StoredRecord, place: ReviewPlace, at: datetime, before: ReviewPlace | None = None
) -> OpenPosition:
    """The place that the address names; where it leaves that open, the first group, and figure, with something Pending.

    `before` is what was opened for this address earlier: it stays open, though by now another may come first.
    """
    document = stored.document
    root = grouping.build_tree(document, at)
    if before is not None and grouping.find_group(root, before.group) is not None:
        place = before
    asked = grouping.find_group(root, place.group)
    metric = find_metric(document, asked or root, place.metric) if place.metric else None
    group = (
        grouping.first_group_to_review(asked or root) if metric is None else grouping.leaf_with(asked or root, metric)
    )
    named = metric
    missed = None
    if asked is None:
        missed = f"group {place.group}"
    elif place.metric and metric is None:
        missed = f"metric {place.metric}"
    if metric is None and not place.group:
        metric = first_pending(document, group, at)
    all_pages = figure_pages(document, group, services().figures.locations(stored))
    page_number = page_number_of(all_pages, metric)
    there = replace(
        place,
        group=grouping.group_text(group),
        metric=metric_address(document, group, all_pages[page_number].metrics[0]),
    )
    return OpenPosition(root, group, all_pages, page_number, there, missed, named)


def draw(stored: StoredRecord, view: OpenPosition, place: ReviewPlace, at: datetime, *, annotatable: bool) -> None:
    """The panes, side by side on a wide window, below each other on a narrow one."""
    document, record_id = stored.document, stored.record_id
    if view.missed:
        st.info(
            f"This record has no {plain(view.missed)}; it may have been removed. "
            "The first one to review is shown instead."
        )
    figure_page = view.figure_pages[view.page_number]
    locations = services().figures.locations(stored)
    figure = figure_view.as_named(figure_page.reference, record_id, locations)
    has_figure = not isinstance(figure, NoFigure)
    with st.container(key="qc-workspace"):
        if isinstance(figure, EmbedFigure):
            _draw_wide(stored, view, place, at, annotatable=annotatable)
            return
        groups, *rest = st.columns([2.3, 6.5, 3.4] if has_figure else [2.3, 9.9], gap="small")
        with groups, st.container(key="qc-groups"), boundary("the tree of groups"):
            group_tree.draw(document, view.root, view.group, place)
        with rest[0], boundary("the figure"):
            figure_view.draw(stored, locations, view.group, view.figure_pages, view.page_number, place)
        with rest[-1]:
            metric_cards.draw(
                stored, figure_page, view.start, at, annotatable=annotatable, across=1 if has_figure else 2
            )
            metric_cards.draw_elsewhere(stored, view.root, figure_page, place, at)


def _draw_wide(
    stored: StoredRecord, view: OpenPosition, place: ReviewPlace, at: datetime, *, annotatable: bool
) -> None:
    """An embedded view needs the width of the page: the tree is behind a button above it, the cards stand below."""
    document = stored.document
    with st.container(key="qc-groups-behind"):
        behind = st.popover("Groups", icon=":material/account_tree:")
    with behind, st.container(key="qc-groups"), boundary("the tree of groups"):
        group_tree.draw(document, view.root, view.group, place)
    with boundary("the figure"):
        figure_view.draw(
            stored, services().figures.locations(stored), view.group, view.figure_pages, view.page_number, place
        )
    figure_page = view.figure_pages[view.page_number]
    metric_cards.draw(stored, figure_page, view.start, at, annotatable=annotatable, across=3)
    metric_cards.draw_elsewhere(stored, view.root, figure_page, place, at)
