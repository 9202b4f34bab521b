"""When two JSON values say the same, and which say nothing yet."""

import copy
import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.json_document.value import ABSENT, get_at, is_unset, same_value

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
)
quick = settings(deadline=None, max_examples=100)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1.0),
        (0, -0.0),
        (10**20, 1e20),
        (math.nan, math.nan),
        (math.inf, math.inf),
        ("é", "\u00e9"),
        ([1, [2.0]], [1.0, [2]]),
        ({"a": 1, "b": [math.nan]}, {"b": [math.nan], "a": 1}),
        ([], []),
        ({}, {}),
        (None, None),
    ],
)
def test_equal_values(one: object, other: object) -> None:
    assert same_value(one, other)
    assert same_value(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (True, 1),
        (False, 0),
        (False, 0.0),
        (False, None),
        (False, ""),
        (0, None),
        (0, ""),
        ("", None),
        ([], None),
        ({}, None),
        ([], {}),
        ("1", 1),
        (1, 2),
        (math.nan, 0),
        (math.nan, None),
        (math.inf, -math.inf),
        (10**400, math.inf),
        (2**53, 2**53 + 1),
        ("é", "e\u0301"),
        ([1, 2], [2, 1]),
        ([1], [1, 1]),
        ([True], [1]),
        ({"a": 1}, {"a": 1, "b": None}),
        ({"a": None}, {"b": None}),
        ({"a": [0]}, {"a": [False]}),
    ],
)
def test_unequal_values(one: object, other: object) -> None:
    assert not same_value(one, other)
    assert not same_value(other, one)


@quick
@given(values)
def test_value_equals_its_copy_and_its_json(value: object) -> None:
    assert same_value(value, copy.deepcopy(value))
    assert same_value(value, json.loads(json.dumps(value)))


@quick
@given(values, values)
def test_which_of_two_comes_first_does_not_matter(one: object, other: object) -> None:
    assert same_value(one, other) == same_value(other, one)


@pytest.mark.parametrize("value", [None, "", [], {}])
def test_empty_values_are_unset(value: object) -> None:
    assert is_unset(value)


@pytest.mark.parametrize("value", [0, 0.0, False, True, 1, math.nan, " ", "0", [None], [""], [[]], {"": None}])
def test_other_values_are_not_unset(value: object) -> None:
    assert not is_unset(value)


def test_a_path_leads_to_a_value_or_to_nothing_and_null_is_a_value() -> None:
    document = {"metrics": [{"value": None}], "0": "key"}
    assert get_at(document, ()) is document
    assert get_at(document, ("metrics", 0, "value")) is None
    for path in [("metrics", 1), ("metrics", -1), ("metrics", "0"), (0,), ("metrics", 0, "value", "x"), ("gone",)]:
        assert get_at(document, path) is ABSENT
