"""The bar at the bottom: how many changes, that they are saved, and the way to submit them."""

from urllib.parse import quote

import streamlit as st

from pages.components.queue import queue_bar
from pages.components.review import finish, review_dialog, submitted, undo_buttons, verdicts
from pages.shell import browser_components, login, newer_record, store_notices
from pages.shell.errors import plain
from pages.shell.formatting import count, format_clock_time
from pages.shell.open_review import OpenReview
from pages.shell.portal import now
from pages.shell.session import navigation, page_permissions, reviews
from qc_core.quality_control.annotating.changes import MetricEdit
from qc_core.quality_control.grouping import Group
from qc_core.reviewing import Review
from qc_core.stores.ports import StoredRecord


def draw(stored: StoredRecord, root: Group) -> None:
    """The bar, as a fragment that each change draws again."""
    with st.bottom:
        st.fragment(_bar, key="bar")(stored, root)


def draw_draft_notices(review: Review) -> None:
    """Above a record: changes of the draft that were already submitted, and changes that cannot be read."""
    for problem in review.draft_problems:
        st.warning(plain(problem), icon=":material/warning:")
    if review.draft_trouble is not None:
        st.warning(
            f"{plain(str(review.draft_trouble))} You see the changes that this page has; your others appear once "
            "drafts can be read again. This is retried automatically.",
            icon=":material/cloud_off:",
        )
    if review.landed_keys:
        what, of = count(len(review.landed_keys), "change"), ", ".join(map(plain, _names(review)))
        st.info(
            f"Already in the record, so not sent twice: {of} ({what} that you submitted earlier).",
            icon=":material/task_alt:",
        )


def _names(review: Review) -> list[str]:
    """The names of the metrics (or "Notes") of the changes that were submitted earlier."""
    landed = (review.merged[key].edit for key in review.landed_keys)
    return [edit.fingerprint.name if isinstance(edit, MetricEdit) else "Notes" for edit in landed]


def _bar(stored: StoredRecord, root: Group) -> None:
    state = reviews.get_review(stored.record_id)
    _watch(state)
    if queue_bar.is_open():
        with st.container(key="qc-bars", horizontal=True, vertical_alignment="center"):
            queue_bar.draw(stored)
            _draw_changes(stored, state, root)
    else:
        _draw_changes(stored, state, root)
    store_notices.retry_draft(stored.record_id, well=state.draft.trouble is None and state.review.draft_trouble is None)


def _draw_changes(stored: StoredRecord, state: OpenReview, root: Group) -> None:
    refused = page_permissions.get_refusal(stored)
    with st.container(key="qc-bar", horizontal=True, vertical_alignment="center"):
        limit = verdicts.draw(state, root)
        if refused is not None:
            st.markdown(f"**Read-only.** {plain(refused)}{_describe_draft(state)}{_news(state)}", width="stretch")
            _offer_news(state)
            login.draw_login_for_review(state)
        else:
            st.markdown(_words(state) + _news(state), width="stretch")
            _offer_news(state)
            submitted.draw(state)
            _buttons(stored.record_id, len(state.edits), limit)
            finish.draw_next(state, now())


def _watch(state: OpenReview) -> None:
    """Let the browser ask now and then whether others changed the record."""
    record_id = state.record_id
    shown = state.newer or state.stored
    browser_components.record_watch(
        key="record-watch",
        data={"address": f"/changed/{quote(record_id, safe='')}", "revision": shown.revision},
        height=1,
        on_changed_change=lambda: _check_for_news(record_id),
    )


def _check_for_news(record_id: str) -> None:
    if reviews.check_for_news(record_id):
        st.rerun()
    navigation.redraw(record_id)


def _news(state: OpenReview) -> str:
    """What others changed meanwhile, in the bar, where it moves nothing."""
    news = newer_record.describe_news(state) or state.shown_news
    return f" · {news}" if news else ""


def _offer_news(state: OpenReview) -> None:
    if state.newer is not None:
        st.button("Show it", key="show-news", on_click=_show_news, args=(state.record_id,), icon=":material/sync:")


def _show_news(record_id: str) -> None:
    reviews.show_news(record_id)
    st.rerun()


def _buttons(record_id: str, number: int, limit: int) -> None:
    """Undo, redo and submit; `limit`: up to how many changes are to be submitted without the dialog now, 0 for none."""
    undo_buttons.draw(reviews.get_review(record_id))
    label = f"Review and submit ({number})" if number else "Review and submit"
    if st.button(label, key="review-and-submit", type="primary", disabled=number == 0):
        review_dialog.open_dialog(record_id)
    elif limit:
        review_dialog.submit_at_once(record_id, limit)


def _words(state: OpenReview) -> str:
    number = len(state.edits)
    if state.draft.trouble is not None:
        which = "not saved" if len(state.draft.unsaved) >= number else "the last one not saved"
        words = f"{count(number, 'change')}, {which}." if number else "Your undo is not saved."
        return (
            f"⚠ **{words}** {plain(state.draft.trouble.message)} Keep this page open: saving is "
            f"retried automatically. {plain(state.draft.trouble.hint)}"
        )
    undone = f"{plain(state.stated)} · " if state.stated is not None else ""
    undone = f"{submitted.describe(state.draft.submitted)} · " if state.draft.submitted is not None else undone
    if number:
        saved = f", saved as draft {format_clock_time(state.draft.saved_at)}" if state.draft.saved_at else ""
        saved = ", saving …" if state.draft.is_waiting else saved
        asked = sum(state.is_conflict(key) for key in state.edits)
        decide = f" · **⚠ someone else changed {asked} of them:** decide under “Review and submit”" if asked else ""
        changes = f"**{count(number, 'change')}**"
        if not finish.count_left(state, now()):
            changes = f"**All {len(state.stored.document.metrics):,} decided.** {count(number, 'change')}"
        return f"{undone}{changes}{saved}{_describe_stored_again(state)}{decide}"
    if state.review.draft_trouble is not None:
        return "⚠ Drafts cannot be kept at the moment: what you change is only on this page until they can."
    if undone:
        return f"{undone.removesuffix(' · ')} :gray[· **No changes** left]"
    return "No changes yet. :gray[Each is saved as a draft as you make it.]"


def _describe_stored_again(state: OpenReview) -> str:
    number = state.draft.stored_again
    if not number:
        return ""
    them = "it was" if number == 1 else "they were"
    return (
        f" · ⚠ {count(number, 'saved change')} had been removed from the portal's storage: {them} still on this "
        "page and saved again"
    )


def _describe_draft(state: OpenReview) -> str:
    number = len(state.edits)
    if state.draft.unsaved and state.draft.trouble is None:
        unsaved = len(state.draft.unsaved)
        are = "is" if unsaved == 1 else "are"
        return f" ⚠ **{count(unsaved, 'change')} of yours {are} only on this page.** Keep it open."
    if state.draft.trouble is not None:
        return f" ⚠ **Your last change is not saved.** {plain(state.draft.trouble.message)} Keep this page open."
    return f" {count(number, 'change')} of yours {'is' if number == 1 else 'are'} kept as a draft." if number else ""
