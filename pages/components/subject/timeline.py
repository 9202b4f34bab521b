"""The timeline of a subject: its assets by modality and level, each joined to those it was made from."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from pages.components import status_chart
from pages.shell import links
from pages.shell.formatting import count
from qc_core.assets.subject_history import HistoryEntry, Mark, build_joins, build_marks, list_rows

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

_ROW_HEIGHT = 34
_FIELDS = ("status", "href", "time", "when", "row", "asset", "pending", "source")
_TOOLTIP = {
    "asset": "Asset",
    "row": "Modality",
    "when": "Time",
    "status": "Status",
    "pending": "Pending",
    "source": "Made from",
}
_UNKNOWN = "source not known here"


def draw(history: Sequence[HistoryEntry], shared_names: frozenset[str]) -> None:
    """The chart, and below it what is not in it."""
    marks = build_marks(history)
    if marks:
        label = f"{count(len(history), 'asset')} by time of acquisition or processing, modality and status"
        status_chart.draw_chart("timeline", _build_chart(marks, shared_names), label)
    notes = []
    if any(entry.is_orphan for entry in history):
        notes.append("A ring marks a derived asset none of whose sources is known here.")
    if without := sum(entry.time is None for entry in history):
        notes.append(f"{count(without, 'asset')} without a time: only in the table.")
    if notes:
        st.caption(" ".join(notes))


def _build_chart(marks: Sequence[Mark], shared_names: frozenset[str]) -> "alt.LayerChart | alt.FacetChart":
    import altair as alt

    rows = list_rows(marks)
    points = _build_points(marks, shared_names)
    x = status_chart.encode_time()
    axis = alt.Axis(labelLimit=190, grid=True, domain=False, ticks=False)
    y = alt.Y("row:N", sort=rows, title=None, axis=axis)
    lines = alt.Chart(_build_lines(marks)).mark_line(strokeWidth=1.2, opacity=0.55, color=status_chart.QUIET)
    rings = alt.Chart(points[points["source"] == _UNKNOWN]).mark_point(
        shape="circle", size=330, color=status_chart.QUIET, strokeDash=[3, 2], filled=False
    )
    shapes = alt.Chart(points).mark_point(filled=True, size=110, opacity=0.95)
    chart = alt.layer(
        lines.encode(x=x, y=y, detail="join:N"),
        rings.encode(x=x, y=y),
        shapes.encode(
            x=x, y=y, href="href:N", tooltip=status_chart.encode_tooltip(_TOOLTIP), **status_chart.encode_status()
        ),
    )
    return chart.properties(height=len(rows) * _ROW_HEIGHT + 90)


def _build_points(marks: Sequence[Mark], shared_names: frozenset[str]) -> "pd.DataFrame":
    rows = (
        status_chart.build_mark(
            mark.entry.asset.status,
            links.link_asset(mark.entry.asset, shared_names),
            mark.time,
            row=mark.row,
            asset=mark.entry.asset.name,
            pending=f"{mark.entry.asset.pending} of {count(mark.entry.asset.metrics, 'metric')}",
            source=_describe_sources(mark.entry),
        )
        for mark in marks
    )
    return status_chart.build_frame(rows, _FIELDS)


def _build_lines(marks: Sequence[Mark]) -> "pd.DataFrame":
    rows = [
        {"join": number, "time": mark.time, "row": mark.row}
        for number, join in enumerate(build_joins(marks))
        for mark in (join.source, join.derived)
    ]
    return status_chart.build_frame(rows, ("join", "time", "row"))


def _describe_sources(entry: HistoryEntry) -> str:
    if entry.is_orphan:
        return _UNKNOWN
    return ", ".join(source.name for source in entry.sources) or "–"
