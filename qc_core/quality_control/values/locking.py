"""Decide whether the value of a metric can be locked by its project."""

from qc_core.json_document.value import JsonValue, is_unset
from qc_core.quality_control.metric import Metric


def is_value_set(value: JsonValue) -> bool:
    """Whether a value is set: of a dropdown, a checkbox or a rule what is in it, of several assets any of theirs.

    `{"value": "", "options": […], "type": "dropdown"}` is not set; `0` and `False` are.
    """
    if isinstance(value, dict) and value.keys() & {"options", "rule", "type"}:
        if "value" in value:
            return not is_unset(value["value"])
        if isinstance(value.get("values"), list):
            return any(not is_unset(one) for one in value["values"])
    return not is_unset(value)


def can_be_locked(metric: Metric) -> bool:
    """Whether a metric's value can be locked now: it is set, and is not a curation, which is only appended to."""
    return metric.curation is None and is_value_set(metric.value)
