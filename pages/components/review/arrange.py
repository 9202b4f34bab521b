"""The menu that groups the metrics of a review by any keys, and shows only some of them."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from pages.shell.errors import boundary
from pages.shell.formatting import count
from pages.shell.open_review import OpenReview
from pages.shell.portal import now
from pages.shell.session import arrangements, reviews, widget_state
from qc_core.quality_control.arrangement import KINDS, Arrangement, Condition, list_keys, list_values
from qc_core.quality_control.grouping import Levels

_TITLES = {
    "modality": "Modality",
    "stage": "Stage",
    "evaluation": "Evaluation",
    "tag": "Tag",
    "status": "Status in the record",
    "person": "Person who set a status",
    "text": "Text in name, description or reference",
}
_OR = " + "


def draw(record_id: str) -> None:
    """The menu, as a fragment; its fields are made only when somebody opens it."""
    st.fragment(_draw, key=arrangements.PART)(record_id)


def _draw(record_id: str) -> None:
    review = reviews.get_review(record_id)
    # Its label stays: with another one, an open menu would close.
    menu = st.popover("Arrange", icon=":material/tune:", type="tertiary", key=arrangements.PART, on_change="rerun")
    with menu, boundary("the arrangement of metrics"):
        if menu.open:
            _draw_fields(review)


def _draw_fields(review: OpenReview) -> None:
    document, at = review.stored.document, now()
    arrangement, navigator = review.address.arrangement, review.get_navigator(at)
    if navigator.finds_nothing:
        st.warning("No metric matches this choice, so all are shown.", icon=":material/filter_alt_off:")
    total = len(document.metrics)
    st.caption(f"{count(total - navigator.hidden, 'metric')} shown, {navigator.hidden:,} hidden.")

    def change() -> None:
        arrangements.rearrange(review, Arrangement(_read_levels(list_keys(document)), _read_conditions()))

    levels = [_OR.join(level) for level in arrangement.levels]
    widget_state.set_value("arrange-by", levels)
    st.multiselect(
        "Group by, in this order",
        list(dict.fromkeys([*list_keys(document), *levels])),
        key="arrange-by",
        on_change=change,
        accept_new_options=True,
        placeholder="As recorded",
        help="A level of several keys is written with a plus, such as “probe + shank”: the first that a metric has.",
    )
    for kind, values in list_values(document, at).items():
        chosen = [value for one, value in arrangement.conditions if one == kind]
        options = list(dict.fromkeys([*values, *chosen]))
        if len(options) < 2 and not chosen:
            continue
        widget_state.set_value(f"arrange-{kind}", chosen)
        st.multiselect(
            _TITLES[kind],
            options,
            key=f"arrange-{kind}",
            on_change=change,
            format_func=partial(_describe_value, values),
        )
    text = next((value for one, value in arrangement.conditions if one == "text"), "")
    widget_state.set_value("arrange-text", text)
    st.text_input(_TITLES["text"], key="arrange-text", on_change=change)
    if arrangement != Arrangement():
        st.button("As recorded, all metrics", on_click=arrangements.rearrange, args=(review, Arrangement()))


def _describe_value(values: Mapping[str, int], value: str) -> str:
    return f"{value} ({values.get(value, 0):,})"


def _read_levels(keys: tuple[str, ...]) -> Levels:
    """The levels that the field has: a key, or several with a plus between them."""
    chosen = widget_state.get_value("arrange-by") or []
    split = [(one,) if one in keys else tuple(part.strip() for part in str(one).split("+")) for one in chosen]
    return tuple(filter(None, (tuple(filter(None, level)) for level in split)))


def _read_conditions() -> tuple[Condition, ...]:
    """The conditions that the fields have."""
    found: list[Condition] = []
    for kind in KINDS:
        value = widget_state.get_value(f"arrange-{kind}") or []
        values = [value.strip()] if isinstance(value, str) else value
        found += [(kind, str(one)) for one in values if one]
    return tuple(found)
