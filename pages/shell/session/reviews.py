"""The reviews that this tab has open, their edits, and the submission that was requested.

An open review, its edits among them, is one value under one key, written in callbacks and never in bodies; each edit
is stored as a draft before the callback returns.
"""

import logging
import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress

import streamlit as st

from pages.shell import meters, newer_record, open_review
from pages.shell.address import read_review_address
from pages.shell.open_review import OpenReview
from pages.shell.portal import now, person_key, services
from pages.shell.session.page_permissions import get_locked_change, may_annotate_record
from qc_core.errors import QcError, StoreFault, StoreUnavailable
from qc_core.identity.permissions import Allowed
from qc_core.quality_control.annotating.changes import ChangeSet, Conflict, DraftEntry, Edit
from qc_core.quality_control.annotating.rebase import build_change_set
from qc_core.quality_control.annotating.reverting import build_reverting_edits
from qc_core.quality_control.values.editor_kinds import Editor
from qc_core.reviewing import Submission

log = logging.getLogger("qc_portal")

REVIEWS_KEPT = 3
"""More than one, since a change of a field can arrive after the page has moved on to the next record."""


def open_record(record_id: str) -> OpenReview:
    """The review of a record for this page: as this tab has it open, else read now.

    A record is read when it is opened, and before and after a submission. In between its page is drawn from what was
    read, so that no click waits for a store. Raises RecordNotFound, BadRecord or StoreUnavailable.
    """
    review = _reviews().get(record_id)
    if review is not None and _get_open() == record_id and review.is_whole(person_key()):
        if review.shows_newer:
            news = newer_record.describe_news(review)
            review = _reviews()[record_id] = open_review.show_newer(review, read_review_address())
            review.shown_news = f"{news} This is shown now." if news else ""
        review.address, review.outcome, review.in_dialog = read_review_address(), None, False
        return review
    review = _read_record(record_id)
    st.session_state["qc-open"] = record_id
    return review


def check_for_news(record_id: str) -> bool:
    """Somebody changed the record: read it again. True where the next drawing of the page shows it.

    That is so where no change of the reader's is touched, and nothing moves on the page.
    """
    review = get_review(record_id)
    with suppress(QcError):  # the next reading reports it, or the submission
        review.read_newer()
        review.shows_newer = newer_record.can_show_quietly(review) and not review.in_dialog
    return review.shows_newer


def show_news(record_id: str) -> None:
    """Let the next drawing of the page show the record as others changed it."""
    get_review(record_id).shows_newer = True


def get_review(record_id: str) -> OpenReview:
    """The review of that record as this tab has it open for the present person; opens it if it is not."""
    review = _reviews().get(record_id)
    return review if review is not None and review.draft.owner == person_key() else _read_record(record_id)


def read_changes(record_id: str) -> tuple[OpenReview, ChangeSet]:
    """The review of a record, and its draft against the record as it is now, which is read once for both.

    Raises what the store raises.
    """
    known = _reviews().get(record_id)
    review = get_review(record_id)
    if review is known or review.review.trouble is not None:
        return review, review.fresh_change_set()
    return review, build_change_set(review.stored.document, review.draft.entries, now())


def read_ahead(record_ids: Iterable[str], *, again: bool = False) -> None:
    """Read the records among these that are not open in this tab, and their drafts, where the stores can together.

    With `again` the records that are open are read as well.
    """
    wanted = list(record_ids)
    closed = [one for one in wanted if one not in _reviews()]
    services().records.read_ahead(wanted if again else closed)
    services().drafts.read_ahead(person_key(), closed)


def close_reviews() -> None:
    """The reader is on another page: what is opened next is read again, and its position is chosen again."""
    st.session_state["qc-open"] = ""
    save_waiting()
    for review in _reviews().values():
        review.opened.clear()


def get_known_ids(name: str) -> tuple[str, ...]:
    """The ids of the records of that name, while one of them is open under it; () where they must be asked for."""
    known, found = st.session_state.get("qc-named", ("", ()))
    return found if known == name and _get_open() in found else ()


def store_known_ids(name: str, found: tuple[str, ...]) -> None:
    """Remember which records have that name."""
    st.session_state["qc-named"] = (name, found)


def _get_open() -> str:
    """The id of the record that is on screen, "" while another page is."""
    return str(st.session_state.get("qc-open", ""))


def _read_record(record_id: str) -> OpenReview:
    save_waiting()
    reviews = _reviews()
    review = open_review.read(record_id, _tab(), read_review_address(), reviews.get(record_id))
    reviews.pop(record_id, None)
    if review.draft.unsaved and review.draft.stored_again and review.draft.trouble is None:
        review.draft.save(
            may_annotate_record(review.stored)
        )  # the stored draft was removed: it is stored again at once
    if review.draft.landed_keys and review.review.trouble is None:
        review.draft.clear_landed(review.review.merged, may_annotate_record(review.stored))
    # What could not be stored as a draft exists here alone, so such a review is never dropped.
    for old in [key for key, one in reviews.items() if not one.draft.unsaved][
        : max(0, len(reviews) + 1 - REVIEWS_KEPT)
    ]:
        del reviews[old]
    reviews[record_id] = review
    return review


def keep_edit(record_id: str, key: str, edit: Edit | None, *, can_wait: bool = False) -> None:
    """Add one edit to that record's draft, or remove it (None); also when the login has just expired.

    `can_wait` means that it may be stored with those that follow at once: see `OpenDraft.keep_entries`.
    """
    review = get_review(record_id)
    review.keep_all({key: edit}, may_annotate_record(review.stored), can_wait=can_wait)


def save_waiting() -> None:
    """Store the verdicts of all open drafts that waited to be written together."""
    for review in _reviews().values():
        if review.draft.is_waiting:
            review.draft.save(may_annotate_record(review.stored))


def keep_edits(record_id: str, edits: Mapping[str, Edit | None]) -> None:
    """Add several edits to that record's draft in one step, which one undo takes back."""
    review = get_review(record_id)
    review.keep_all(edits, may_annotate_record(review.stored))


def discard_edit(record_id: str, key: str) -> bool:
    """Remove one edit from that record's draft and reset its card; False if that is refused."""
    review = get_review(record_id)
    return review.discard_edit(key, may_annotate_record(review.stored))


def revert_submission(record_id: str, submitted: Submission | None = None) -> int:
    """Make a draft that sets a submission, the last one by default, back to what was; how many changes it has."""
    review = get_review(record_id)
    document = review.stored.document
    submitted = submitted or review.draft.submitted
    metrics = {review.key_of(metric): metric for metric in document.metrics}
    edits = build_reverting_edits(document, metrics, submitted.landed, now()) if submitted else {}
    if not edits or not review.keep_all(edits, may_annotate_record(review.stored)):
        return 0
    for key in edits:
        review.reset_card(review.part_of(key))
    return len(edits)


def undo_last(record_id: str, *, redo: bool = False) -> dict[str, tuple[DraftEntry | None, DraftEntry]]:
    """Undo the latest step of that record's draft, or `redo` it; by key the entry before, and the one now."""
    review = get_review(record_id)
    return review.undo_last(may_annotate_record(review.stored), redo=redo)


def keep_mine(record_id: str, conflict: Conflict) -> None:
    """Resolve a conflict in favour of the person's own version, in that record's draft."""
    review = get_review(record_id)
    review.keep_mine(conflict, may_annotate_record(review.stored))


def retry_draft(record_id: str) -> None:
    """From a fragment that runs periodically: try to store or read the draft again; draw the page once that works.

    Not while the dialog is open, since that would close it: closing it draws the page again anyway.
    """
    review = get_review(record_id)
    if review.draft.retry(may_annotate_record(review.stored)) and not review.in_dialog:
        st.rerun()


def get_mounted_editor(record_id: str, widget_key: str, kind: Editor) -> Editor:
    """The editor that a widget was first drawn with: until it leaves the screen, its edits refer to that."""
    mounted = get_review(record_id).mounted
    if widget_key not in st.session_state or widget_key not in mounted:
        mounted[widget_key] = kind
    return mounted[widget_key]


def request_submission(record_id: str, changes: ChangeSet | None) -> None:
    """In the callback of the click: these changes are to be submitted by the dialog, in sight; None for no changes."""
    get_review(record_id).outcome = None
    st.session_state["qc-to-send"] = (record_id, changes)


def get_requested_record(record_id: str) -> str:
    """The id of the record that a submission was requested for, else that of the record on screen."""
    of, changes = st.session_state.get("qc-to-send", ("", None))
    return str(of) if changes is not None else record_id


def get_requested_submission(record_id: str) -> ChangeSet | None:
    """The changes that are to be submitted now, None for none."""
    of, changes = st.session_state.get("qc-to-send", ("", None))
    return changes if of == record_id else None


def submit(record_id: str, changes: ChangeSet) -> None:
    """Submit exactly these changes, then read the record again; the review's `outcome` is the result."""
    known = _reviews().get(record_id)
    review = get_review(record_id)
    may = may_annotate_record(review.stored, at_write=True)
    st.session_state["qc-to-send"] = ("", None)
    locked = get_locked_change(review.stored, changes) if isinstance(may, Allowed) else None
    if locked is not None:
        review.outcome = Submission(failure=locked)
        return
    is_fresh = review is not known and review.review.trouble is None
    review.outcome = outcome = review.submit(changes, may, is_fresh=is_fresh)  # kept, should the reader have gone on
    review.submissions += 1
    st.session_state["qc-submissions"] = count_submissions() + 1
    meters.count_submission(outcome)
    if isinstance(outcome.failure, StoreUnavailable | StoreFault):
        log.warning("a submission to %s did not go through: %s", record_id, outcome.failure.message)
    with suppress(QcError):  # then the outcome is shown with the record as it was
        _read_record(record_id)
    get_review(record_id).outcome = outcome
    if outcome.failure is not None:  # what landed may be seen only later: the page reads again when the dialog closes
        st.session_state["qc-open"] = ""


def mark_dialog(record_id: str) -> None:
    """A dialog is open over the review of that record, if there is one: nothing may draw the page and close it."""
    review = _reviews().get(record_id)
    if review is not None:
        review.in_dialog = True


def count_submissions() -> int:
    """How often this tab has submitted, whatever became of it."""
    return int(st.session_state.get("qc-submissions", 0))


def _reviews() -> dict[str, OpenReview]:
    reviews: dict[str, OpenReview] = st.session_state.setdefault("qc-reviews", {})
    return reviews


def _tab() -> str:
    """The name of this tab among the person's others; a reload makes a new one."""
    name: str = st.session_state.setdefault("qc-tab", secrets.token_hex(6))
    return name
