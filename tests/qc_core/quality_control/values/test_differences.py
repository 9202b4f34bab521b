"""What a reviewer reads before submitting: each part that changes, as it was and as it will be."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.json_document.value import same_value
from qc_core.quality_control.values.differences import ValueDifference, value_differences

TABLE = {"index": ["x", "y"], "mean": [1.5, 0.2], "p95": [6.1, 2.0]}
DROPDOWN = {"value": "", "options": ["Low", "High"], "status": ["Pass", "Fail"], "type": "dropdown"}


@pytest.mark.parametrize(
    ("was", "will", "wanted"),
    [
        (0, False, [("", "0", "No")]),
        (False, True, [("", "No", "Yes")]),
        (None, "seen", [("", "(no value)", "seen")]),
        (DROPDOWN, DROPDOWN | {"value": "High"}, [("", "(no value)", "High")]),
        (None, 7850.5, [("", "(no value)", "7850.5")]),
        (None, "7850.5", [("", "(no value)", '"7850.5"')]),
        ("7850.5", 7850.5, [("", '"7850.5"', "7850.5")]),
        (None, "", [("", "(no value)", '""')]),
        ("true", True, [("", '"true"', "Yes")]),
        ("Yes", True, [("", '"Yes"', "Yes")]),
        ("null", None, [("", '"null"', "(no value)")]),
        ("[1]", [1], [("", '"[1]"', "[1]")]),
        (["1, 2"], [1, 2], [("", '["1, 2"]', "[1, 2]")]),
        (["a", "b"], ["a, b"], [("", "[a, b]", '["a, b"]')]),
        ({"AP": None, "DV": None}, {"AP": "7", "DV": 7}, [("AP", "(no value)", '"7"'), ("DV", "(no value)", "7")]),
        # Where the short lines are alike: the part that differs, as JSON.
        (DROPDOWN, DROPDOWN | {"value": None}, [("", '""', "null")]),
        (DROPDOWN | {"value": []}, DROPDOWN, [("", "[]", '""')]),
        ("a  b", "a b", [("", '"a  b"', '"a b"')]),
        ("x" * 90 + "1", "x" * 90 + "2", [("", "…" + "x" * 20 + '1"', "…" + "x" * 20 + '2"')]),
        ({"fit": {"a": "x" * 90}}, {"fit": {"a": "x" * 91}}, [("fit.a", "…" + "x" * 20 + '"', "…" + "x" * 21 + '"')]),
        (TABLE, TABLE | {"p95": [7.7, 2.0]}, [("x · p95", "6.1", "7.7")]),
        ({"a": [1, 2], "b": [3, 4]}, {"a": [1, 5], "b": [3, 6]}, [("row 2 · a", "2", "5"), ("row 2 · b", "4", "6")]),
        ([{"a": 1, "b": 3}, {"a": 2, "b": 4}], [{"a": 1, "b": 3}, {"a": 5, "b": 4}], [("row 2 · a", "2", "5")]),
        ({"rows": 3, "columns": 4}, {"rows": 3, "columns": 5}, [("columns", "4", "5")]),
        ([191, 8], [191, 9], [("item 2", "8", "9")]),
        ([191, 8], [191, 8, 3], [("", "[191, 8]", "[191, 8, 3]")]),
        ({"fit": {"a": 1.5}}, {"fit": {"a": 2, "b": None}}, [("fit.a", "1.5", "2"), ("fit.b", "nothing", "null")]),
        ({"fit": [[1]]}, {"fit": [[1], [2]]}, [("fit", "[[1]]", "[[1], [2]]")]),
    ],
)
def test_each_part_that_changes_is_named(was: Any, will: Any, wanted: Any) -> None:
    assert value_differences(was, will) == tuple(ValueDifference(*one) for one in wanted)


def test_the_assets_of_a_multi_asset_value_are_named() -> None:
    was, will = ({"values": values, "options": None, "type": None} for values in ([1, 2], [1, 3]))
    assert value_differences(was, will, ("mouse_1", "mouse_2")) == (ValueDifference("mouse_2", "2", "3"),)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(allow_nan=True) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None, max_examples=300)
@given(json_values, json_values)
def test_no_difference_reads_the_same_before_and_after(was: Any, will: Any) -> None:
    assert all(one.was != one.will for one in value_differences(was, will))


@settings(deadline=None, max_examples=300)
@given(json_values, json_values)
def test_there_are_differences_exactly_where_values_differ(was: Any, will: Any) -> None:
    assert bool(value_differences(was, will)) is not same_value(was, will)
