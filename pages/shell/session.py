"""One browser tab's state: the one module that touches `st.session_state`, and asks fragments to be drawn again.

The open review, its edits among them, is one value under one key, written in callbacks and never in bodies; each
edit is stored as a draft before the callback returns.
"""

import logging
import secrets
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitAPIException

from pages.shell import address, meters, open_review
from pages.shell.address import ReviewPlace, review_place
from pages.shell.open_review import OpenReview
from pages.shell.portal import now, person, person_key, services
from qc_core.errors import QcError, StoreFault, StoreUnavailable
from qc_core.identity.permissions import Allowed, Refused
from qc_core.identity.permissions import may_annotate as ask_may_annotate
from qc_core.quality_control.annotating.changes import ChangeSet, Conflict, Edit
from qc_core.quality_control.values.editor_kinds import Editor
from qc_core.stores.ports import StoredRecord

FIELDS_KEPT = 100
log = logging.getLogger("qc_portal")

REVIEWS_KEPT = 3
"""A change of a field can arrive after the page has moved on to the next record."""


def widget(key: str) -> Any:
    """What a keyed widget holds now, None before it was drawn."""
    return st.session_state.get(key)


def follow(key: str, value: object) -> None:
    """Make a keyed widget show `value`, before it is drawn; does nothing while it already does."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def begins_with(key: str, text: str) -> str:
    """What a field of text begins with, the same as long as it is on screen: `text`, or what was typed and waits."""
    begun: dict[str, str] = st.session_state.setdefault("qc-begun", {})
    if key not in st.session_state or key not in begun:
        for old in list(begun)[: max(0, len(begun) + 1 - FIELDS_KEPT)]:
            del begun[old]
        begun[key] = str(_kept("qc-typed").get(key, text))
    return begun[key]


def remember(key: str, text: str) -> None:
    """Keep what was typed into a field but is no value yet, for when the field leaves the screen and comes back."""
    _kept("qc-typed")[key] = text


def forget(key: str) -> None:
    """What was typed into a field has become a value."""
    _kept("qc-typed").pop(key, None)


def starts_with(key: str, value: object) -> None:
    """What a keyed widget that may be emptied shows at first, before it is drawn."""
    if key not in st.session_state:
        st.session_state[key] = value
        _kept("qc-numbers").pop(key, None)


def last_number(key: str, default: Any) -> Any:
    """The number that a field holds; where it was emptied the last one it held, at first `default`."""
    number, held = st.session_state.get(key), _kept("qc-numbers")
    if number is not None:
        held.pop(key, None)
        for old in list(held)[: max(0, len(held) + 1 - FIELDS_KEPT)]:
            del held[old]
        held[key] = number
    return held.get(key, default)


def chosen(key: str) -> int | None:
    """The row that was chosen in a table, None for none."""
    rows: dict[str, int | None] = st.session_state.setdefault("qc-rows", {})
    return rows.get(key)


def choose(key: str, row: int | None) -> None:
    """Choose a row in a table."""
    st.session_state.setdefault("qc-rows", {})[key] = row


def offer_keys(parts: list[str]) -> None:
    """Say which cards on screen listen to keys: one at a time does, the one used last, at first the first one."""
    if st.session_state.get("qc-keys") not in parts:
        st.session_state["qc-keys"] = parts[0] if parts else ""


def has_keys(part: str) -> bool:
    """Whether keys go to this card."""
    return bool(st.session_state.get("qc-keys") == part)


def take_keys(part: str) -> str:
    """Let keys go to this card; gives the one to which they went before."""
    before = str(st.session_state.get("qc-keys") or part)
    st.session_state["qc-keys"] = part
    return before


def _kept(name: str) -> dict[str, Any]:
    kept: dict[str, Any] = st.session_state.setdefault(name, {})
    return kept


def may_annotate() -> Allowed | Refused:
    """Whether the person here may annotate anything now."""
    return ask_may_annotate(person(), services().settings, now(), anywhere=True, read_only_chosen=_only_looks())


def may_annotate_record(stored: StoredRecord, *, at_write: bool = False) -> Allowed | Refused:
    """Whether the person here may annotate this record now; the same question is asked again at the write."""
    who, of = person(fresh=at_write), stored.asset.project
    allowed = ask_may_annotate(
        who, services().settings, now(), project=of, read_only_chosen=_only_looks(), at_write=at_write
    )
    return Refused(stored.read_only) if isinstance(allowed, Allowed) and stored.read_only else allowed


def refusal(stored: StoredRecord) -> str | None:
    """Why nothing of this record can be annotated here and now, None where it can."""
    allowed = may_annotate_record(stored)
    return allowed.reason if isinstance(allowed, Refused) else None


def _only_looks() -> bool:
    return bool(st.session_state.get("qc-read-only", False))


def read_only_switch() -> None:
    """The one click to look only, and back."""
    unchosen = ask_may_annotate(person(), services().settings, now(), anywhere=True)
    if isinstance(unchosen, Allowed):
        st.session_state.setdefault("qc-read-only", False)
        st.toggle("Look only", key="qc-read-only")


def open_record(record_id: str) -> OpenReview:
    """Open the review of a record for this page. Raises RecordNotFound, BadRecord or StoreUnavailable."""
    reviews = _reviews()
    opened = open_review.read(record_id, _tab(), review_place(), reviews.get(record_id))
    reviews.pop(record_id, None)
    if opened.unsaved and opened.written_anew and opened.trouble is None:
        opened.save(may_annotate_record(opened.stored))  # the stored draft was removed: it is written anew at once
    # What could not be stored as a draft lives here alone, so such a review is never let go.
    for old in [key for key, one in reviews.items() if not one.unsaved][: max(0, len(reviews) + 1 - REVIEWS_KEPT)]:
        del reviews[old]
    reviews[record_id] = opened
    return opened


def opened(record_id: str) -> OpenReview:
    """The review of that record as this tab has it open, for the person who is here now."""
    review = _reviews().get(record_id)
    return review if review is not None and review.owner == person_key() else open_record(record_id)


def opened_before(record_id: str) -> ReviewPlace | None:
    """What was opened for the present address earlier in this visit: a submission must not move the reader."""
    review = opened(record_id)
    return review.stays.get(review.place)


def stay(record_id: str, place: ReviewPlace) -> None:
    """Remember that `place` was opened for the present address."""
    review = opened(record_id)
    review.stays[review.place] = place


def leave() -> None:
    """The reader is on another page: the next visit to a review opens what needs a look then."""
    for review in _reviews().values():
        review.stays.clear()


def keep(record_id: str, key: str, edit: Edit | None) -> None:
    """Take one edit into that record's draft, or out of it (None); also where the login has just run out."""
    review = opened(record_id)
    review.keep(key, edit, may_annotate_record(review.stored))


def take_out(record_id: str, key: str) -> bool:
    """Take one edit out of that record's draft and draw its card anew; False where that is refused."""
    review = opened(record_id)
    return review.take_out(key, may_annotate_record(review.stored))


def keep_mine(record_id: str, conflict: Conflict) -> None:
    """Decide a conflict for one's own version, in that record's draft."""
    review = opened(record_id)
    review.keep_mine(conflict, may_annotate_record(review.stored))


def ask_to_submit(record_id: str, changes: ChangeSet | None) -> None:
    """In the callback of the click: these changes are to be sent by `send`, which the dialog does in sight; or none."""
    opened(record_id).outcome = None
    st.session_state["qc-to-send"] = (record_id, changes)


def to_send(record_id: str) -> ChangeSet | None:
    """The changes that are to be sent now, None for none."""
    of, changes = st.session_state.get("qc-to-send", ("", None))
    return changes if of == record_id else None


def send(record_id: str, changes: ChangeSet) -> None:
    """Submit exactly these changes, then read the record again; what became of them is its `outcome`."""
    review = opened(record_id)
    may = may_annotate_record(review.stored, at_write=True)
    st.session_state["qc-to-send"] = ("", None)
    review.outcome = outcome = review.submit(changes, may)  # kept here too, should the reader have gone on meanwhile
    review.submissions += 1
    meters.submitted(outcome)
    if isinstance(outcome.failure, StoreUnavailable | StoreFault):
        log.warning("a submission to %s did not go through: %s", record_id, outcome.failure.message)
    with suppress(QcError):  # then what became of them is told beside the record as it was
        open_record(record_id)
    opened(record_id).outcome = outcome


def draft_again(record_id: str) -> None:
    """From a part of the page that is drawn again now and then: try the draft once more; once it works, show that.

    Not over the open dialog, which that would close: what closes it draws the page again.
    """
    review = opened(record_id)
    if review.draft_works(may_annotate_record(review.stored)) and not review.in_dialog:
        st.rerun()


def tries(what: str) -> int:
    """How often something was tried again by itself since it last worked."""
    return int(_kept("qc-tries").get(what, 0))


def set_tries(what: str, number: int) -> None:
    """Remember how often something was tried again; 0 once it works."""
    _kept("qc-tries")[what] = number


def mounted(record_id: str, widget_key: str, kind: Editor) -> Editor:
    """The editor that a widget was first drawn with: later edits are told against that, until it leaves the screen."""
    kinds = opened(record_id).mounted
    if widget_key not in st.session_state or widget_key not in kinds:
        kinds[widget_key] = kind
    return kinds[widget_key]


def redraw(record_id: str, *parts: str) -> None:
    """From a callback, as its last step: draw again some cards (or fields of notes) and the bar, and nothing else.

    Leaving a field by a click on a link sends both at once: then the page follows the link as a whole.
    """
    if review_place() != opened(record_id).place:
        return
    try:
        st.rerun([*parts, "bar"])
    except StreamlitAPIException:  # the part has left the screen meanwhile; the next drawing shows the change
        return


def trigger(key: str, name: str) -> object:
    """In a callback: what a component of ours has just handed over under that name, None where nothing."""
    return st.session_state[key].get(name)


def follow_link(key: str) -> Callable[[], None]:
    """The callback for a component of ours whose links lead to other places in the open review."""

    def followed() -> None:
        place = st.session_state[key].get("followed") or {}
        address.open_in_review(group=str(place.get("group", "")), metric=str(place.get("metric", "")))
        st.rerun()  # a field left by this click asks for its card alone: the page must follow all the same

    return followed


def _reviews() -> dict[str, OpenReview]:
    reviews: dict[str, OpenReview] = st.session_state.setdefault("qc-reviews", {})
    return reviews


def _tab() -> str:
    """The name of this tab among the person's others; a reload makes a new one."""
    name: str = st.session_state.setdefault("qc-tab", secrets.token_hex(6))
    return name
