"""What can be done to a value, what is refused, and the fewest operations between two values."""

import copy
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc_core.errors import BadRecord
from qc_core.json_document import Append, Operation, Set, apply, differences, parse, splice
from qc_core.json_document.value import JsonValue, same_value
from tests.qc_core.json_document.documents import operations_for, quick, values


@pytest.mark.parametrize(
    "operations",
    [
        [Set(("a",), 1), Set(("a",), 1)],
        [Set(("a",), 1), Set(("a", 0), 1)],
        [Set(("a", 0), 1), Set(("a",), 1)],
        [Set(("a",), 1), Append(("a",), 1)],
        [Append(("a",), 1), Set(("a",), 1)],
        [Append(("a",), 1), Set(("a", 0), 1)],
        [Set(("a", 0), 1), Append(("a",), 1)],
        [Set((), 1), Set(("b",), 1)],
        [Set(("a", 1), 1)],
        [Set(("a", -1), 1)],
        [Set(("a", "0"), 1)],
        [Set((0,), 1)],
        [Set(("b", "c"), 1)],
        [Set(("b", 0), 1)],
        [Set(("s", 0), 1)],
        [Set(("new", "c"), 1)],
        [Set(("new", 0), 1)],
        [Append(("b",), 1)],
        [Append(("s",), 1)],
        [Append((), 1)],
        [Append(("new",), 1)],
        [Append(("a", 1), 1)],
        [Set(("b",), math.nan)],
        [Set(("b",), [{"c": math.inf}])],
        [Append(("a",), -math.inf)],
        [Set(("b",), (1, 2))],
        [Set(("b",), {1: 2})],
        [Set(("b",), b"bytes")],
        [Set(("b",), 10**5000)],
    ],
)
def test_overlapping_missing_or_invalid_operations_are_refused(operations: list[Operation]) -> None:
    raw = b'{"a": [0], "b": 0, "s": "text"}'
    with pytest.raises(BadRecord) as in_text:
        splice(raw, operations)
    with pytest.raises(BadRecord) as in_value:
        apply(json.loads(raw), operations)
    assert in_text.value.message == in_value.value.message
    assert in_text.value.hint


@quick
@given(st.data(), values)
def test_apply_alters_neither_the_value_nor_what_is_put_in(data: st.DataObject, value: JsonValue) -> None:
    operations = data.draw(operations_for(value))
    before, operations_before = copy.deepcopy(value), copy.deepcopy(operations)
    result = apply(value, operations)
    assert same_value(value, before)
    assert operations == operations_before
    as_applied = copy.deepcopy(result)
    for operation in operations:
        if isinstance(operation.value, list | dict):
            operation.value.clear()
    assert same_value(result, as_applied)


# --- differences -------------------------------------------------------------------------------------------------


@quick
@given(st.data(), values, values)
def test_differences_lead_from_one_value_to_another(data: st.DataObject, old: JsonValue, other: JsonValue) -> None:
    new = data.draw(st.sampled_from([other, apply(old, data.draw(operations_for(old)))]))
    found = differences((), old, new)
    assert same_value(apply(old, found), new)
    assert bool(found) != same_value(old, new)
    spliced = splice(json.dumps(old, indent=2).encode(), found)
    assert same_value(parse(spliced, what="spliced", keep_lone_surrogates=True), new)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ({"a": 1, "b": math.nan}, {"b": math.nan, "a": 1.0}, []),
        ({"a": 0}, {"a": False}, [Set(("m", "a"), False)]),
        ({"a": ""}, {"a": None}, [Set(("m", "a"), None)]),
        ({"a": [1, {"b": 2, "c": 3}]}, {"a": [1, {"b": 0, "c": 3}]}, [Set(("m", "a", 1, "b"), 0)]),
        ([1, 2], [1, 2, 3], [Set(("m",), [1, 2, 3])]),
        ([math.inf, 2, 3], [math.inf, 1, 0], [Set(("m", 1), 1), Set(("m", 2), 0)]),
        ({"a": 1, "b": 2}, {"a": 1}, [Set(("m",), {"a": 1})]),
        ({"a": 1}, {"a": 2, "b": None}, [Set(("m", "a"), 2), Set(("m", "b"), None)]),
        ([], {}, [Set(("m",), {})]),
        ({}, {}, []),
    ],
)
def test_differences_are_the_fewest(old: JsonValue, new: JsonValue, found: list[Set]) -> None:
    assert differences(("m",), old, new) == tuple(found)


def test_numbers_that_did_not_change_keep_their_text() -> None:
    raw = b'{"value": {"x": [1.50, 1E400, NaN, 2], "index": ["a"]}}'
    value = parse(raw, what="qc.json", keep_lone_surrogates=True)
    wanted = copy.deepcopy(value)
    wanted["value"]["x"][3] = 2.5
    assert splice(raw, differences((), value, wanted)) == raw.replace(b"2]", b"2.5]")


def test_too_deep_nesting_is_refused_without_a_crash() -> None:
    deep: JsonValue = []
    for _ in range(100_000):
        deep = [deep]
    for attempt in (
        lambda: differences((), deep, [copy.copy(deep)]),
        lambda: splice(b"[0]", [Append((), deep)]),
        lambda: splice(b"[" * 100_000 + b"]" * 100_000, [Set((0, 0), 1)]),
    ):
        with pytest.raises(BadRecord, match=r"nested too deeply|cannot be written"):
            attempt()
