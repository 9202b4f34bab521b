"""Which values are numbers, and which limits a rule sets."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc_core.quality_control.values.numbers import numeric_value, rule_limits
from qc_core.quality_control.values.rules import run_rule
from tests.qc_core.quality_control.documents import any_json


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (0, 0.0),
        (-2.5, -2.5),
        (True, None),
        (None, None),
        ("3", None),
        ([1], None),
        (math.nan, None),
        (math.inf, None),
        (10**400, None),
        ({"value": 12.4, "rule": "value < 20"}, 12.4),
        ({"value": None, "rule": "value < 20"}, None),
        ({"value": True, "rule": "value"}, None),
        ({"value": 3, "options": [3, 4], "type": "dropdown"}, None),
        ({"value": 3, "rule": 7}, None),
        ({"rule": "value < 20"}, None),
    ],
)
def test_a_value_is_a_number_only_where_it_is_one(value: Any, number: float | None) -> None:
    assert numeric_value(value) == number


@given(any_json)
def test_any_json_value_has_a_finite_number_or_none(value: Any) -> None:
    number = numeric_value(value)
    assert number is None or math.isfinite(number)


@pytest.mark.parametrize(
    ("rule", "limits"),
    [
        ("value < 20", (20.0,)),
        ("20 >= value", (20.0,)),
        ("0.1 < value < 10", (0.1, 10.0)),
        ("value > -3 and value <= +4", (-3.0, 4.0)),
        ("not (value > 5 or value < 1)", (1.0, 5.0)),
        ("abs(value) <= 3", (-3.0, 3.0)),
        ("value == 0", (0.0,)),
        ("len(value) > 3", ()),
        ("value * 2 < 10", ()),
        ("all(one > 5 for one in value)", ()),
        ("value in [1, 2]", ()),
        ("value < True", ()),
        ("value < 1e400", ()),
        ("Pass when below 20 µm", ()),
        ("", ()),
    ],
)
def test_limits_are_read_from_a_rule(rule: str, limits: tuple[float, ...]) -> None:
    assert rule_limits(rule) == limits


@given(st.text())
def test_any_text_as_a_rule_has_finite_limits_or_none(rule: str) -> None:
    limits = rule_limits(rule)
    assert list(limits) == sorted(set(limits))
    assert all(math.isfinite(limit) for limit in limits)


numbers = st.floats(-100, 100)


@given(numbers, numbers, numbers, numbers)
def test_a_rule_gives_the_same_result_for_two_values_without_a_limit_between(
    first: float, second: float, one: float, other: float
) -> None:
    rule = f"{first!r} < value <= {second!r}"
    low, high = sorted((one, other))
    if not any(low <= limit <= high for limit in rule_limits(rule)):
        assert run_rule(rule, one) == run_rule(rule, other)
