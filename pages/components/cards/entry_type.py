"""The choice between a number and a text for the entry of a metric without a value, where it could be either."""

from collections.abc import Callable

import streamlit as st

from pages.shell.errors import format_hidden_label, plain
from pages.shell.session import widget_state
from qc_core.json_document.value import JsonValue
from qc_core.quality_control.values.lines import summary

_CHOICES = ("Number or yes/no", "Text")


def draw(entries: list[JsonValue], label: str, key: str, on_change: Callable[[], None], *, disabled: bool) -> None:
    """The choice, for entries that were typed where nothing was stored; nothing where there are none.

    `entries` are as they would be stored now. The one control is for all of them.
    """
    if not entries:
        return
    are_texts = any(isinstance(entry, str) for entry in entries)
    widget_state.set_value(key, _CHOICES[are_texts])
    shown = ", ".join(plain(summary(entry)) for entry in entries[:3]) + (", …" if len(entries) > 3 else "")
    st.caption(f"Store {shown} as")
    st.segmented_control(
        format_hidden_label(f"Type of {label}"),
        _CHOICES,
        key=key,
        on_change=on_change,
        disabled=disabled,
        required=True,
        label_visibility="collapsed",
    )


def is_text_chosen(key: str) -> bool | None:
    """Whether the person chose to store such entries as texts; None before there was a choice."""
    choice = widget_state.get_value(key)
    return None if choice is None else choice == _CHOICES[1]
