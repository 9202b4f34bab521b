"""A number among the project's values of the same metric: a switch above the cards, and a strip under each number.

Nothing is read for it here: the browser asks `/comparison/…` once the reader switches it on. Until then the cards hold
nothing of it.
"""

from collections.abc import Iterable
from urllib.parse import quote, urlencode

from pages.components.cards.card import CardContext
from pages.shell import browser_components
from pages.shell.session import widget_state
from qc_core.json_document.value import JsonValue
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.values.numbers import numeric_value

_CHOICE = "qc-compare"
"""Under this key the tab's session holds whether the reader compares. The browser keeps it through a reload."""


def draw_switch(metrics: Iterable[Metric]) -> None:
    """The switch, where a metric of the page has a number. It is drawn in the panes, which are drawn again by it."""
    key = "comparison-switch"

    def keep_choice() -> None:
        widget_state.set_value(_CHOICE, widget_state.get_trigger(key, "switched") is True)

    if any(numeric_value(metric.value) is not None for metric in metrics):
        browser_components.comparison_switch(key=key, data={"on": _is_on()}, on_switched_change=keep_choice)


def draw(card: CardContext) -> None:
    """Draw the strip below a number while the comparison is on, for the draft's number if there is one."""
    edit, metric = card.edit, card.metric
    value: JsonValue = edit.value.value if edit and edit.value else metric.value
    if not _is_on() or (numeric_value(metric.value) is None and numeric_value(value) is None):
        return
    data = {"address": build_address(card.record_id, metric.key, numeric_value(value)), "name": metric.name}
    browser_components.comparison(key=f"comparison-card-{metric.key}", data=data)


def _is_on() -> bool:
    return widget_state.get_value(_CHOICE) is True


def build_address(record_id: str, metric_key: str, number: float | None) -> str:
    """`/comparison/<record>?metric=metrics%2F3&number=12.4`; without a number where the metric has none."""
    query = {"metric": metric_key} | ({"number": repr(number)} if number is not None else {})
    return f"/comparison/{quote(record_id, safe='', errors='surrogatepass')}?{urlencode(query, errors='surrogatepass')}"
