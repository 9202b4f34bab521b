"""Submit what a queue or a grid decided: asset by asset, by the same dialog and path as anywhere; or all in one go."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import streamlit as st

from pages.components import people
from pages.components.review import change_text, review_dialog, submitted
from pages.shell import address, browser_components
from pages.shell.address import ReviewAddress
from pages.shell.errors import boundary, plain
from pages.shell.formatting import count, format_clock_time
from pages.shell.open_queue import OpenQueue
from pages.shell.open_review import OpenReview
from pages.shell.portal import person_name
from pages.shell.session import page_permissions, queues, reviews
from qc_core.errors import QcError
from qc_core.identity.permissions import Allowed
from qc_core.quality_control.annotating.changes import Change, ChangeSet, Edit, NotesChange
from qc_core.reviewing import Submission

_READ_AHEAD = 20
"""Records that are read by one request while they are submitted one by one: what was read is used within seconds."""


class ChangedAssets(Protocol):
    """Assets with unsubmitted changes of the person: their `names` and how many `changes` each has, by record id."""

    @property
    def names(self) -> Mapping[str, str]: ...  # noqa: D102

    @property
    def changes(self) -> Mapping[str, int]: ...  # noqa: D102

    @property
    def changed_records(self) -> list[str]: ...  # noqa: D102

    def use_draft(self, record_id: str, edits: Mapping[str, Edit]) -> None: ...  # noqa: D102


class ChangeSets:
    """The drafts of several records against the records as they are now, read together at the first call.

    What could not be read is read again at the next call.
    """

    def __init__(self, records: Sequence[str]) -> None:
        self.records = records
        self._read: dict[str, tuple[OpenReview, ChangeSet]] = {}
        self._asked = False

    def read(self, record_id: str) -> tuple[OpenReview, ChangeSet]:
        """The review of one of the records and its change set. Raises what the store raises."""
        if not self._asked:
            self._asked = True
            reviews.read_ahead(self.records, again=True)
        if record_id not in self._read:
            self._read[record_id] = reviews.read_changes(record_id)
        return self._read[record_id]


def draw_button(opened: ChangedAssets) -> None:
    """The way to submit all that is changed in these assets, and what was submitted just now."""
    _report(opened)
    _offer(opened, opened.changed_records)


def draw_offer(opened: OpenQueue, record_id: str) -> None:
    """The same for the assets of which all is decided, except for the one on screen, which has a bar of its own."""
    _report(opened)
    undecided = {row.asset.record_id for row in opened.queue.left}
    finished = [one for one in opened.changed_records if one not in undecided]
    if finished != [record_id]:
        _offer(opened, finished)


def _offer(opened: ChangedAssets, records: list[str]) -> None:
    if not records or not isinstance(page_permissions.may_this_person_annotate(), Allowed):
        return
    number = sum(opened.changes[one] for one in records)
    if len(records) == 1:
        label = f"Submit {count(number, 'change')} of {plain(opened.names[records[0]])}"
    else:
        label = f"Submit {count(number, 'change')} of {count(len(records), 'asset')}"
    if st.button(label, key="queue-submit", icon=":material/task_alt:"):
        queues.clear_outcomes()
        if len(records) == 1:
            review_dialog.open_dialog(records[0], in_queue=True)
        else:
            dialog = st.dialog("Review and submit", width="large", on_dismiss=st.rerun)(_dialog)
            dialog(opened, ChangeSets(records))  # kept while it is open: what it draws again is not read again


def _report(opened: ChangedAssets) -> None:
    """What was submitted just now, asset by asset where it is asked for, and the way to set it back."""
    outcomes, reverted = queues.get_outcomes(), queues.get_reverted()
    if reverted is not None:
        st.markdown(f":small[{submitted.describe_undone(*reverted)}]", width="content")
    if not outcomes or not all(map(review_dialog.is_clean, outcomes.values())):
        return
    st.markdown(describe_outcomes(outcomes), width="content")
    popover = st.popover("Read back", type="tertiary", key="queue-read-back", on_change="rerun")
    with popover:
        if popover.open:
            _outcomes(opened, outcomes, "read-back")
    if isinstance(page_permissions.may_this_person_annotate(), Allowed):
        st.button(
            "Undo submission",
            key="queue-undo-submission",
            type="tertiary",
            on_click=_undo,
            args=(opened,),
            help="Makes drafts that set these changes back, for you to submit. The history keeps both.",
        )


def describe_outcomes(outcomes: Mapping[str, Submission]) -> str:
    """Such as "50 changes of 5 assets submitted by Ada Lovelace, 14:02 UTC", as Markdown."""
    number = sum(len(one.landed) + len(one.landed_before) for one in outcomes.values())
    signed = max((one.signed_at for one in outcomes.values() if one.signed_at), default=None)
    when = f", {format_clock_time(signed)}" if signed else ""
    of = f"{count(number, 'change')} of {count(len(outcomes), 'asset')}"
    return f"✔ **{of} submitted** by {plain(person_name())}{when}."


def _undo(opened: ChangedAssets) -> None:
    for record_id in queues.revert_submissions():
        opened.use_draft(record_id, reviews.get_review(record_id).edits)
    st.rerun()


def _dialog(opened: ChangedAssets, change_sets: ChangeSets) -> None:
    with boundary("the review of your changes"):
        sending = queues.take_requested()
        for number, (record_id, changes) in enumerate(sending.items(), start=1):
            if number % _READ_AHEAD == 1:
                reviews.read_ahead(list(sending)[number - 1 : number - 1 + _READ_AHEAD])
            with st.spinner(f"Sending {number} of {len(sending)}. {review_dialog.SENDING}", show_time=True):
                reviews.submit(record_id, changes)
            queues.keep_outcome(record_id, reviews.get_review(record_id).outcome or Submission())
        for record_id in (*change_sets.records, address.read_review_address().record_id):
            reviews.mark_dialog(record_id)
        outcomes = queues.get_outcomes()
        if sending and all(map(review_dialog.is_clean, outcomes.values())):
            st.rerun()  # nothing is left to see to: the bar reports it
        if outcomes:
            _outcomes(opened, outcomes, "outcome")
            browser_components.dialog_focus(key="dialog-focus", data={"outcome": len(outcomes)}, height=1)
            if st.button("Close", type="primary", key="queue-close"):
                st.rerun()
        else:
            _all(opened, change_sets)


def _all(opened: ChangedAssets, change_sets: ChangeSets) -> None:
    """All changes as was → will be, asset by asset; exactly these are submitted."""
    going: dict[str, ChangeSet] = {}
    for number, record_id in enumerate(change_sets.records):
        with st.container(border=True, key=f"qc-queue-asset-{number}", gap="xsmall"), boundary("one of the assets"):
            _link(opened, record_id, f"asset-{number}")
            review, changes = change_sets.read(record_id)
            chosen = tuple(change for change in changes.changes if change.key not in review.left_out)
            st.markdown("\n".join(_describe_change(change) for change in chosen))
            if len(chosen) < len(changes.changes):
                left_out = count(len(changes.changes) - len(chosen), "change")
                st.caption(f"{left_out} that you left out in this asset's review stay in your draft.")
            if changes.conflicts:
                st.warning(_describe_conflicts(len(changes.conflicts)), icon=":material/warning:")
            if chosen:
                going[record_id] = replace(changes, changes=chosen)
    total = sum(len(changes.changes) for changes in going.values())
    if change_sets.records:
        name = people.format_person(change_sets.records[0], person_name())
        st.markdown(f"Signed as **{name}**, with the time of submitting.")
    st.button(
        f"Submit {count(total, 'change')} of {count(len(going), 'asset')}",
        type="primary",
        key="queue-submit-all",
        disabled=not total,
        on_click=queues.request_submissions,
        args=(going,),
    )


def _outcomes(opened: ChangedAssets, outcomes: dict[str, Submission], key: str) -> None:
    """Draw the outcome for each asset, with a link to its remaining changes."""
    for number, (record_id, outcome) in enumerate(outcomes.items()):
        with st.container(border=True, key=f"qc-queue-{key}-{number}", gap="xsmall"):
            _link(opened, record_id, f"{key}-{number}")
            if outcome.landed:
                when = f", {format_clock_time(outcome.signed_at)}" if outcome.signed_at else ""
                st.success(f"{count(len(outcome.landed), 'change')} submitted and read back{when}.", icon="✔️")
            if outcome.landed_before:
                st.info(f"{count(len(outcome.landed_before), 'change')} were in the record already; not sent twice.")
            conflicts = len(outcome.conflicts)
            if conflicts:
                st.warning(_describe_conflicts(conflicts), icon=":material/warning:")
            if outcome.differ:
                differ = count(len(outcome.differ), "change")
                st.warning(f"{differ} changed in another of your tabs, and not submitted.", icon=":material/warning:")
            if outcome.failure is not None:
                st.error(f"Not submitted. {_describe_error(outcome.failure)}", icon="⚠️")


def _describe_change(change: Change | NotesChange) -> str:
    """One change as an item of a list, its further lines indented."""
    return "- " + "  \n  ".join(change_text.describe_change(change))


def _link(opened: ChangedAssets, record_id: str, key: str) -> None:
    name = opened.names.get(record_id, record_id)
    link = {"text": name, "href": ReviewAddress(record_id=record_id).href()}
    browser_components.links(key=f"queue-{key}", data={"links": [link], "belowEachOther": False})


def _describe_conflicts(number: int) -> str:
    what = (
        "Someone else changed one of these metrics"
        if number == 1
        else f"Someone else changed {number} of these metrics"
    )
    return f"{what} meanwhile. Your version stays in your draft: decide in the review of this asset."


def _describe_error(error: QcError) -> str:
    return f"{plain(error.message)}  \n{plain(error.hint)}" if error.hint else plain(error.message)
