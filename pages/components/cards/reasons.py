"""The line of the note on a card, with the short reasons of a Fail: chips, each with a key, that are a part of it."""

import streamlit as st

from pages.components.cards.card import CardContext, card_part
from pages.shell.errors import format_hidden_label, plain
from pages.shell.portal import list_reasons, now
from pages.shell.session import reviews, widget_state
from qc_core.quality_control.annotating import editing
from qc_core.quality_control.annotating.reasons import join_note, split_note
from qc_core.quality_control.status import Generation, Status


def draw_note(card: CardContext) -> None:
    """The line of the note: its text, and the reasons of a Fail."""
    edit, widget = card.edit, f"{card.name}-note"

    def keep_text() -> None:
        listed = split_note(card.edit.note)[0] if card.edit else ()
        text = join_note(listed, str(widget_state.get_value(widget) or ""))
        card.keep(editing.with_note(card.edit, card.metric, card.generation, text, now()))

    with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False):
        st.text_input(
            format_hidden_label(f"Note on {card.metric.name}"),
            value=split_note(edit.note)[1] if edit else "",
            key=widget,
            on_change=keep_text,
            live=True,
            placeholder="Add a note",
            label_visibility="collapsed",
        )
        _draw_reasons(card)


def _draw_reasons(card: CardContext) -> None:
    """A button that opens the chips, where the draft has Fail."""
    edit = card.edit
    if card.disabled or edit is None or edit.status is not Status.FAIL:
        return
    offered, chosen = list_reasons(card.metric.modality.abbreviation), split_note(edit.note)[0]
    options = [*offered, *(one for one in chosen if one not in offered)]
    widget = f"{card.name}-reasons"
    widget_state.set_value(widget, list(chosen))

    def keep_reasons() -> None:
        picked = tuple(str(one) for one in widget_state.get_value(widget) or ())
        now_edit = card.edit
        text = split_note(now_edit.note)[1] if now_edit else ""
        card.keep(editing.with_note(now_edit, card.metric, card.generation, join_note(picked, text), now()))

    label = f"Why? ({len(chosen)})" if chosen else "Why?"
    with st.popover(label, type="tertiary", key=f"{widget}-open"):
        st.pills(
            format_hidden_label(f"Reasons of {card.metric.name}"),
            options,
            selection_mode="multi",
            format_func=plain,  # else a label of a chip is Markdown
            key=widget,
            on_change=keep_reasons,
            label_visibility="collapsed",
        )


def toggle(record_id: str, key: str, number: int) -> str | None:
    """In a callback: give a metric that the draft fails its reason of this number, or take it back; its card's part.

    What came of it is stated in the bar: the metric may have left the screen.
    """
    review = reviews.get_review(record_id)
    index, edit = review.number_of(key), review.metric_edit(key)
    if index is None:
        return None
    document = review.stored.document
    metric, generation = document.metrics[index], document.generation or Generation.V2
    given = editing.with_reason(edit, metric, generation, list_reasons, number, now())
    if given is None or given is edit:
        return None
    reviews.keep_edit(record_id, key, given)
    tags = [value for _, value in metric.tags]
    review.stated = f"Fail of {', '.join((metric.name, *tags))}: {', '.join(split_note(given.note)[0]) or 'no reason'}"
    return card_part(metric) if index in review.shown else None
