"""The cards of all metrics that share the open reference; below them those that share it in other groups."""

from datetime import datetime

import streamlit as st

from pages.components import metric_card, parts, session
from pages.components.address import ReviewPlace
from pages.components.errors import boundary
from pages.components.words import count
from qc_core.quality_control.grouping import Group, group_text
from qc_core.quality_control.rollup import metric_status
from qc_core.quality_control.sheets import Sheet, elsewhere, metric_address
from qc_core.stores.ports import StoredRecord


def draw(stored: StoredRecord, sheet: Sheet, at: datetime, *, annotatable: bool, across: int) -> None:
    """One card a metric, each in its own error boundary; `across` of them side by side."""
    part = f", part {sheet.part} of {sheet.parts}" if sheet.parts > 1 else ""
    shared = " on this figure" if sheet.reference else ", no figure"
    st.caption(f"{count(len(sheet.metrics), 'metric')}{shared}{part}")
    columns = st.columns(across, gap="small") if across > 1 else [st.container()]
    for number, index in enumerate(sheet.metrics):
        metric = stored.document.metrics[index]
        with columns[number % across], boundary(f"the metric {metric.name}"):
            metric_card.draw(stored, metric, at, annotatable=annotatable)


def draw_elsewhere(stored: StoredRecord, root: Group, sheet: Sheet, place: ReviewPlace, at: datetime) -> None:
    """What else the open figure is about: the metrics of other groups (or further sheets) that refer to it."""
    with boundary("what else the figure is about"):
        document = stored.document
        groups = []
        for group, metrics in elsewhere(document, root, sheet):
            links = []
            for index in metrics:
                there = {"group": group_text(group), "metric": metric_address(document, group, index)}
                status = metric_status(document.metrics[index], document.generation, at)
                name = document.metrics[index].name
                links.append({"name": name, "status": str(status or ""), "place": there, "href": place.href(**there)})
            groups.append({"label": " / ".join(label for _, label in group.address) or group.label, "links": links})
        if groups:
            parts.elsewhere(
                key="elsewhere", data={"groups": groups}, on_followed_change=session.follow_link("elsewhere")
            )
