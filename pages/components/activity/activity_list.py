"""The list on `/activity`: filters, and for each day what was changed in which asset, and by whom."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

import streamlit as st

from pages.components import metric_filters
from pages.components.link_table import Cell, Part, TableColumn, draw_table
from pages.components.metric_filters import Extra
from pages.shell import address, store_notices
from pages.shell.address import ReviewAddress
from pages.shell.errors import plain
from pages.shell.formatting import count, format_clock_time, format_time
from pages.shell.portal import now, services
from qc_core.assets.activity import VISIT, ActivityQuery, PersonActivity, format_activity_query, group_changes
from qc_core.assets.metric_counts import count_values
from qc_core.assets.metrics import ChangeQuery, MetricChange, MetricQuery

MAX_CHANGES = 1000
"""Changes on one page at most: the newest."""
MAX_LINKS = 5
"""Metrics of one row that are linked by name."""
_COLUMNS = (
    TableColumn("Asset", share=34),
    TableColumn("Who", share=12),
    TableColumn("Changes", share=19),
    TableColumn("Metrics", share=24),
    TableColumn("Last, UTC", number=True, share=11),
)
_DAYS = {"1": "A day ago", "7": "A week ago", "30": "30 days ago", "365": "A year ago"}


def draw(query: ActivityQuery, last_visit: datetime | None) -> None:
    """The whole page. `last_visit` is None for guests, and at a person's first visit. Raises what the index raises."""
    since = query.start(now(), last_visit)
    found = services().metrics.find_changes(ChangeQuery(query.metrics, since=since, limit=MAX_CHANGES))
    store_notices.draw_stale_listing_notice(found)
    _filters(query, found.changes, last_visit)
    changes = [change for change in found.changes if query.person in ("", change.evaluator)]
    with st.container(key="qc-activity-head", horizontal=True, vertical_alignment="center"):
        more = f", the newest of {found.total:,}" if found.total > len(found.changes) else ""
        from_then = f" since {format_time(since)}" if since is not None else ""
        st.markdown(f"**{count(len(changes), 'change')}**{from_then}{more}", width="content")
        if last_visit is not None and query.since != VISIT:
            new = sum(change.time > last_visit for change in changes)
            label = f"Since I was here: {count(new, 'change')}"
            st.button(label, key="activity-new", icon=":material/update:", on_click=_show_since_visit, args=(query,))
    for number, day in enumerate(group_changes(changes)):
        st.markdown(f"## {plain(_name_day(day.day, now().date()))}")
        rows = [_row(row, last_visit) for row in day.rows]
        draw_table(f"activity-{day.day}", f"Changes of {day.day}", _COLUMNS, rows, titled=number == 0)
    if not changes and not found.reading and found.error is None:
        st.info("Nothing that matches has changed." if format_activity_query(query) else "Nothing has changed yet.")
    store_notices.draw_listing_progress(found)


def _filters(query: ActivityQuery, changes: tuple[MetricChange, ...], last_visit: datetime | None) -> None:
    visit = {VISIT: "I was here"} if last_visit is not None or query.since == VISIT else {}
    days = {query.since: f"{query.since} days ago"} if query.since.isdigit() and query.since not in _DAYS else {}
    people = Counter(change.evaluator for change in changes if change.evaluator)
    options = {name: f"{name} ({count(number, 'change')})" for name, number in people.most_common()}
    options = options if not query.person else {query.person: query.person} | options
    extras = {
        "since": Extra("Since", visit | _DAYS | days, query.since or None),
        "person": Extra("Person", options, query.person or None),
    }
    metric_filters.draw("activity", query.metrics, _count_values(query, changes), _change, extras)


def _count_values(query: ActivityQuery, changes: tuple[MetricChange, ...]) -> dict[str, Mapping[str, int]]:
    """The values that the filters offer: those of the changed metrics, and the index's counts of assets."""
    asked = replace(query.metrics.assets, facets=tuple(metric_filters.ASSET_FACETS.values()), limit=0)
    facets = services().index.query(asked).result.facets
    rows = list({(one.metric.asset.record_id, one.metric.key): one.metric for one in changes}.values())
    return count_values(rows, query.metrics) | {
        key: facets.get(facet, {}) for key, facet in metric_filters.ASSET_FACETS.items()
    }


def _change(metrics: MetricQuery, extras: dict[str, str | None]) -> None:
    query = ActivityQuery(metrics, extras["since"] or "", extras["person"] or "")
    address.set_pairs(format_activity_query(query))


def _show_since_visit(query: ActivityQuery) -> None:
    address.set_pairs(format_activity_query(replace(query, since=VISIT)))


def _name_day(day: date, today: date) -> str:
    name = f"{day:%A, %Y-%m-%d}"
    return {0: f"Today, {name}", 1: f"Yesterday, {name}"}.get((today - day).days, name)


def _row(row: PersonActivity, last_visit: datetime | None) -> list[Cell]:
    new = [Part("new", quiet=True)] if last_visit is not None and row.latest > last_visit else []
    counts = [part for status, number in row.counts.items() for part in (Part(status=status), Part(f"{number:,}"))]
    metrics = list({change.metric.key: change.metric for change in row.changes}.values())
    links = [
        Part(metric.name, ReviewAddress(record_id=row.asset.record_id, position=metric.position).href())
        for metric in metrics[:MAX_LINKS]
    ]
    more = [Part(f"and {len(metrics) - MAX_LINKS} more", quiet=True)] if len(metrics) > MAX_LINKS else []
    facts = " · ".join(filter(None, (row.asset.subject_id, row.asset.project)))
    asset = [Part(row.asset.name, ReviewAddress(record_id=row.asset.record_id).href()), Part(facts, quiet=True)]
    who = Part(row.evaluator or "No name recorded")
    return [[*asset, *new], who, counts, [*links, *more], format_clock_time(row.latest).removesuffix(" UTC")]
