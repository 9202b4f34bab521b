"""The queue that this tab works off: which one it is, and the steps from one metric to the next."""

from collections.abc import Mapping
from contextlib import suppress

import streamlit as st

from pages.shell import address, open_queue
from pages.shell.open_queue import OpenQueue
from pages.shell.portal import person_key
from pages.shell.session import page_permissions, reviews
from qc_core.assets.metrics import MetricRow
from qc_core.assets.queue import item_id
from qc_core.errors import QcError, StoreUnavailable
from qc_core.identity.permissions import Allowed
from qc_core.quality_control.annotating.changes import ChangeSet
from qc_core.reviewing import Submission


def open_queue_of(text: str, *, fresh: bool = False) -> OpenQueue:
    """The queue of a query as this tab has it open, opened if it is not; `fresh` opens it again.

    Raises StoreUnavailable.
    """
    opened: OpenQueue | None = st.session_state.get("qc-queue")
    submissions = reviews.count_submissions()
    if fresh or opened is None or (opened.text, opened.owner) != (text, person_key()):
        opened = open_queue.load(text, person_key(), submissions)
        st.session_state["qc-queue"] = opened
    elif opened.submissions != submissions:
        opened.check_submitted(submissions)
    return opened


def follow_decision(record_id: str, key: str) -> None:
    """In the callback of a decision on the metric with that key: go on to the next one, if this one is the current."""
    text = address.read_review_address().queue
    opened = _get_open_queue(text)
    if text is None or opened is None:
        return
    clear_outcomes()
    opened.use_draft(record_id, reviews.get_review(record_id).edits)
    row = opened.queue.find(record_id, key)
    if row is not None and item_id(row) == opened.queue.current and item_id(row) in opened.queue.decided:
        go_to_next(text, record_id)


def skip_current(text: str, record_id: str) -> None:
    """In a callback on the page of a record: skip the current metric, and go on to the next one."""
    opened = _get_open_queue(text)
    if opened is not None and opened.queue.current is not None:
        opened.skip(opened.queue.current, keep=isinstance(page_permissions.may_this_person_annotate(), Allowed))
    go_to_next(text, record_id)


def go_to_next(text: str, record_id: str) -> None:
    """In a callback on the page of a record: open the next metric of the queue; stays where nothing else is left."""
    opened = _get_open_queue(text)
    if opened is not None:
        review = reviews.get_review(record_id)
        _open(opened, opened.step(review.newer or review.stored), record_id)


def go_to_previous(text: str, record_id: str) -> None:
    """In a callback on the page of a record: open the metric before the current one, decided or not."""
    opened = _get_open_queue(text)
    if opened is not None:
        _open(opened, opened.queue.previous_row(), record_id)


def _open(opened: OpenQueue, row: MetricRow | None, record_id: str) -> None:
    """Open a metric: of the record on the page, by its panes alone."""
    if row is None:
        return
    address.open_review(opened.address_of(row))
    if row.asset.record_id != record_id:
        st.rerun()
    st.rerun(["panes", "bar"])


def _get_open_queue(text: str | None) -> OpenQueue | None:
    """The queue, None where there is none, or it cannot be read now: a callback leaves the page as it is then."""
    if text is None:
        return None
    try:
        return open_queue_of(text)
    except StoreUnavailable:
        return None


def request_submissions(changes: Mapping[str, ChangeSet]) -> None:
    """In the callback of the click: these changes are to be submitted by the dialog, record by record."""
    st.session_state["qc-queue-sending"] = dict(changes)


def take_requested() -> dict[str, ChangeSet]:
    """The changes that are to be submitted now, by record; from then on no longer."""
    requested: dict[str, ChangeSet] = st.session_state.pop("qc-queue-sending", {})
    return requested


def keep_outcome(record_id: str, outcome: Submission) -> None:
    """Keep the outcome of one record's submission until the next decision; the record's own bar does not report it."""
    st.session_state.setdefault("qc-queue-outcomes", {})[record_id] = outcome
    reviews.get_review(record_id).draft.submitted = None


def get_outcomes() -> dict[str, Submission]:
    """The outcomes of the last submissions, by record."""
    outcomes: dict[str, Submission] = st.session_state.get("qc-queue-outcomes", {})
    return outcomes


def clear_outcomes() -> None:
    """Forget the outcomes, and what was requested: the dialog starts again."""
    st.session_state.pop("qc-queue-outcomes", None)
    st.session_state.pop("qc-queue-sending", None)
    st.session_state.pop("qc-queue-reverted", None)


def revert_submissions() -> list[str]:
    """In a callback: make drafts that set back what was submitted last; the ids of their records.

    A record that cannot be read now is left as it is, and so is what cannot be set back: `get_reverted` counts both.
    """
    outcomes, reverted, records = get_outcomes(), 0, []
    reviews.read_ahead(outcomes)
    for record_id, outcome in outcomes.items():
        with suppress(QcError):
            number = reviews.revert_submission(record_id, outcome)
            reverted += number
            records += [record_id] if number else []
    clear_outcomes()
    st.session_state["qc-queue-reverted"] = (reverted, sum(len(one.landed) for one in outcomes.values()))
    return records


def get_reverted() -> tuple[int, int] | None:
    """How many changes were set back just now, and of how many; None where nothing was."""
    reverted: tuple[int, int] | None = st.session_state.get("qc-queue-reverted")
    return reverted
