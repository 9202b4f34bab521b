"""The list on `/queue`: filters, how many metrics are left, the way to begin, and a row for each metric."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

import streamlit as st

from pages.components import metric_filters
from pages.components.metric_filters import Extra
from pages.components.queue import submit_all
from pages.shell import address, browser_components, links, store_notices
from pages.shell.address import ReviewAddress
from pages.shell.errors import plain
from pages.shell.formatting import count, format_duration
from pages.shell.open_queue import OpenQueue
from pages.shell.portal import now, services
from qc_core.assets.metric_counts import count_values
from qc_core.assets.metrics import MetricQuery, MetricRow
from qc_core.assets.queue import QueueQuery, format_queue_query, item_id
from qc_core.quality_control.status import Status

MAX_ROWS = 200
"""Metrics in the list of a queue at most; more are in the queue."""
_AGES = {"1": "A day", "7": "A week", "30": "30 days", "90": "90 days", "365": "A year"}
_COLUMNS = [
    {"key": "name", "title": "Metric"},
    {"key": "tags", "title": "Tags"},
    {"key": "stage", "title": "Stage"},
    {"key": "modality", "title": "Modality"},
    {"key": "value", "title": "Value"},
    {"key": "age", "title": "Pending for"},
    {"key": "state", "title": "You"},
]


def draw(opened: OpenQueue) -> None:
    """The whole page, over a queue that was found."""
    query, queue = opened.query, opened.queue
    store_notices.draw_stale_listing_notice(opened.page)
    ages = _AGES if query.older_than is None else _AGES | {str(query.older_than): f"{query.older_than} days"}
    ages = dict(sorted(ages.items(), key=lambda item: int(item[0])))
    extra = Extra("Pending for at least", ages, None if query.older_than is None else str(query.older_than))
    metric_filters.draw("queue", query.metrics, _count_values(opened), _change, {"age": extra})
    _summary(opened)
    if queue.rows:
        browser_components.metric_table(key="queue-table", data={"columns": _COLUMNS, "groups": _groups(opened)})
        if len(queue.rows) > MAX_ROWS:
            st.caption(f"The first {MAX_ROWS} rows of {len(queue.rows):,}.")
    elif not opened.page.reading and opened.page.error is None:
        conditions = bool(format_queue_query(query))
        st.info("Nothing that matches is Pending." if conditions else "Nothing is Pending.", icon=":material/task_alt:")
    store_notices.draw_listing_progress(opened.page)


def _count_values(opened: OpenQueue) -> dict[str, Mapping[str, int]]:
    """The values that the filters offer: those of the found metrics, and the index's counts of assets."""
    asked = replace(opened.query.at_store.assets, facets=tuple(metric_filters.ASSET_FACETS.values()), limit=0)
    facets = services().index.query(asked).result.facets
    of_assets = {key: facets.get(facet, {}) for key, facet in metric_filters.ASSET_FACETS.items()}
    return count_values(opened.page.rows, opened.query.metrics) | of_assets


def _change(metrics: MetricQuery, extras: dict[str, str | None]) -> None:
    age = extras["age"]
    address.set_pairs(format_queue_query(QueueQuery(metrics, int(age) if age else None)))


def _summary(opened: OpenQueue) -> None:
    queue = opened.queue
    first = queue.first_row()
    with st.container(key="qc-queue-start", horizontal=True, vertical_alignment="center"):
        if first is not None:
            begun = bool(queue.decided or queue.skipped)
            st.page_link(
                "review.py",
                label=f"Continue with {plain(first.name)}" if begun else "Start",
                icon=":material/play_arrow:",
                query_params=opened.address_of(first).parameters(),
                width="content",
            )
        st.markdown(f"**{describe_progress(opened)}**{_describe_found(opened)}", width="content")
        if queue.rows:
            pending = replace(opened.query.metrics, statuses=(str(Status.PENDING),))
            link = {"text": "Judge in a grid", "href": links.link_grid(pending)}
            browser_components.links(key="queue-grid", data={"links": [link], "belowEachOther": False}, width="content")
        submit_all.draw_button(opened)


def describe_progress(opened: OpenQueue) -> str:
    """How far a queue is, as Markdown: "37 of 120 left · 8 decided, not submitted · 2 skipped"."""
    queue = opened.queue
    if not queue.total:
        return "Nothing left"
    parts = [f"{len(queue.left):,} of {queue.total:,} left"]
    parts += [f"{len(queue.decided):,} decided, not submitted"] if queue.decided else []
    parts += [f"{len(queue.left_skipped):,} skipped"] if queue.left_skipped else []
    return " · ".join(parts)


def _describe_found(opened: OpenQueue) -> str:
    assets = len({row.asset.record_id for row in opened.queue.rows})
    more = ""
    if opened.found > len(opened.queue.rows):
        more = f"; {opened.found:,} match, the first {len(opened.queue.rows):,} are in the queue"
    return f" :small[in {count(assets, 'asset')}{more}]" if assets else ""


def _groups(opened: OpenQueue) -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = []
    for _, rows in groupby(opened.queue.rows[:MAX_ROWS], key=lambda row: row.asset.record_id):
        of_asset = list(rows)
        asset = of_asset[0].asset
        facts = [asset.subject_id or "", asset.project or "", count(len(of_asset), "metric")]
        groups.append(
            {
                "name": asset.name,
                "href": ReviewAddress(record_id=asset.record_id).href(),
                "facts": " · ".join(filter(None, facts)),
                "rows": [_row(opened, row) for row in of_asset],
            }
        )
    return groups


def _row(opened: OpenQueue, row: MetricRow) -> dict[str, str]:
    item = item_id(row)
    return {
        "name": row.name,
        "href": opened.address_of(row).href(),
        "tags": ", ".join(row.tags),
        "stage": row.stage,
        "modality": row.modality,
        "value": f"{row.number:g}" if row.number is not None else "",
        "age": format_duration(now() - row.changed_at) if row.changed_at is not None else "",
        "draft": opened.queue.decided.get(item, ""),
        "state": "Skipped" if item in opened.queue.skipped else "",
    }
