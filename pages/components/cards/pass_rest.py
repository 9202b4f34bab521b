"""“Pass the rest” of a figure, of a group, or of what is selected: at once, or as a list first."""

import streamlit as st

from pages.components.cards.card import card_part
from pages.components.figure import figure_list
from pages.shell import browser_components
from pages.shell.errors import boundary, plain
from pages.shell.formatting import count
from pages.shell.open_review import OpenReview
from pages.shell.portal import now
from pages.shell.session import navigation, page_permissions, reviews, seen_figures, widget_state
from qc_core.quality_control.annotating import editing
from qc_core.quality_control.annotating.changes import Edit
from qc_core.quality_control.annotating.rest import Rest, find_rest
from qc_core.quality_control.figure_pages import CARDS_PER_PAGE
from qc_core.quality_control.folding import path_text
from qc_core.quality_control.grouping import find_group, leaf_with
from qc_core.quality_control.position import Position
from qc_core.quality_control.status import Generation, Status

MAX_SELECTED = 2000
"""Metrics that a browser may name as selected."""


def draw(record_id: str) -> None:
    """The buttons above the cards, and the list where one was asked for."""
    review = reviews.get_review(record_id)
    if page_permissions.get_refusal(review.stored) is not None:
        return
    opened = navigation.get_opened_position(record_id) or Position()
    data = {"group": opened.group, "page": figure_list.name_page(opened)}
    browser_components.pass_rest(key="pass-rest", data=data, on_asked_change=lambda: _answer(record_id))
    if seen_figures.get_requested(record_id) is not None:
        st.dialog("Pass the rest", width="large", on_dismiss=lambda: seen_figures.request_confirmation("", None))(
            _dialog
        )(record_id)


def list_asked(review: OpenReview, sent: object, group: str) -> tuple[int, ...]:
    """The indexes of the metrics that a browser asks for: `{"scope": "figure"}`, "group", or "selected" with `keys`."""
    match sent:
        case {"scope": "figure"}:
            return review.shown
        case {"scope": "group"}:
            found = find_group(review.get_navigator(now()).root, group)
            return found.metrics if found is not None else ()
        case {"scope": "selected", "keys": list(keys)}:
            wanted = {key for key in keys[:MAX_SELECTED] if isinstance(key, str)}
            return tuple(n for n, metric in enumerate(review.stored.document.metrics) if metric.key in wanted)
    return ()


def find_rest_of(review: OpenReview, metrics: tuple[int, ...]) -> Rest:
    """Those of these metrics that are left to decide and unchanged in the draft."""
    changed = {number for number in map(review.number_of, review.edits) if number is not None}
    seen = seen_figures.get_seen(review.record_id)
    return find_rest(review.stored.document, metrics, now(), changed=changed, seen=seen)


def pass_all(record_id: str, metrics: tuple[int, ...]) -> None:
    """Pass these metrics in one step, which one undo takes back."""
    review, at = reviews.get_review(record_id), now()
    document = review.stored.document
    generation = document.generation or Generation.V2
    edits: dict[str, Edit | None] = {}
    for index in metrics:
        metric = document.metrics[index]
        edits[review.key_of(metric)] = editing.with_status(None, metric, generation, Status.PASS, at)
    reviews.keep_edits(record_id, edits)


def _open_group(record_id: str) -> str:
    opened = navigation.get_opened_position(record_id)
    return opened.group if opened is not None else ""


def _answer(record_id: str) -> None:
    review = reviews.get_review(record_id)
    asked = list_asked(review, widget_state.get_trigger("pass-rest", "asked"), _open_group(record_id))
    rest = find_rest_of(review, asked)
    if rest.unseen or len(rest.seen) > CARDS_PER_PAGE:
        seen_figures.request_confirmation(record_id, rest.all)
        st.rerun(["panes"])
    pass_all(record_id, rest.seen)
    shown = set(rest.seen) & set(review.shown)
    navigation.redraw(record_id, *(card_part(review.stored.document.metrics[index]) for index in shown))


def _dialog(record_id: str) -> None:
    with boundary("the list of what is left"):
        review = reviews.get_review(record_id)
        reviews.mark_dialog(record_id)
        rest = find_rest_of(review, seen_figures.get_requested(record_id) or ())
        if rest.seen:
            st.markdown(f"**{count(len(rest.seen), 'metric')}** whose figure you had on screen:")
            st.markdown(_list(review, rest.seen))
        if rest.unseen:
            st.markdown(f"⚠ **{count(len(rest.unseen), 'metric')}** whose figure you have not had on screen:")
            st.markdown(_list(review, rest.unseen))
        browser_components.dialog_focus(key="dialog-focus", data={"outcome": "rest"}, height=1)
        with st.container(horizontal=True):
            if rest.seen:
                _button(record_id, f"Pass {count(len(rest.seen), 'metric')}", rest.seen, primary=True)
            if rest.unseen:
                also = "also those you have not seen" if rest.seen else "which you have not seen"
                _button(record_id, f"Pass {count(len(rest.all), 'metric')}, {also}", rest.all, primary=not rest.seen)


def _button(record_id: str, label: str, metrics: tuple[int, ...], *, primary: bool) -> None:
    if st.button(label, type="primary" if primary else "secondary", key=f"pass-{len(metrics)}"):
        seen_figures.request_confirmation("", None)
        pass_all(record_id, metrics)
        st.rerun()


def _list(review: OpenReview, metrics: tuple[int, ...]) -> str:
    """The metrics by group, a line a group."""
    root, groups = review.get_navigator(now()).root, dict[str, list[str]]()
    for index in metrics:
        groups.setdefault(path_text(leaf_with(root, index)), []).append(review.stored.document.metrics[index].name)
    return "\n".join(f"- :small[{plain(label)}:] {plain(', '.join(names))}" for label, names in groups.items())
