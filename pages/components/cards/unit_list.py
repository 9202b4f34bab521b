"""The units of a spike-sorting curation as a list with keys, and the way to an empty version."""

from collections.abc import Callable

import streamlit as st

from pages.components.cards.card import CardContext
from pages.shell import browser_components
from pages.shell.session import widget_state
from qc_core.json_document.value import JsonValue
from qc_core.quality_control.curation.unit_editing import EditableUnits, empty_version
from qc_core.quality_control.curation.unit_messages import Confirmed, apply_edits


def draw(
    card: CardContext, units: EditableUnits, get_content: Callable[[], JsonValue], keep: Callable[[JsonValue], None]
) -> None:
    """The list; `get_content` gives the version as it is when an action comes, `keep` stores the one after it."""
    key = f"{card.name}-units"
    confirmed = widget_state.get_confirmed(key) or Confirmed()

    def keep_edits() -> None:
        before = get_content()
        done = widget_state.get_confirmed(key) or Confirmed()
        after, now_confirmed = apply_edits(before, widget_state.get_trigger(key, "edited"), done)
        widget_state.set_confirmed(key, now_confirmed)
        keep(after)

    browser_components.unit_list(
        key=key,
        data={
            "label": f"Units of {card.metric.name}",
            "units": [
                {
                    "name": unit.name,
                    "labels": {category: list(labels) for category, labels in unit.labels.items()},
                    "merge": unit.merge,
                    "removed": unit.removed,
                }
                for unit in units.units
            ],
            "categories": [
                {"name": one.name, "options": list(one.options), "exclusive": one.exclusive} for one in units.categories
            ],
            "removes": units.can_remove,
            "sitting": confirmed.sitting,
            "confirmed": confirmed.number,
        },
        on_edited_change=keep_edits,
    )


def draw_clear(card: CardContext, get_content: Callable[[], JsonValue], keep: Callable[[JsonValue], None]) -> None:
    """The button that begins an empty version; the stored ones stay as they are."""

    def clear() -> None:
        keep(empty_version(get_content()))

    st.button(
        "Clear",
        key=f"{card.name}-clear",
        on_click=clear,
        type="tertiary",
        icon=":material/ink_eraser:",
        help="Begins a new, empty version as your draft. The stored versions stay as they are.",
    )
