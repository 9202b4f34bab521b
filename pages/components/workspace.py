"""The three panes of a review: the tree of groups, the open figure, and the cards of all metrics that share it."""

from dataclasses import dataclass, replace
from datetime import datetime

import streamlit as st

from pages.components import figure_view, group_tree, metric_cards
from pages.components.address import ReviewPlace
from pages.components.errors import boundary, plain
from qc_core.quality_control import grouping
from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.grouping import Group
from qc_core.quality_control.sheets import Sheet, find_metric, first_pending, metric_address, sheet_with, sheets
from qc_core.references.shown import NoFigure, shown
from qc_core.stores.ports import StoredRecord


@dataclass(frozen=True, slots=True)
class Opened:
    """What of a record is open: a group, its sheets, and the number of the one on screen. `place` names it in full;
    `missed` tells what was asked for and is not there."""

    root: Group
    group: Group
    sheets: tuple[Sheet, ...]
    sheet: int
    place: ReviewPlace
    missed: str | None


def opened(document: QualityControl, place: ReviewPlace, at: datetime, before: ReviewPlace | None = None) -> Opened:
    """The place that the address names; where it leaves that open, the first group, and figure, with something Pending.

    `before` is what was opened for this address earlier: it stays open, though by now another may come first.
    """
    root = grouping.tree(document, at)
    if before is not None and grouping.find(root, before.group) is not None:
        place = before
    asked = grouping.find(root, place.group)
    metric = find_metric(document, asked or root, place.metric) if place.metric else None
    group = grouping.first_open(asked or root) if metric is None else grouping.leaf_with(asked or root, metric)
    missed = None
    if asked is None:
        missed = f"group {place.group}"
    elif place.metric and metric is None:
        missed = f"metric {place.metric}"
    if metric is None and not place.group:
        metric = first_pending(document, group, at)
    all_sheets = sheets(document, group)
    sheet = sheet_with(all_sheets, metric)
    there = replace(
        place,
        group=grouping.group_text(group),
        metric=metric_address(document, group, all_sheets[sheet].metrics[0]),
    )
    return Opened(root, group, all_sheets, sheet, there, missed)


def draw(stored: StoredRecord, view: Opened, place: ReviewPlace, at: datetime, *, annotatable: bool) -> None:
    """The panes, side by side on a wide window, below each other on a narrow one."""
    document, record_id = stored.document, stored.record_id
    if view.missed:
        st.info(f"This record has no {plain(view.missed)} (any more). Shown instead: the first one that needs a look.")
    sheet = view.sheets[view.sheet]
    has_figure = not isinstance(shown(sheet.reference, record_id), NoFigure)
    with st.container(key="qc-workspace"):
        groups, *rest = st.columns([2.3, 6.5, 3.4] if has_figure else [2.3, 9.9], gap="small")
        with groups, st.container(key="qc-groups"), boundary("the tree of groups"):
            group_tree.draw(document, view.root, view.group, place)
        with rest[0], boundary("the figure"):
            figure_view.draw(document, record_id, view.group, view.sheets, view.sheet, place)
        with rest[-1]:
            metric_cards.draw(stored, sheet, at, annotatable=annotatable, across=1 if has_figure else 2)
            metric_cards.draw_elsewhere(stored, view.root, sheet, place, at)
