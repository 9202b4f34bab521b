"""The values of keyed widgets, and values that outlive a widget when it is not drawn.

Streamlit drops the state of a widget that was not drawn in the last run, and an emptied field holds None; so texts
that are not a value yet, the last number of a field, and the selected row of a table are kept under keys of our own.
"""

from typing import Any

import streamlit as st

FIELDS_KEPT = 100
"""Fields whose first text or last number is remembered; the oldest is forgotten first."""


def get_value(key: str) -> Any:
    """The value that a keyed widget has now, None before it was drawn."""
    return st.session_state.get(key)


def set_value(key: str, value: object) -> None:
    """Make a keyed widget show `value`, before it is drawn; does nothing if it already does."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def forget_widgets(prefixes: tuple[str, ...]) -> None:
    """Forget what widgets hold whose keys begin so: they come on screen again, and the browser has forgotten it, too.

    Streamlit keeps the state of a widget for one run longer than the browser; it would not be sent again.
    """
    for key in [key for key in st.session_state if isinstance(key, str) and key.startswith(prefixes)]:
        del st.session_state[key]


def set_initial_value(key: str, value: object) -> None:
    """Set what a keyed widget that may be emptied shows when it is drawn for the first time."""
    if key not in st.session_state:
        st.session_state[key] = value
        _get_kept("qc-numbers").pop(key, None)


def get_initial_text(key: str, text: str) -> str:
    """The text that a field is drawn with, the same for as long as it is on screen.

    At first it is the stored unfinished text of that key, else `text`.
    """
    initial: dict[str, str] = _get_kept("qc-begun")
    if key not in st.session_state or key not in initial:
        _forget_oldest(initial)
        initial[key] = str(_get_kept("qc-typed").get(key, text))
    return initial[key]


def store_unfinished_text(key: str, text: str) -> None:
    """Keep a text that is not a valid value yet, for when its field leaves the screen and is drawn again."""
    _get_kept("qc-typed")[key] = text


def discard_unfinished_text(key: str) -> None:
    """Forget the unfinished text of a field: it has become a value."""
    _get_kept("qc-typed").pop(key, None)


def get_last_number(key: str, default: Any) -> Any:
    """The number in a field; if the field was emptied, the last number that it had, at first `default`."""
    number, numbers = st.session_state.get(key), _get_kept("qc-numbers")
    if number is not None:
        numbers.pop(key, None)
        _forget_oldest(numbers)
        numbers[key] = number
    return numbers.get(key, default)


def get_selected_row(key: str) -> int | None:
    """The index of the selected row of a table, None for none."""
    row: int | None = _get_kept("qc-rows").get(key)
    return row


def select_row(key: str, row: int | None) -> None:
    """Select a row of a table by its index, or none."""
    _get_kept("qc-rows")[key] = row


def get_confirmed(key: str) -> Any:
    """Which actions of a list were applied last, None if none were."""
    return _get_kept("qc-confirmed").get(key)


def set_confirmed(key: str, confirmed: object) -> None:
    """Remember which actions of a list were applied, so that none is applied twice."""
    kept = _get_kept("qc-confirmed")
    kept.pop(key, None)
    _forget_oldest(kept)
    kept[key] = confirmed


def offer_shortcuts(parts: list[str]) -> None:
    """Name the cards on screen that have keyboard shortcuts: one at a time has them, at first the first card."""
    if st.session_state.get("qc-keys") not in parts:
        st.session_state["qc-keys"] = parts[0] if parts else ""


def has_shortcuts(part: str) -> bool:
    """Whether the keyboard shortcuts belong to this card."""
    return bool(st.session_state.get("qc-keys") == part)


def take_shortcuts(part: str) -> str:
    """Give the keyboard shortcuts to this card; returns the card that had them before."""
    before = str(st.session_state.get("qc-keys") or part)
    st.session_state["qc-keys"] = part
    return before


def get_trigger(key: str, name: str) -> object:
    """In a callback: what a component of ours has just sent under that name, None if nothing."""
    return st.session_state[key].get(name)


def _get_kept(name: str) -> dict[str, Any]:
    kept: dict[str, Any] = st.session_state.setdefault(name, {})
    return kept


def _forget_oldest(kept: dict[str, Any]) -> None:
    for old in list(kept)[: max(0, len(kept) + 1 - FIELDS_KEPT)]:
        del kept[old]
