"""Who changed what on the whole asset, and when: a button in the record's header, with the list behind it."""

from collections.abc import Mapping

import streamlit as st

from pages.components.errors import plain
from pages.components.portal import services
from pages.components.words import count, moment
from qc_core.errors import StoreUnavailable
from qc_core.json_value import same_value
from qc_core.quality_control.timeline import Event, timeline
from qc_core.quality_control.values import summary
from qc_core.stores.ports import EntryMark, LoggedValue, StoredRecord

_SHOWN = 300
_ROW = 35
"""Pixels."""


def draw(stored: StoredRecord) -> None:
    """The button; the list is made only when somebody opens it."""
    st.fragment(_history, key="history")(stored)


def _history(stored: StoredRecord) -> None:
    popover = st.popover("History", icon=":material/history:", type="tertiary", key="history", on_change="rerun")
    with popover:
        if popover.open:
            _list(stored)


def _list(stored: StoredRecord) -> None:
    events = timeline(stored.document)
    if not events:
        st.markdown("No status was ever recorded.")
        return
    try:
        logged = services().log.read(stored.record_id)
    except StoreUnavailable as error:
        st.warning(plain(str(error)))
        logged = {}
    rows = [_row(event, logged) for event in events[:_SHOWN]]
    st.dataframe(rows, hide_index=True, width=900, height=min(420, _ROW * (len(rows) + 1) + 2))
    more = f"; the newest {_SHOWN} are shown" if len(events) > _SHOWN else ""
    st.caption(
        f"{count(len(events), 'change')} of status{more}. The format keeps old statuses, not old "
        "values: these are known for what was submitted through this portal."
    )


def _row(event: Event, logged: Mapping[EntryMark, LoggedValue]) -> dict[str, str]:
    entry, metric = event.entry, event.metric
    mark = EntryMark(metric.name, entry.evaluator, entry.written)
    return {
        "When": moment(entry.timestamp),
        "Who": entry.evaluator.strip() or "nobody named",
        "Metric": metric.name,
        "Status": entry.word or "",
        "Value": _value(event, logged.get(mark)),
    }


def _value(event: Event, known: LoggedValue | None) -> str:
    if known is None:
        return "at first" if event.position == 0 else "not recorded"
    if same_value(known.was, known.will):
        return f"{summary(known.will)}, unchanged"
    return f"{summary(known.was)} → {summary(known.will)}"
