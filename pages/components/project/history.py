"""The assets of a project through time: a row for each subject."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from pages.components import status_chart
from pages.shell import links
from pages.shell.formatting import count
from qc_core.assets.index import AssetSummary
from qc_core.assets.project_history import SubjectMark, build_subject_marks, list_subjects

if TYPE_CHECKING:
    import altair as alt

MAX_SUBJECTS = 40
"""Subjects in the chart until all are asked for."""
_ROW_HEIGHT = 30
_FIELDS = ("status", "href", "time", "when", "subject", "asset", "level", "lane", "pending")
_LANES = ("raw", "derived")
_TOOLTIP = {
    "asset": "Asset",
    "subject": "Subject",
    "level": "Level",
    "when": "Acquired",
    "status": "Status",
    "pending": "Pending",
}


def draw(assets: Sequence[AssetSummary], shared_names: frozenset[str]) -> None:
    """The chart; of many subjects those with the newest assets, until the others are asked for."""
    marks = build_subject_marks(assets)
    subjects = list_subjects(marks)
    if len(subjects) > MAX_SUBJECTS and not st.toggle(f"Show all {len(subjects)} subjects", key="all-subjects"):
        subjects = subjects[:MAX_SUBJECTS]
        marks = tuple(mark for mark in marks if mark.subject in set(subjects))
    if marks:
        label = f"{count(len(marks), 'asset')} of a project by subject, time of acquisition and status"
        status_chart.draw_chart("history", _build_chart(marks, subjects, shared_names), label)
        st.caption("In each row the raw assets are above, those made from others below.")
    if without := sum(asset.acquisition_time is None for asset in assets):
        st.caption(f"{count(without, 'asset')} without a time of acquisition: only in the list of assets.")


def _build_chart(marks: Sequence[SubjectMark], subjects: Sequence[str], shared_names: frozenset[str]) -> "alt.Chart":
    import altair as alt

    rows = (
        status_chart.build_mark(
            mark.asset.status,
            links.link_asset(mark.asset, shared_names),
            mark.time,
            subject=mark.subject,
            asset=mark.asset.name,
            level=mark.asset.data_level or "–",
            lane=_LANES[mark.asset.data_level == "derived" or bool(mark.asset.sources)],
            pending=f"{mark.asset.pending} of {count(mark.asset.metrics, 'metric')}",
        )
        for mark in marks
    )
    chart: alt.Chart = (
        alt.Chart(status_chart.build_frame(rows, _FIELDS))
        .mark_point(filled=True, size=80, opacity=0.9)
        .encode(
            x=status_chart.encode_time(),
            y=alt.Y("subject:N", sort=list(subjects), title=None, axis=alt.Axis(grid=True, domain=False, ticks=False)),
            yOffset=alt.YOffset("lane:N", sort=list(_LANES)),
            href="href:N",
            tooltip=status_chart.encode_tooltip(_TOOLTIP),
            **status_chart.encode_status(),
        )
        .properties(height=len(subjects) * _ROW_HEIGHT + 100)
    )
    return chart
