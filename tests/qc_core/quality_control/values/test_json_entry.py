import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.json_document.value import same_value
from qc_core.quality_control.values.editor_kinds import JsonEditor
from qc_core.quality_control.values.editors import editor
from qc_core.quality_control.values.json_entry import BadEntry, ParsedEntry, format_json, is_writable, read_entry
from tests.qc_core.quality_control.documents import any_json

NESTED = {"fit": {"slope": math.nan, "at": [0, 1]}, "units": "µV"}


@pytest.mark.parametrize(
    ("text", "original", "value"),
    [
        ("3", NESTED, 3),
        ("null", NESTED, None),
        ('{"a": [1, {"b": "µ"}]}', NESTED, {"a": [1, {"b": "µ"}]}),
        ("9007199254740993", 9007199254740993, 9007199254740993),
        ('"\\ud800"', "\\ud800", "\\ud800"),
        (format_json(NESTED).replace("1", "2"), NESTED, {"fit": {"slope": math.nan, "at": [0, 2]}, "units": "µV"}),
        ("NaN", math.nan, math.nan),
    ],
)
def test_typed_text_becomes_a_value(text: Any, original: Any, value: Any) -> None:
    found = read_entry(text, original)
    assert isinstance(found, ParsedEntry) and same_value(found.value, value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "line 1, column 1"),
        ('{"a": 1,\n "b" 2}', "line 2, column 6"),
        ("{'a': 1}", "line 1, column 2"),
        ("[1, 2", "line 1"),
        ("tru", "line 1, column 1"),
        ("1" * 5000, "too long"),
        ("[" * 100_000, "too deep"),
        ('{"a": 1, "a": 2}', "“a” occurs twice"),
        ("NaN", "NaN"),
        ('{"fit": {"slope": -Infinity, "at": [0, 1]}, "units": "µV"}', "NaN"),
        ('{"fit": {"slope": 1, "at": [0, NaN]}, "units": "µV"}', "NaN"),
        ('"\ud800"', "half of a character"),
    ],
    ids=lambda one: one[:20].encode("ascii", "replace").decode(),
)
def test_invalid_entry_is_reported_with_its_position(text: Any, why: str) -> None:
    found = read_entry(text, NESTED)
    assert isinstance(found, BadEntry) and why in found.sentence


@settings(deadline=None, max_examples=200)
@given(any_json)
def test_any_json_value_is_read_back_as_it_is_from_its_text(value: Any) -> None:
    found = read_entry(format_json(value), value)
    assert isinstance(found, ParsedEntry) and same_value(found.value, value)
    format_json(value).encode()  # a browser can be sent it


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=30) | any_json.map(str), any_json)
def test_whatever_is_typed_is_a_value_that_can_be_written_or_a_sentence(text: Any, original: Any) -> None:
    found = read_entry(text, original)
    if isinstance(found, ParsedEntry):
        assert is_writable(found.value) or not is_writable(original)
    else:
        assert found.sentence.endswith(".")


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_numbers_that_json_does_not_have_are_shown(value: Any) -> None:
    kind = editor(value)
    assert isinstance(kind, JsonEditor)
    assert format_json(kind.value) in ("NaN", "Infinity", "-Infinity")
