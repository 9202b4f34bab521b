"""How a project's metrics were decided: the share that was Pending day by day, and how long decisions took."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from pages.components import status_chart
from pages.shell.formatting import count
from pages.shell.portal import now
from qc_core.assets.decisions import Decision, PendingDay, count_by_delay, count_pending_by_day, find_last_decisions
from qc_core.assets.metrics import MetricChange

if TYPE_CHECKING:
    import altair as alt

_HEIGHT = 210
_ACCENT = "#2a8d96"
"""At least 3:1 on the background of either theme, and of no status."""


def draw(changes: Sequence[MetricChange], metrics: int) -> None:
    """Both charts; `metrics` is how many metrics there are, also without a status that has a time."""
    days = count_pending_by_day(changes, now().date())
    decisions = find_last_decisions(changes, now())
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("**Pending over time**")
        _draw_pending(days, metrics)
    with right:
        st.markdown("**Days from acquisition to the last decision**")
        _draw_delays(decisions)


def _draw_pending(days: Sequence[PendingDay], metrics: int) -> None:
    if not days:
        st.caption("No metric has a status with a time.")
        return
    last = days[-1]
    label = f"Share of Pending metrics by day; today {last.pending} of {last.known}"
    status_chart.draw_chart("pending", _build_pending(days), label)
    without = f" {count(metrics - last.known, 'metric')} without a time left out." if metrics > last.known else ""
    st.caption(f"Of the metrics that had a status on that day. Now {last.pending:,} of {last.known:,}.{without}")


def _build_pending(days: Sequence[PendingDay]) -> "alt.Chart":
    import altair as alt

    rows = [
        {"time": day.day.isoformat(), "share": day.share, "when": f"{day.day}", "text": f"{day.pending} of {day.known}"}
        for day in days
    ]
    frame = status_chart.build_frame(rows, ("time", "share", "when", "text"))
    percent = alt.Axis(format="%", title=None, tickCount=4)
    chart: alt.Chart = (
        alt.Chart(frame)
        .mark_area(
            interpolate="step-after", color=status_chart.COLORS[1], opacity=0.35, line={"color": status_chart.COLORS[1]}
        )
        .encode(
            x=status_chart.encode_time(),
            y=alt.Y("share:Q", axis=percent, scale=alt.Scale(domain=[0, 1])),
            tooltip=status_chart.encode_tooltip({"when": "Day", "text": "Pending"}),
        )
        .properties(height=_HEIGHT)
    )
    return chart


def _draw_delays(decisions: Sequence[Decision]) -> None:
    if not decisions:
        st.caption("Nothing was decided yet: no metric's status was changed to Pass or Fail.")
        return
    label = f"Days from acquisition to the last decision of {count(len(decisions), 'asset')}"
    status_chart.draw_chart("delays", _build_delays(count_by_delay(decisions)), label)
    open_still = sum(not decision.is_complete for decision in decisions)
    more = f" {count(open_still, 'asset')} of these still with Pending metrics." if open_still else ""
    st.caption(
        f"{count(len(decisions), 'asset')} with a metric whose first status was changed to Pass or Fail. 1 day is the "
        f"day after.{more}"
    )


def _build_delays(counts: dict[str, int]) -> "alt.Chart":
    import altair as alt
    import pandas as pd

    frame = pd.DataFrame({"days": list(counts), "assets": list(counts.values())})
    whole = alt.Axis(title=None, format="d", tickMinStep=1, tickCount=4)
    chart: alt.Chart = (
        alt.Chart(frame)
        .mark_bar(color=_ACCENT)
        .encode(
            x=alt.X(
                "days:N",
                sort=list(counts),
                title=None,
                axis=alt.Axis(labelAngle=-45, labelLimit=90, labelOverlap=False),
            ),
            y=alt.Y("assets:Q", axis=whole),
            tooltip=[alt.Tooltip("days:N", title="After"), alt.Tooltip("assets:Q", title="Assets")],
        )
        .properties(height=_HEIGHT)
    )
    return chart
