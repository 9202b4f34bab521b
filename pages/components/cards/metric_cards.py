"""The cards of all metrics that share the open reference; below them those that share it in other groups."""

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.components.cards import comparison, metric_card, pass_rest
from pages.components.cards.card import card_part, list_facts
from pages.components.figure import figure_list
from pages.components.review import group_tree, verdicts
from pages.shell import browser_components
from pages.shell.address import ReviewAddress
from pages.shell.errors import boundary, plain
from pages.shell.formatting import count
from pages.shell.session import navigation, reviews, seen_figures, widget_state
from qc_core.quality_control.figure_pages import (
    FigurePage,
    find_metric,
    metric_addresses,
    metrics_on_other_pages,
    metrics_sharing_figure,
)
from qc_core.quality_control.folding import path_text
from qc_core.quality_control.grouping import group_text
from qc_core.quality_control.navigation import Navigator, OpenPosition
from qc_core.quality_control.position import Position, format_json
from qc_core.quality_control.rollup import metric_status
from qc_core.stores.ports import StoredRecord

MAX_LINKS = 50
"""Links to metrics of other groups on the same figure at most: hundreds may share one."""


def draw(
    stored: StoredRecord,
    navigator: Navigator,
    opened: OpenPosition,
    at: datetime,
    *,
    annotatable: bool,
    across: int,
    wide: bool,
) -> None:
    """Draw one card for each metric, each in its own error boundary, `across` of them side by side.

    `wide`: whether the figure has the width of the page, so that the tree has no room next to it.
    """
    with st.container(key="qc-cards"):
        _cards(stored, opened.figure_page, at, annotatable=annotatable, across=across)
        _begin(stored, navigator, opened, at, wide=wide)


def _cards(stored: StoredRecord, figure_page: FigurePage, at: datetime, *, annotatable: bool, across: int) -> None:
    part = f", part {figure_page.part} of {figure_page.parts}" if figure_page.parts > 1 else ""
    shared = " on this figure" if figure_page.reference else ", no figure"
    metrics = [stored.document.metrics[index] for index in figure_page.metrics]
    review = reviews.get_review(stored.record_id)
    new = [stored.document.metrics[index] for index in figure_page.metrics if index not in review.shown]
    widget_state.forget_widgets(tuple(f"{review.widget_name(metric.key)}-" for metric in new))
    with st.container(key="qc-cards-head", horizontal=True, vertical_alignment="center", gap="small"):
        facts = [list_facts(metric) for metric in metrics]
        common = [fact for fact in facts[0] if all(fact in others for others in facts)] if facts else []
        head = [f"{count(len(figure_page.metrics), 'metric')}{shared}{part}", *map(plain, common)]
        st.caption(" · ".join(head))
        comparison.draw_switch(metrics)
        pass_rest.draw(stored.record_id)
    widget_state.offer_shortcuts([card_part(metric) for metric in metrics if metric.curation])
    containers = _containers([metric.curation is not None for metric in metrics], across)
    for metric, (container, wide) in zip(metrics, containers, strict=True):
        with container, boundary(f"the metric {metric.name}"):
            metric_card.draw(stored, metric, at, annotatable=annotatable, wide=wide, shared=frozenset(common))


def _begin(stored: StoredRecord, navigator: Navigator, opened: OpenPosition, at: datetime, *, wide: bool) -> None:
    review = reviews.get_review(stored.record_id)
    review.shown = opened.figure_page.metrics
    shared = metrics_sharing_figure(stored.document, opened.figure_page.reference, navigator.locations)
    seen_figures.note_seen(stored.record_id, (*opened.figure_page.metrics, *shared))
    card = navigator.first_card(opened, at, review.find_decided())
    page = figure_list.name_page(opened.position)  # so that the browser notices another page
    group = group_tree.describe(opened.group, wide=wide)
    step = ""
    if review.address.queue is not None:  # then each metric is a step of its own
        current = find_metric(stored.document, navigator.root, review.address.position.metric)
        if current in opened.figure_page.metrics:
            card = opened.figure_page.metrics.index(current)
            step = f"{stored.record_id}#{current}"
    data = {"page": page, "step": step, "card": card, "submitted": review.submissions, "group": group}
    data["landed"] = len(review.draft.submitted.landed) if review.draft.submitted else 0
    data["cards"] = verdicts.describe_cards(review, [stored.document.metrics[index] for index in review.shown])
    browser_components.cards_start(key="cards-start", data=data, height=1)


def draw_cards_of_other_groups(
    stored: StoredRecord, navigator: Navigator, opened: OpenPosition, address: ReviewAddress, at: datetime
) -> None:
    """Draw links to the metrics of other groups, or further pages, that refer to the open figure."""
    with boundary("what else the figure is about"):
        document = stored.document
        groups = []
        found = metrics_on_other_pages(document, navigator.root, opened.figure_page, navigator.locations)
        left = MAX_LINKS
        for group, metrics in found:
            if left <= 0:
                break
            links, addresses = [], metric_addresses(document, group)
            for index in metrics[:left]:
                there = Position(group_text(group), addresses[index])
                status = metric_status(document.metrics[index], document.generation, at)
                name = document.metrics[index].name
                link = {"position": format_json(there), "href": address.href(there)}
                links.append({"name": name, "status": str(status or "")} | link)
            groups.append({"label": path_text(group), "links": links})
            left -= len(links)
        if groups:
            browser_components.related_metrics(
                key="elsewhere",
                data={"groups": groups, "count": sum(len(metrics) for _, metrics in found)},
                on_followed_change=navigation.build_link_callback("elsewhere"),
            )


def _containers(are_wide: list[bool], across: int) -> Iterator[tuple[DeltaGenerator | nullcontext[None], bool]]:
    """The container of each card, and whether it is wide: a curation is, others are side by side.

    A card of the whole width needs none: its fragment is one.

    Row by row, so that on a narrow window, and for who goes by the Tab key, they follow in the order of the metrics.
    """
    row: list[DeltaGenerator] = []
    for wide in are_wide:
        if across == 1 or wide:
            row = []
            yield nullcontext(), across > 1
            continue
        if not row:
            row = list(st.columns(across, gap="small"))
        yield row.pop(0), False
