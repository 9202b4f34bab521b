"""Who changed what on the whole asset, and when: a button in the record's header, with the list behind it."""

from collections.abc import Mapping
from datetime import datetime

import streamlit as st

from pages.components import people
from pages.shell.errors import plain
from pages.shell.formatting import count, format_time
from pages.shell.portal import services
from qc_core.errors import StoreUnavailable
from qc_core.json_document.value import same_value
from qc_core.quality_control.annotating.note_history import NoteEvent, note_events
from qc_core.quality_control.timeline import Event, timeline
from qc_core.quality_control.values.lines import change_lines, summary
from qc_core.stores.ports import EntryMark, Logged, LoggedValue, StoredRecord

_SHOWN = 300
_ROW = 35
"""Pixels."""
_UNKNOWN = "not recorded"


def draw(stored: StoredRecord) -> None:
    """The button; the list is made only when somebody opens it."""
    st.fragment(_history, key="history")(stored)


def _history(stored: StoredRecord) -> None:
    popover = st.popover("History", icon=":material/history:", type="tertiary", key="history", on_change="rerun")
    with popover:
        if popover.open:
            _list(stored)


def _list(stored: StoredRecord) -> None:
    try:
        logged = services().log.read(stored.record_id)
    except StoreUnavailable as error:
        st.warning(plain(str(error)))
        logged = Logged()
    noted = note_events(stored.document, logged.notes)
    dated = [
        (event.entry.timestamp, _row(stored.record_id, event, logged.values)) for event in timeline(stored.document)
    ]
    dated += [(event.at, _note_row(stored.record_id, event)) for event in noted]
    if not dated:
        st.markdown("No status and no notes have been recorded.")
        return
    rows = [row for _, row in sorted(dated, key=_newest_first)][:_SHOWN]
    st.dataframe(rows, hide_index=True, width=900, height=min(420, _ROW * (len(rows) + 1) + 2))
    more = f"; the newest {_SHOWN} are shown" if len(dated) > _SHOWN else ""
    st.caption(
        f"{count(len(dated), 'change')}{more}. The record keeps old statuses, but not old values or notes: those are "
        "known only for what was submitted through this portal."
    )


def _newest_first(dated: tuple[datetime | None, dict[str, str]]) -> tuple[bool, float]:
    at, _ = dated
    return at is None, -at.timestamp() if at else 0.0


def _row(record_id: str, event: Event, logged: Mapping[EntryMark, LoggedValue]) -> dict[str, str]:
    entry, metric = event.entry, event.metric
    mark = EntryMark(metric.name, entry.evaluator, entry.written)
    return {
        "When": format_time(entry.recorded_time),
        "Who": people.format_person_in_table(record_id, entry.evaluator.strip()) or "No name recorded",
        "What": metric.name,
        "Status": entry.word or "",
        "Value or note": _value(event, logged.get(mark)),
    }


def _note_row(record_id: str, event: NoteEvent) -> dict[str, str]:
    return {
        "When": format_time(event.at) if event.at else _UNKNOWN,
        "Who": people.format_person_in_table(record_id, event.who.strip()) or _UNKNOWN,
        "What": event.whose,
        "Status": "",
        "Value or note": _note(event),
    }


def _note(event: NoteEvent) -> str:
    if event.on_metric:
        return f"Note: {event.will}"
    was = (event.was or "none") if event.was_known else _UNKNOWN
    return f"{was} → {event.will or 'none'}"


def _value(event: Event, known: LoggedValue | None) -> str:
    if known is None:
        return "first entry" if event.position == 0 else _UNKNOWN
    if same_value(known.was, known.will):
        return f"{summary(known.will)}, unchanged"
    return " → ".join(change_lines(known.was, known.will))
