"""Which position a visit to a review opened, links within a review, and which parts of the page are drawn again."""

from collections.abc import Callable

import streamlit as st
from streamlit.errors import StreamlitAPIException

from pages.shell import address
from pages.shell.address import ReviewPlace, review_place
from pages.shell.session import reviews


def get_opened_place(record_id: str) -> ReviewPlace | None:
    """The group and metric that were opened for the present address earlier in this visit.

    They stay open after a submission, although another group may come first by then.
    """
    review = reviews.get_review(record_id)
    return review.stays.get(review.place)


def store_opened_place(record_id: str, place: ReviewPlace) -> None:
    """Remember that `place` was opened for the present address."""
    review = reviews.get_review(record_id)
    review.stays[review.place] = place


def leave_reviews() -> None:
    """Forget the opened positions: the reader is on another page, and the next visit chooses again what to open."""
    for review in reviews.list_reviews():
        review.stays.clear()


def redraw(record_id: str, *parts: str) -> None:
    """As the last step of a callback: draw some cards (or fields of notes) and the bar again, and nothing else.

    A click on a link that leaves a field sends both at once: then the whole page follows the link.
    """
    if review_place() != reviews.get_review(record_id).place:
        return
    try:
        st.rerun([*parts, "bar"])
    except StreamlitAPIException:  # the part has left the screen meanwhile; the next drawing shows the change
        return


def build_link_callback(key: str) -> Callable[[], None]:
    """The callback for the component of ours with this key, whose links lead to positions in the open review."""

    def follow_link() -> None:
        place = st.session_state[key].get("followed") or {}
        address.open_in_review(group=str(place.get("group", "")), metric=str(place.get("metric", "")))
        st.rerun()  # a field left by this click asks for its card alone: the page must follow all the same

    return follow_link
