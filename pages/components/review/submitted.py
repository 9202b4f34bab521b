"""The bar after a submission: what was written, what was read back, and “Undo submission”."""

import streamlit as st

from pages.components.review import review_dialog
from pages.shell.errors import plain
from pages.shell.formatting import count, format_clock_time
from pages.shell.open_review import OpenReview
from pages.shell.portal import person_name
from pages.shell.session import navigation, reviews
from qc_core.reviewing import Submission


def describe(outcome: Submission) -> str:
    """Such as "8 changes submitted by Ada Lovelace, 14:02 UTC", as Markdown."""
    when = f", {format_clock_time(outcome.signed_at)}" if outcome.signed_at else ""
    before = len(outcome.landed_before)
    already = f" {before:,} of this draft were in the record already." if before else ""
    return f"✔ **{count(len(outcome.landed), 'change')} submitted** by {plain(person_name())}{when}.{already}"


def draw(state: OpenReview) -> None:
    """What was read back, behind a button, and "Undo submission"; nothing where nothing was submitted just now."""
    outcome = state.draft.submitted
    if outcome is None:
        return
    popover = st.popover("Read back", type="tertiary", key="read-back", on_change="rerun")
    with popover:
        if popover.open:
            st.markdown("**Read back from the record**")
            review_dialog.draw_read_back(outcome)
    st.button(
        "Undo submission",
        key="undo-submission",
        type="tertiary",
        on_click=_undo,
        args=(state.record_id,),
        help="Makes a draft that reverts these changes, for you to submit. The history keeps both.",
    )


def _undo(record_id: str) -> None:
    state = reviews.get_review(record_id)
    submitted = state.draft.submitted
    if submitted is None:
        return
    reverted = reviews.revert_submission(record_id)
    state.stated = describe_undone(reverted, len(submitted.landed))
    parts = [f"card-{state.part_of(key)}" for key in state.edits if state.number_of(key) in state.shown]
    navigation.redraw(record_id, *parts)


def describe_undone(reverted: int, submitted: int) -> str:
    """The result of "Undo submission": the draft that has to be submitted, and what cannot be reverted."""
    left = submitted - reverted
    rest = f"{count(left, 'change')} cannot be reverted: changed since, or a note, which stays." if left else ""
    if not reverted:
        return rest or "Nothing can be reverted."
    words = "Reverted in your draft: submit it to write that. The history keeps both."
    return f"{words} {rest}" if rest else words
