"""What a text is that is typed where nothing was stored."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc_core.quality_control.values.editors import editor
from qc_core.quality_control.values.lines import summary
from qc_core.quality_control.values.typed_entry import (
    could_be_another_type,
    entries_as_texts,
    list_typed_entries,
    read_typed,
)


@given(st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_that_json_writes_is_read_as_that_number(number: Any) -> None:
    assert repr(read_typed(repr(number))) == repr(number)


@given(st.text())
def test_a_text_printed_without_quotes_is_never_read_as_another_type(text: Any) -> None:
    line = summary(text)
    assert could_be_another_type(text) or isinstance(read_typed(text), str)
    assert not could_be_another_type(text) or line.startswith('"')


NUMBERS_TO_PEOPLE = [
    "\N{MINUS SIGN}5",
    "1 000",
    "1\N{NARROW NO-BREAK SPACE}000",
    "1,000,000.5",
    "1.000.000",
    "1'000",
    "0x1F",
]


@pytest.mark.parametrize("text", ["2026-01-01", "1-2", "10:30", "5 µm", "1/2", "v1.2.3", "e5", "."])
def test_a_text_that_is_no_number_to_anyone_is_printed_as_it_is(text: str) -> None:
    assert summary(text) == text and read_typed(text) == text


def test_a_minus_sign_is_read_like_the_one_of_json() -> None:
    assert [read_typed(f"\N{MINUS SIGN}{number}") for number in ("5", "0.5", "1e\N{MINUS SIGN}3")] == [-5, -0.5, -0.001]


@pytest.mark.parametrize(
    "text", ["7850.5", "0", "-3", "1e5", "1,5", "007", "1_0", "true", "No", "null", "NaN", "", *NUMBERS_TO_PEOPLE]
)
def test_a_text_that_could_be_another_type_is_printed_in_quotes(text: str) -> None:
    assert summary(text).startswith('"')
    assert summary([text, "soma"]).startswith('["')
    assert 'a: "' in summary({"a": text, "b": 1})


@pytest.mark.parametrize(
    ("stored", "shown", "entries", "as_texts"),
    [
        (None, 5, [5], "5"),
        (None, "5", ["5"], "5"),
        (None, "soma", [], "soma"),
        ("", 5, [5], "5"),
        ("soma", "5", [], "5"),
        (7, 5, [], 5),
        ([], [6, 7.5], [6, 7.5], ["6", "7.5"]),
        ([1], [1, 2], [], [1, 2]),
        ({"AP": None, "DV": 2}, {"AP": True, "DV": 3}, [True], {"AP": "true", "DV": 3}),
        ({"i": ["a"], "d": [None]}, {"i": ["a"], "d": [4]}, [4], {"i": ["a"], "d": ["4"]}),
        ({"i": ["a", "b"], "d": [None, 1]}, {"i": ["a", "b"], "d": [4, 1]}, [], {"i": ["a", "b"], "d": [4, 1]}),
        ({"value": None, "rule": "value > 3"}, {"value": 5, "rule": "value > 3"}, [5], None),
        ([{"a": None, "b": 1}], [{"a": 5, "b": 1}], [5], [{"a": "5", "b": 1}]),
        ({"a": {"b": None}}, {"a": {"b": 5}}, [], {"a": {"b": 5}}),
    ],
)
def test_entries_of_an_open_type_are_found_and_can_be_texts(
    stored: Any, shown: Any, entries: Any, as_texts: Any
) -> None:
    kind = editor(stored)
    assert list_typed_entries(stored, kind, shown) == entries
    wanted = {**shown, "value": "5"} if as_texts is None else as_texts
    assert repr(entries_as_texts(stored, kind, shown)) == repr(wanted)


def test_a_short_value_that_is_edited_as_json_is_printed_as_json() -> None:
    assert summary([3, None]) == "[3, null]"
    assert summary(["3", None, {"a": []}]) == '["3", null, {"a": []}]'
    assert summary([[n] for n in range(90)]) == "list of 90"
