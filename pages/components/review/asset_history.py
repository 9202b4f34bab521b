"""Who changed what on the whole asset, and when: a button in the record's header, with a row for each change."""

from collections.abc import Mapping
from datetime import UTC, datetime, time

import streamlit as st

from pages.components import people
from pages.components.link_table import Cell, Part, TableColumn, draw_table
from pages.shell.errors import plain
from pages.shell.formatting import count, format_time, status_markdown
from pages.shell.open_review import OpenReview
from pages.shell.portal import now, services
from pages.shell.session import navigation, reviews
from qc_core.errors import StoreUnavailable
from qc_core.json_document.value import same_value
from qc_core.quality_control.annotating.asset_changes import AssetChange, list_changes
from qc_core.quality_control.annotating.note_history import NoteEvent
from qc_core.quality_control.as_of import describe_status_as_of
from qc_core.quality_control.figure_pages import metric_addresses
from qc_core.quality_control.folding import path_text
from qc_core.quality_control.grouping import group_text, leaf_with
from qc_core.quality_control.position import Position
from qc_core.quality_control.values.lines import change_lines, summary
from qc_core.stores.ports import EntryMark, Logged, LoggedValue, StoredRecord

_SHOWN = 300
_UNKNOWN = "not recorded"
_COLUMNS = (
    TableColumn("When", share=17),
    TableColumn("Who", share=13),
    TableColumn("Metric", share=21),
    TableColumn("Status", share=20),
    TableColumn("Value", share=13),
    TableColumn("Note", share=16),
)


def draw(stored: StoredRecord) -> None:
    """The button; the list is made only when somebody opens it."""
    st.fragment(_history, key="history")(stored)


def _history(stored: StoredRecord) -> None:
    popover = st.popover("History", icon=":material/history:", type="tertiary", key="history", on_change="rerun")
    with popover:
        if popover.open:
            with st.container(width=1000):
                _list(stored)


def _list(stored: StoredRecord) -> None:
    try:
        logged = services().log.read(stored.record_id)
    except StoreUnavailable as error:
        st.warning(plain(str(error)))
        logged = Logged()
    changes = list_changes(stored.document, logged.notes)
    if not changes:
        st.markdown("No status and no notes have been recorded.")
        return
    day = st.date_input("Status at the end of a day (UTC)", value=None, max_value=now().date(), key="history-day")
    if day is not None:
        until = datetime.combine(day, time.max, UTC)
        changes = tuple(change for change in changes if change.at is not None and change.at <= until)
        st.markdown(_describe_status(stored, until))
    review = reviews.get_review(stored.record_id)
    with st.container(height=420):
        draw_table(
            "history-table",
            "Changes of this asset, newest first",
            _COLUMNS,
            [_row(review, change, logged.values) for change in changes[:_SHOWN]],
            on_followed=navigation.build_link_callback("history-table", closes="history"),
        )
    more = f"; the newest {_SHOWN} are shown" if len(changes) > _SHOWN else ""
    st.caption(
        f"{count(len(changes), 'change')}{more}. The record keeps old statuses, but not old values or notes: those are "
        "known only for what was submitted through this portal."
    )


def _describe_status(stored: StoredRecord, at: datetime) -> str:
    """Such as "Fail: 3 of 23 Fail, 4 Pending, 16 Pass"."""
    status, counts = describe_status_as_of(stored.document, at)
    total = len(stored.document.metrics)
    failed = counts.failed + counts.allowed
    without = total - counts.decided - counts.pending
    rest = f", {without} without a status by then" if without else ""
    numbers = f"{failed} Fail, {counts.pending} Pending, {counts.passed} Pass"
    return f"{status_markdown(status)} at the end of {at:%Y-%m-%d}: of {count(total, 'metric')} {numbers}{rest}."


def _row(review: OpenReview, change: AssetChange, values: Mapping[EntryMark, LoggedValue]) -> list[Cell]:
    who = people.format_person_in_table(review.record_id, change.who)
    entry = change.entry
    nobody = _UNKNOWN if entry is None else "No name recorded"
    return [
        format_time(entry.recorded_time) if entry else format_time(change.at) if change.at else _UNKNOWN,
        who or nobody,
        _metric(review, change),
        _status(change),
        _value(review, change, values),
        " · ".join(_note(event) for event in change.notes),
    ]


def _metric(review: OpenReview, change: AssetChange) -> Cell:
    """The metric as a link, with its group; the title of notes, or a name that several metrics have, as text."""
    if change.index is None:
        return change.notes[0].whose if change.notes else ""
    document, root = review.stored.document, review.get_navigator(now()).root
    leaf = leaf_with(root, change.index)
    position = Position(group_text(leaf), metric_addresses(document, leaf)[change.index])
    name = Part(document.metrics[change.index].name, review.address.href(position), position=position)
    return [name, Part(path_text(leaf), quiet=True)]


def _status(change: AssetChange) -> Cell:
    """The status before and after, such as "Pending → Pass"; one status if it did not change, or is the first."""
    if change.entry is None:
        return ""
    now_is = Part(status=str(change.entry.status)) if change.entry.status else Part(change.entry.word or "no status")
    if change.was is None or change.was.word == change.entry.word:
        return [now_is, Part("first entry" if change.was is None else "unchanged", quiet=True)]
    was = Part(status=str(change.was.status)) if change.was.status else Part(change.was.word or "no status")
    return [was, Part("→"), now_is]


def _note(event: NoteEvent) -> str:
    if event.on_metric:
        return event.will or ""
    was = (event.was or "none") if event.was_known else _UNKNOWN
    return f"{was} → {event.will or 'none'}"


def _value(review: OpenReview, change: AssetChange, values: Mapping[EntryMark, LoggedValue]) -> str:
    entry = change.entry
    if entry is None or change.index is None:
        return ""
    name = review.stored.document.metrics[change.index].name
    known = values.get(EntryMark(name, entry.evaluator, entry.written))
    if known is None:
        return "" if change.was is None else _UNKNOWN
    if same_value(known.was, known.will):
        return f"{summary(known.will)}, unchanged"
    return " → ".join(change_lines(known.was, known.will))
