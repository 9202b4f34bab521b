from typing import Any

import pytest

from qc_core.quality_control.values.locking import is_value_set


@pytest.mark.parametrize("value", [0, 0.0, False, "x", [0], {"a": 1}, {"value": 0, "rule": "value>1"}, {"type": "x"}])
def test_a_value_is_set(value: Any) -> None:
    assert is_value_set(value)


@pytest.mark.parametrize(
    "value",
    [
        *(None, "", [], {}),
        {"value": "", "options": ["a"], "type": "dropdown"},
        {"value": [], "options": ["a"], "type": "checkbox"},
        {"values": [None, ""], "options": ["a"], "type": "dropdown"},
    ],
)
def test_a_value_is_not_set(value: Any) -> None:
    assert not is_value_set(value)
