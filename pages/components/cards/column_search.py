"""The field that finds columns of a wide table, of which the first ones are on screen."""

import streamlit as st

from pages.components.cards.card import CardContext
from pages.shell.errors import format_hidden_label
from pages.shell.session import widget_state


def draw(card: CardContext) -> str:
    """The field; what its columns are to be named like, "" for all of them.

    The table is drawn anew with other columns, from what is drafted: a browser's edits are of the columns it has.
    """
    key = f"{card.record_id}/{card.metric.key}/columns"

    def show_others() -> None:
        card.reset()
        card.redraw()

    st.text_input(
        format_hidden_label(f"Find columns of {card.metric.name}"),
        key=key,
        type="search",
        placeholder="Find columns by name",
        on_change=show_others,
        label_visibility="collapsed",
    )
    return str(widget_state.get_value(key) or "").strip()
