"""A value that its project locks, on its card: why it cannot be changed, and the way to unlock it for those who may."""

import streamlit as st

from pages.components.cards.card import CardContext
from pages.shell.session import page_permissions, reviews


def draw(card: CardContext) -> bool:
    """The reason, and the button; whether the value is locked."""
    if card.disabled:
        return False
    stored = reviews.get_review(card.record_id).stored
    reason = page_permissions.get_value_lock(stored, card.metric)
    if reason is None:
        return False

    def unlock() -> None:
        page_permissions.unlock_value(stored, card.metric)
        card.redraw()

    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(f":material/lock: {reason}", width="stretch")
        if page_permissions.may_unlock_value(stored, card.metric):
            st.button("Unlock", key=f"{card.name}-unlock", on_click=unlock, type="tertiary")
    return True
