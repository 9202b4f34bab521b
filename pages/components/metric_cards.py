"""The cards of all metrics that share the open reference."""

from datetime import datetime

import streamlit as st

from pages.components import metric_card
from pages.components.errors import boundary
from pages.components.words import count
from qc_core.quality_control.sheets import Sheet
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
