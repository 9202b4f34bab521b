"""Which position a visit to a review opened, links within a review, and which parts of the page are drawn again."""

from collections.abc import Callable

import streamlit as st
from streamlit.errors import StreamlitAPIException

from pages.shell import address
from pages.shell.current_position import is_on_screen
from pages.shell.session import frames, reviews
from qc_core.quality_control.position import Position, read_json

VIEW = "embed"
"""The name of an embedded view among the parts of the page."""


def get_opened_position(record_id: str) -> Position | None:
    """The group and metric that were opened for the present address earlier in this visit.

    They stay open after a submission, although another group may come first by then.
    """
    review = reviews.get_review(record_id)
    return review.opened.get(review.address)


def store_opened_position(record_id: str, position: Position) -> None:
    """Remember that `position` was opened for the present address."""
    review = reviews.get_review(record_id)
    review.opened[review.address] = position


def leave_reviews() -> None:
    """The reader is on another page: the next visit reads the record again, and chooses again what to open."""
    reviews.close_reviews()


def redraw(record_id: str, *parts: str) -> None:
    """As the last step of a callback: redraw some cards (or fields of notes) and the bar, and nothing else.

    With the card of a curation goes the line above the view in which it is made. A click on a link that leaves a field
    sends both at once: then the panes follow the link.
    """
    followed = not is_on_screen(reviews.get_review(record_id), address.read_review_address())
    with_view = [VIEW] if f"card-{frames.get_drawn_metric()}" in parts and VIEW not in parts else []
    wanted = ["panes", "bar"] if followed else [*parts, *with_view, "bar"]
    try:
        st.rerun(wanted)
    except StreamlitAPIException:  # the part has left the screen meanwhile; the next drawing shows the change
        return


def build_link_callback(key: str, *, closes: str | None = None) -> Callable[[], None]:
    """The callback for the component of ours with this key, whose links lead to positions in the open review.

    `closes` is the popover that the link is in, which is closed: its key, and the name of its part of the page.
    """

    def follow_link() -> None:
        address.open_position(read_json(st.session_state[key].get("followed")))
        if closes is not None:
            st.session_state[closes] = False
        st.rerun(["panes", *([closes] if closes else [])])  # and what else another callback of the same click asks for

    return follow_link


def build_show_callback(key: str, record_id: str) -> Callable[[], None]:
    """The callback for the tree, which sends by the trigger `show` which of its groups the reader wants to see."""

    def show_groups() -> None:
        address.set_shown(str(st.session_state[key].get("show")))
        redraw(record_id)

    return show_groups
