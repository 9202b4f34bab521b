"""One numeric metric of a project over time; a rectangle drawn in the chart lists the values inside."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from pages.components import status_chart
from pages.components.link_table import Part, TableColumn, draw_table
from pages.shell import browser_components, history_address, links
from pages.shell.formatting import count
from pages.shell.session import widget_state
from qc_core.assets.list_view import format_acquired
from qc_core.assets.metrics import MetricQuery, MetricRow
from qc_core.assets.project_history import MetricKind, ValuePoint, count_numeric_kinds, parse_brush, select_values
from qc_core.assets.query import AssetQuery

if TYPE_CHECKING:
    import altair as alt

MAX_LISTED = 50
_FIELDS = ("status", "href", "time", "when", "number", "asset", "subject")
_TOOLTIP = {"asset": "Asset", "subject": "Subject", "when": "Acquired", "number": "Value", "status": "Status"}
_COLUMNS = (
    TableColumn("Asset"),
    TableColumn("Subject"),
    TableColumn("Acquired"),
    TableColumn("Value", number=True),
    TableColumn("Status"),
)


def draw(metrics: Sequence[MetricRow], shared_names: frozenset[str], query: AssetQuery) -> None:
    """A choice of the metrics that are numbers, the chart of the one that the address names, and its values.

    `query` is that of their assets, for the grid of the chosen metric.
    """
    kinds = count_numeric_kinds(metrics)
    st.markdown("**A metric over time**")
    if not kinds:
        st.caption("No metric of these assets is a number.")
        return
    chosen = history_address.read_metric_kind()
    chosen = chosen if chosen in kinds else max(kinds, key=lambda kind: kinds[kind])
    widget_state.set_value("project-metric", chosen)
    st.selectbox(
        "Metric",
        list(kinds),
        key="project-metric",
        format_func=lambda kind: f"{describe_kind(kind)} ({kinds.get(kind, 0):,})",
        on_change=_choose,
        label_visibility="collapsed",
        width=640,
    )
    wanted = MetricQuery(query, names=(chosen.name,), stages=(chosen.stage,), tags=chosen.tags)
    link = {"text": "Judge its figures in a grid", "href": links.link_grid(wanted)}
    browser_components.links(key="project-grid", data={"links": [link], "belowEachOther": False})
    _draw_values(select_values(metrics, chosen), describe_kind(chosen), shared_names)


def describe_kind(kind: MetricKind) -> str:
    """A metric's name, stage and tags in one line."""
    return " · ".join(part for part in (kind.name, kind.stage, ", ".join(kind.tags)) if part)


@st.fragment
def _draw_values(points: Sequence[ValuePoint], label: str, shared_names: frozenset[str]) -> None:
    if not points:
        st.caption("None of its values has a time of acquisition.")
        return
    chart = _build_chart(points, shared_names)
    event = status_chart.draw_chart("values", chart, f"Values of {label} over time, by status", on_select="rerun")
    brush = parse_brush(event.selection.get("brush"))
    listed = brush.select(points) if brush else points
    of_all = f"of {count(len(points), 'value')}"
    words = f"{len(listed):,} {of_all} selected" if brush else f"{count(len(points), 'value')}, the newest first"
    st.caption(f"{words}. Drag over the chart to list a part of them, click next to it to list all again.")
    draw_table("values", f"Values of {label}", _COLUMNS, _build_rows(listed, shared_names))
    if len(listed) > MAX_LISTED:
        st.caption(f"These are the newest {MAX_LISTED}. Select a part of the chart to see others.")


def _build_rows(points: Sequence[ValuePoint], shared_names: frozenset[str]) -> list[tuple[str | Part, ...]]:
    return [
        (
            Part(point.metric.asset.name, links.link_asset(point.metric.asset, shared_names, point.metric.position)),
            _link_subject(point.metric.asset.subject_id),
            format_acquired(point.time),
            f"{point.number:g}",
            Part(status=point.metric.status),
        )
        for point in reversed(points[-MAX_LISTED:])
    ]


def _link_subject(subject_id: str | None) -> Part:
    return Part(subject_id, links.link_subject(subject_id)) if subject_id else Part("–", quiet=True)


def _build_chart(points: Sequence[ValuePoint], shared_names: frozenset[str]) -> "alt.Chart":
    import altair as alt

    rows = (
        status_chart.build_mark(
            point.metric.status,
            links.link_asset(point.metric.asset, shared_names, point.metric.position),
            point.time,
            number=point.number,
            asset=point.metric.asset.name,
            subject=point.metric.asset.subject_id or "–",
        )
        for point in points
    )
    chart: alt.Chart = (
        alt.Chart(status_chart.build_frame(rows, _FIELDS))
        .mark_point(filled=True, size=70, opacity=0.9)
        .encode(
            x=status_chart.encode_time(),
            y=alt.Y("number:Q", title=None, scale=alt.Scale(zero=False, padding=10)),
            href="href:N",
            tooltip=status_chart.encode_tooltip(_TOOLTIP),
            **status_chart.encode_status(),
        )
        .add_params(alt.selection_interval(name="brush"))
        .properties(height=300)
    )
    return chart


def _choose() -> None:
    chosen = widget_state.get_value("project-metric")
    if isinstance(chosen, MetricKind):
        history_address.set_metric_kind(chosen)
