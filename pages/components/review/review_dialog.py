"""The review dialog: all changes, before → after. Changes can be left out; exactly the others are submitted."""

from dataclasses import replace
from datetime import datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.components import people
from pages.components.review import change_text, conflicts
from pages.shell import browser_components, login, meters
from pages.shell.errors import boundary, plain
from pages.shell.formatting import (
    count,
    describe_future_entry,
    describe_future_signature,
    format_clock_time,
    status_markdown,
)
from pages.shell.open_review import OpenReview
from pages.shell.portal import now, person_name
from pages.shell.session import queues, reviews
from qc_core.errors import QcError, StoreUnavailable
from qc_core.quality_control.annotating.change_warnings import find_newest_change, find_warnings
from qc_core.quality_control.annotating.changes import Change, ChangeSet, NotesChange
from qc_core.quality_control.values.answers import summary
from qc_core.reviewing import Submission

_LINES_IN_A_ROW = 4
SENDING = (
    "Sending. Your draft is kept until the record shows your changes. Over a slow database this can take some minutes; "
    "nothing is sent twice."
)


def open_dialog(record_id: str, *, in_queue: bool = False) -> None:
    """Open the dialog; when it closes, the page is drawn again with what was submitted.

    It closes by itself once all is written: the bar of the review reports that, or with `in_queue` that of the queue.
    """
    reviews.request_submission(record_id, None)
    _show_dialog(record_id, in_queue)


def submit_at_once(record_id: str, limit: int) -> None:
    """Submit the draft without the dialog, where it has at most `limit` changes and nothing to check; else open that.

    What does not go through is reported by the dialog.
    """
    opened = reviews.get_review(record_id)
    reviews.request_submission(record_id, None)
    changes = find_unquestioned(opened, limit)
    if changes is not None:
        with st.spinner(SENDING, show_time=True):
            reviews.submit(record_id, changes)
        if is_clean(reviews.get_review(record_id).outcome):
            st.rerun()
    _show_dialog(record_id, False)


def find_unquestioned(opened: OpenReview, limit: int) -> ChangeSet | None:
    """The draft compared with the record as read now, if nothing in it needs a second look; else None."""
    try:
        changes = opened.fresh_change_set()
    except QcError:  # the dialog reads again, and reports it
        return None
    at, newest = now(), _find_newest_change(opened)
    is_small = 0 < len(changes.changes) <= limit and not changes.conflicts
    for change in changes.changes:
        ahead = isinstance(change, Change) and change.edit.rates and describe_future_entry(change.metric.history, at)
        if change.key in opened.left_out or ahead or find_warnings(change, newest):
            return None
    return changes if is_small else None


def _find_newest_change(opened: OpenReview) -> datetime | None:
    """The time of the newest change of the record as it was last read, which may be newer than what the page shows."""
    return find_newest_change((opened.newer or opened.stored).document.metrics, now())


def is_clean(outcome: Submission | None) -> bool:
    """Whether all that was to be submitted is in the record, so that nothing is left to decide or to try again."""
    if outcome is None or outcome.failure is not None:
        return False
    return bool(outcome.landed or outcome.landed_before) and not outcome.conflicts and not outcome.differ


def _show_dialog(record_id: str, in_queue: bool) -> None:
    st.dialog("Review and submit", width="large", on_dismiss=st.rerun)(_dialog)(record_id, in_queue)


def resume_submission(record_id: str) -> None:
    """Submit what the dialog requested if the page was redrawn before it could do so, and show the outcome."""
    sending = reviews.get_requested_submission(record_id)
    if sending is not None:
        with st.spinner(SENDING, show_time=True):
            reviews.submit(record_id, sending)
        outcome = reviews.get_review(record_id).outcome
        if outcome is not None and not is_clean(outcome):
            _outcome(outcome)


def _dialog(record_id: str, in_queue: bool) -> None:
    with boundary("the review of your changes"):
        outcome_slot = st.empty()  # the outcome of the last attempt disappears as soon as the next begins
        above = st.container()
        sending = reviews.get_requested_submission(record_id)
        if sending is not None:
            _send(record_id, sending, above, in_queue)
        opened = reviews.get_review(record_id)
        opened.in_dialog = True
        below = st.container() if opened.outcome is None else st.empty()  # so is what was sent
        if opened.outcome is not None:
            with outcome_slot.container():
                _outcome(opened.outcome)
        with above:
            changes = _read_changes(opened)
        if changes is not None:
            with below if opened.outcome is None else below.container():
                _draw_remaining(opened, changes)
                browser_components.dialog_focus(key="dialog-focus", data={"outcome": opened.submissions}, height=1)


def _draw_remaining(opened: OpenReview, changes: ChangeSet) -> None:
    outcome = opened.outcome
    if changes.conflicts:
        conflicts.draw(opened, changes.conflicts)
    if changes.changes:
        _changes(opened, changes)
    elif not changes.conflicts and outcome is None:
        st.info("There is nothing to submit.")
    if outcome is not None and outcome.failure is not None:
        login.draw_login_for_review(opened)
    if not changes.changes and not changes.conflicts and st.button("Close", type="primary"):
        st.rerun()


def _send(record_id: str, sending: ChangeSet, above: DeltaGenerator, in_queue: bool) -> None:
    """Submit what the click requested, in sight: over a slow database it takes a while.

    Then the page is drawn again without the dialog, where that has nothing to report that the bar does not.
    """
    with st.container():
        _changes(reviews.get_review(record_id), sending, sending_now=True)
    with above, st.spinner(SENDING, show_time=True):
        reviews.submit(record_id, sending)
    outcome = reviews.get_review(record_id).outcome
    if outcome is not None and is_clean(outcome):
        if in_queue:
            queues.keep_outcome(record_id, outcome)
        st.rerun()
    st.rerun(scope="fragment")


def _read_changes(opened: OpenReview) -> ChangeSet | None:
    """The draft against the record as read now; None if that cannot be read, which is shown."""
    try:
        with st.spinner("Reading the record as it is now.", show_time=True):
            return opened.fresh_change_set()
    except StoreUnavailable as error:
        meters.count_error(type(error).__name__)
        st.error(f"{plain(error.message)}\n\nYour draft is kept. Try again in a moment.", icon="⚠️")
        st.button("Try again", key="review-again", icon=":material/refresh:")  # which draws the dialog again
        return None


def _changes(opened: OpenReview, changes: ChangeSet, *, sending_now: bool = False) -> None:
    going = [change for change in changes.changes if change.key not in opened.left_out]
    newest = _find_newest_change(opened)
    warnings = {change.key: find_warnings(change, newest) for change in changes.changes}
    with st.container(key="qc-changes"):
        for number, change in enumerate(sorted(changes.changes, key=lambda one: not warnings[one.key])):
            with st.container(key=f"qc-change-{number}"), boundary("one of your changes"):
                _draw_change(opened, change, warnings[change.key], goes=change in going, sending_now=sending_now)
    if going:
        st.markdown(
            f"Signed as **{people.format_person(opened.record_id, person_name())}**, with the time of submitting."
        )
    st.button(
        f"Submit {count(len(going), 'change')}",
        type="primary",
        key="submit",
        disabled=sending_now or not going,
        on_click=None if sending_now else reviews.request_submission,  # a double click sends once
        args=(opened.record_id, replace(changes, changes=tuple(going))),
    )


def _draw_change(
    opened: OpenReview, change: Change | NotesChange, warnings: list[str], *, goes: bool, sending_now: bool
) -> None:
    """One line a change, as in a table; what has many parts keeps its lines."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False):
        title, *lines = change_text.describe_change(change)
        marks = [f":orange[⚠ {warning}]" for warning in warnings]
        between = " · " if len(lines) <= _LINES_IN_A_ROW and isinstance(change, Change) else "  \n"
        st.markdown(between.join([title, *marks, *(lines if goes else [])]), width="stretch")
        st.button(
            "Leave out" if goes else "Include",
            key=f"out-{change.key}",
            type="tertiary",
            disabled=sending_now,
            on_click=opened.leave_out,
            args=(change.key, goes),
        )
    if not goes:
        st.caption("Not submitted now: it stays in your draft.")


def _outcome(outcome: Submission) -> None:
    if outcome.failure is not None:
        st.error(f"{plain(outcome.failure.message)}\n\n{plain(outcome.failure.hint)}", icon="⚠️")
    if outcome.landed:
        when = f", {format_clock_time(outcome.signed_at)}" if outcome.signed_at else ""
        st.success(f"Submitted by {plain(person_name())}{when}. Read back from the record:", icon="✔️")
        draw_read_back(outcome)
    if outcome.landed_before:
        before = count(len(outcome.landed_before), "change")
        st.info(f"Already in the record, so not sent twice: {before} of this draft.")
    if outcome.differ:
        st.warning(f"{count(len(outcome.differ), 'change')} changed in another of your tabs: please check again below.")


def draw_read_back(outcome: Submission) -> None:
    """What was written as the record then held it, an item a change."""
    st.markdown("\n".join(f"- {_read_back(change, outcome)}" for change in outcome.landed))


def _read_back(change: Change | NotesChange, outcome: Submission) -> str:
    if isinstance(change, NotesChange):
        return f"**{plain(change.title)}**: {plain(change.will or 'none')}"
    value = summary(change.will_value, change.metric.object_type)
    if change.edit.version is not None and change.metric.curation:
        value = f"version {len(change.metric.curation.items) + 1} added"
    words = [f"{change_text.format_title(change.metric.name, change.metric.fingerprint)}: {plain(value)}"]
    entry = outcome.as_read_back.get(change.key)
    if entry is not None:  # of a note alone, nothing was rated, so nothing was signed as a status
        words.append(status_markdown(entry.status))
        words += describe_future_signature(entry, now())
    if change.note:
        words.append(f"note added: {plain(change.note)}")
    return ", ".join(words)
