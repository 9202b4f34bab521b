"""Charts whose marks have a status: the same colours and shapes everywhere, with a legend in words.

Each chart is drawn by `draw_chart`. The field `href` of a mark is opened by a click, in the same session.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

import streamlit as st

from pages.shell import browser_components
from pages.shell.formatting import format_time

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

NO_STATUS = "No status"
STATUSES = ("Fail", "Pending", "Pass", NO_STATUS)
COLORS = ("#d9484f", "#c07a00", "#1f9361", "#76858c")
"""Of each of STATUSES; at least 3:1 on the background of either theme."""
QUIET = "#76858c"
"""Of what has no status: lines and rings."""
SHAPES = ("cross", "triangle-up", "circle", "diamond")
TIME_AXIS: Mapping[str, Any] = {"title": None, "labelOverlap": True, "format": "%Y-%m-%d", "tickCount": 8}


def build_mark(status: str, href: str, time: datetime, **more: object) -> dict[str, object]:
    """The fields that every mark has: its status in words, its link, and its time for the axis and for people."""
    return {"status": status or NO_STATUS, "href": href, "time": time, "when": format_time(time), **more}


def build_frame(rows: Iterable[Mapping[str, object]], columns: tuple[str, ...]) -> "pd.DataFrame":
    """Rows as a table with these columns; times become times in UTC."""
    import pandas as pd

    frame = pd.DataFrame([{column: row.get(column) for column in columns} for row in rows], columns=list(columns))
    if "time" in columns:
        frame["time"] = pd.to_datetime(frame["time"], utc=True)
    return frame


def encode_status(*, has_legend: bool = True) -> "dict[str, alt.Color | alt.Shape]":
    """Colour and shape of marks by their field `status`, with one legend for both."""
    import altair as alt

    legend = alt.Legend(title=None, orient="top", symbolSize=90, columnPadding=4) if has_legend else None
    return {
        "color": alt.Color("status:N", scale=alt.Scale(domain=STATUSES, range=COLORS), legend=legend),
        "shape": alt.Shape("status:N", scale=alt.Scale(domain=STATUSES, range=SHAPES), legend=legend),
    }


def encode_tooltip(titles: Mapping[str, str]) -> "list[alt.Tooltip]":
    """What is shown at a mark: its fields, as texts, with their titles."""
    import altair as alt

    return [alt.Tooltip(field, title=title, type="nominal") for field, title in titles.items()]


def encode_time() -> "alt.X":
    """The field `time` on the horizontal axis, in UTC."""
    import altair as alt

    return alt.X("time:T", scale=alt.Scale(type="utc", nice=True, padding=14), axis=alt.Axis(**TIME_AXIS))


def draw_chart(
    key: str,
    chart: "alt.Chart | alt.LayerChart | alt.FacetChart",
    label: str,
    on_select: Literal["ignore", "rerun"] = "ignore",
) -> Any:
    """Draw a chart, described to a screen reader by `label`; returns what is selected in it.

    A selection belongs to the label: it is not kept for a chart of something else.
    """
    digest = hashlib.sha256(label.encode()).hexdigest()[:12]
    with st.container(key=f"qc-chart-{key}"):
        return st.altair_chart(
            chart.properties(description=label), width="stretch", key=f"chart-{key}-{digest}", on_select=on_select
        )


def draw_links() -> None:
    """Let clicks on marks open their pages in the session that is open: once on a page with charts."""
    browser_components.chart_links(key="chart-links", data={})
