"""The cards of all metrics that share the open reference."""

from collections.abc import Iterator
from datetime import datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.components import metric_card, session
from pages.components.card import card_part
from pages.components.errors import boundary
from pages.components.words import count
from qc_core.quality_control.sheets import Sheet
from qc_core.stores.ports import StoredRecord


def draw(stored: StoredRecord, sheet: Sheet, at: datetime, *, annotatable: bool, across: int) -> None:
    """One card a metric, each in its own error boundary; `across` of them side by side."""
    part = f", part {sheet.part} of {sheet.parts}" if sheet.parts > 1 else ""
    shared = " on this figure" if sheet.reference else ", no figure"
    st.caption(f"{count(len(sheet.metrics), 'metric')}{shared}{part}")
    metrics = [stored.document.metrics[index] for index in sheet.metrics]
    session.offer_keys([card_part(metric) for metric in metrics if metric.curation])
    places = _places([metric.curation is not None for metric in metrics], across)
    for metric, (place, wide) in zip(metrics, places, strict=True):
        with place, boundary(f"the metric {metric.name}"):
            metric_card.draw(stored, metric, at, annotatable=annotatable, wide=wide)


def _places(are_wide: list[bool], across: int) -> Iterator[tuple[DeltaGenerator, bool]]:
    """Where each card stands, and whether it has the whole width: a curation takes that, others stand side by side."""
    row: list[DeltaGenerator] = []
    number = 0
    for wide in are_wide:
        if across == 1 or wide:
            row = []
            yield st.container(), across > 1
            continue
        if not row:
            row, number = list(st.columns(across, gap="small")), 0
        yield row[number % across], False
        number += 1
