"""The three panes of a review: the tree of groups, the open figure, and the cards of all metrics that share it.

The tree is drawn with the page. Figure and cards are one fragment, "panes": a click on a group or a figure draws that
again and nothing else.
"""

from datetime import datetime

import streamlit as st

from pages.components.cards import metric_cards
from pages.components.figure import figure_list, figure_view
from pages.components.review import group_tree, undo_buttons
from pages.shell import browser_components
from pages.shell.address import ReviewAddress, read_review_address
from pages.shell.errors import boundary, plain
from pages.shell.open_review import OpenReview
from pages.shell.portal import now, services
from pages.shell.session import navigation, page_permissions, reviews, widget_state
from qc_core.quality_control.foreign_address import find_open_path
from qc_core.quality_control.navigation import Navigator, OpenPosition
from qc_core.quality_control.position import Position
from qc_core.references.figures import EmbedFigure, NoFigure


def find_wanted_position(navigator: Navigator, there: ReviewAddress) -> Position:
    """The position that the URL names: ours, else what an address of AIND's own portal has open."""
    if there.open_path and there.position == Position():
        return find_open_path(navigator.document, navigator.root, there.open_path) or there.position
    return there.position


def draw(review: OpenReview, at: datetime) -> None:
    """The panes, side by side on a wide window, below each other on a narrow one."""
    with st.container(key="qc-workspace"):
        groups, rest = st.columns([2.3, 9.9], gap="small")
        with groups, st.container(key="qc-groups"):
            st.fragment(_draw_tree, key="groups")(review.record_id)
        with rest:
            st.fragment(_draw_panes, key="panes")(review.record_id)
    st.fragment(_draw_keys, key="keys")(review.record_id)


def _draw_keys(record_id: str) -> None:
    """The keys of the review, a fragment of its own: what they ask for draws nothing else again."""
    browser_components.review_keys(
        key="review-keys",
        data={},
        on_followed_change=navigation.build_link_callback("review-keys"),
        on_steps_change=lambda: undo_buttons.apply_steps(
            record_id, widget_state.get_trigger("review-keys", undo_buttons.STEPS)
        ),
        height=1,
    )


def _draw_tree(record_id: str) -> None:
    with boundary("the tree of groups"):
        at, address = now(), read_review_address()
        review = reviews.get_review(record_id)
        navigator = review.get_navigator(at)
        opened = navigator.resolve(
            find_wanted_position(navigator, address), at, navigation.get_opened_position(record_id)
        )
        figures = figure_list.build_list(record_id, navigator, at)
        services().conversions.prepare(str(figure["name"]) for figure in figures["figures"])
        group_tree.draw(review, navigator.root, opened.group, address, figures)


def _draw_panes(record_id: str) -> None:
    with boundary("the figure and its metrics"), st.container(key="qc-panes"):
        at, address = now(), read_review_address()
        review = reviews.get_review(record_id)
        review.address = address
        navigator = review.get_navigator(at)
        opened = navigator.resolve(
            find_wanted_position(navigator, address), at, navigation.get_opened_position(record_id)
        )
        navigation.store_opened_position(record_id, opened.position)
        annotatable = page_permissions.get_refusal(review.stored) is None
        if opened.missing:
            st.info(
                f"This record has no {plain(opened.missing)}; it may have been removed. "
                "The first one to review is shown instead."
            )
        _draw_opened(review, navigator, opened, address, at, annotatable=annotatable)


def _draw_opened(
    review: OpenReview,
    navigator: Navigator,
    opened: OpenPosition,
    address: ReviewAddress,
    at: datetime,
    *,
    annotatable: bool,
) -> None:
    """Cards next to their figure, or without one; below it where it needs the width of the page, as a view does."""
    stored = review.stored
    figure = figure_view.as_named(opened.figure_page.reference, stored.record_id, navigator.locations)
    has_figure, wide = not isinstance(figure, NoFigure), isinstance(figure, EmbedFigure)
    if wide:
        left = right = st.container(key="qc-wide")  # page.css puts the tree behind a button then
    elif has_figure:
        left, right = st.columns([6.5, 3.4], gap="small")
    else:
        left = right = st.container()
    with left, boundary("the figure"):
        figure_view.draw(review, navigator, opened, address)
    with right:
        across = 3 if wide else 1 if has_figure else 2
        metric_cards.draw(stored, navigator, opened, at, annotatable=annotatable, across=across, wide=wide)
        metric_cards.draw_cards_of_other_groups(stored, navigator, opened, address, at)
