"""How an answer becomes a value again, in the form of the original."""

import copy
import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.json_document.value import same_value
from qc_core.quality_control.status import Status
from qc_core.quality_control.values.answers import apply_answer, automatic_status, editor, summary
from qc_core.quality_control.values.editor_kinds import (
    ChoiceEditor,
    ChoicesEditor,
    EncodedEditor,
    JsonEditor,
    ListEditor,
    MultiAssetEditor,
    NumberEditor,
    RuleEditor,
    TableEditor,
    TextEditor,
    YesNoEditor,
)
from qc_core.quality_control.values.editors import MAX_ASSETS
from qc_core.quality_control.values.typed_entry import TextAnswer
from tests.qc_core.quality_control.documents import any_json
from tests.qc_core.quality_control.values.value_samples import (
    CHOSEN,
    DICT,
    INDEXED,
    PER_ASSET,
    RECORDS,
    RULED,
    SCALARS,
    TEXT,
    TICKED,
    WITH_NAN,
    checkbox,
    dropdown,
)


@pytest.mark.parametrize(
    ("value", "answer", "stored"),
    [
        (5, 6, 6),
        (5, 6.0, 6),
        (5, 6.5, 6.5),
        (5.0, 6, 6.0),
        (0, None, None),
        (0.0, 1e300, 1e300),
        ("a", "", ""),
        ("", "b", "b"),
        (True, False, False),
        (False, None, None),
        (None, "text", "text"),
        ([1, 2], [1.0, 3.0, 4.0], [1, 3, 4]),
        ([1, 2.5], [1.0, 2.0, 7], [1, 2.0, 7.0]),
        ([1.5], [1.5, None], [1.5]),
        ([1], [], []),
        ([], ["a"], ["a"]),
        # Where nothing was stored, an entry that reads as a number, true or false is that, all else is a text.
        (None, "7850.5", 7850.5),
        (None, " 0 ", 0),
        (None, "-3.5", -3.5),
        (None, "1e3", 1000.0),
        (None, ".5", 0.5),
        (None, "true", True),
        (None, "No", False),
        (None, "007", "007"),
        (None, "1e999", "1e999"),
        (None, "1_000", "1_000"),
        (None, "null", "null"),
        (None, "[1]", "[1]"),
        (None, "7850.5 um", "7850.5 um"),
        (None, TextAnswer("7850.5"), "7850.5"),
        (None, 5, 5),
        ("", "5", "5"),
        ("", 5, 5),
        ([], ["6"], [6]),
        ([], ["6", None, "7.5"], [6, 7.5]),
        ([], ["true"], [True]),
        ([], ["6", "n/a"], ["6", "n/a"]),
        ([], ["6", "true"], ["6", "true"]),
        ([], [TextAnswer("6")], ["6"]),
        (["a"], ["a", "6"], ["a", "6"]),
        ({"AP": None, "DV": None}, [["7850.5", None]], {"AP": 7850.5, "DV": None}),
        ({"AP": None, "DV": None}, [["7850.5", "deep"]], {"AP": 7850.5, "DV": "deep"}),
        ({"AP": None, "DV": None}, [["yes", TextAnswer("1")]], {"AP": True, "DV": "1"}),
        ({"who": "x", "depth": None}, [["x", "7850.5"]], {"who": "x", "depth": 7850.5}),
        ({"who": "x", "depth": None}, [["5", "deep"]], {"who": "5", "depth": "deep"}),
        ({"value": None, "threshold": 0.1}, [[3, 0.1]], {"value": 3, "threshold": 0.1}),
        ({"i": ["a", "b"], "d": [None, None]}, [["a", "1"], ["b", "2.5"]], {"i": ["a", "b"], "d": [1, 2.5]}),
        ({"i": ["a", "b"], "d": [None, None]}, [["a", "1"], ["b", "-"]], {"i": ["a", "b"], "d": ["1", "-"]}),
        ({"i": ["a", "b"], "d": [None, "x"]}, [["a", "1"], ["b", "x"]], {"i": ["a", "b"], "d": ["1", "x"]}),
        ({"d": [None, 12]}, [[7.5], [12]], {"d": [7.5, 12]}),
        ([{"d": None, "e": 1}, {"d": None, "e": 2}], [["4", 1], [None, 2]], [{"d": 4, "e": 1}, {"d": None, "e": 2}]),
        ({"values": [None, 2]}, [["7.5"], [2]], {"values": [7.5, 2]}),
        ({**PER_ASSET, "values": ["x", None]}, ["x", "5"], {**PER_ASSET, "values": ["x", "5"]}),
        (["a", "b"], ["a", "", None], ["a", ""]),
        (DICT, [[3.0, 2], [2.0, 1]], {"a": [3, 2], "b": [2.0, 1.0]}),
        (DICT, [[1, 1.5], [2, math.nan], [7.0, 8]], {"a": [1, 2, 7], "b": [1.5, None, 8.0]}),
        (
            RECORDS,
            [[1, 6, "good"], [2.0, 3.0, "noise"]],
            [{"unit": 1, "snr": 6.0, "label": "good"}, {"snr": 3.0, "unit": 2, "label": "noise"}],
        ),
        (INDEXED, [["x", 1], ["z", 5.0]], {"Index": ["x", "z"], "n": [1, 5]}),
        (SCALARS, [[2.0, "x", "new", True]], {"a": 2, "b": "x", "c": "new", "d": True}),
        (WITH_NAN, [[7, 1.5, 2**60], [2, math.nan, 1]], {**WITH_NAN, "a": [7, 2]}),
        (RULED, 7.0, {**RULED, "value": 7}),
        (RULED, None, {**RULED, "value": None}),
        # A rule without a value: what reads as a number, true or false is that, all else is a text.
        ({**RULED, "value": None}, "5", {**RULED, "value": 5}),
        ({**RULED, "value": None}, " -0.5 ", {**RULED, "value": -0.5}),
        ({**RULED, "value": None}, "false", {**RULED, "value": False}),
        ({**RULED, "value": None}, "five", {**RULED, "value": "five"}),
        ({**RULED, "value": None}, "[5]", {**RULED, "value": "[5]"}),
        ({**RULED, "value": None}, "NaN", {**RULED, "value": "NaN"}),
        ({**RULED, "value": "4"}, "5", {**RULED, "value": "5"}),
        (PER_ASSET, [2, "x"], {**PER_ASSET, "values": [2, "x"]}),
        (CHOSEN, ["High", None], {**CHOSEN, "values": ["High", ""]}),
        (TICKED, [["Low"], ["High", "Low"]], {**TICKED, "values": [["Low"], ["Low", "High"]]}),
        (TEXT, "High", TEXT.replace('""', '"High"')),
        (dropdown(), "Low", dropdown("Low")),
        (dropdown("Low"), None, dropdown("")),
        (dropdown("Odd"), "High", dropdown("High")),
        (dropdown(1, (0, 1)), 0, dropdown(0, (0, 1))),
        (checkbox(), ["C", "A"], checkbox(["A", "C"])),
        (checkbox("A"), ["A", "B"], checkbox(["A", "B"])),
        (checkbox(["A"]), [], checkbox([])),
        (checkbox(["Z", "A"]), ["A", "B"], checkbox(["A", "B"])),
        (checkbox(["Z", "A"]), ["Z", "B"], checkbox(["B"])),
        (checkbox("A and C"), ["B"], checkbox(["B"])),
        (checkbox(["Z"]), ["B"], checkbox(["B"])),
    ],
    ids=lambda one: repr(one)[:50],
)
def test_an_answer_is_stored_in_the_form_of_the_original(value: Any, answer: Any, stored: Any) -> None:
    before = copy.deepcopy(value)
    result = apply_answer(value, editor(value), answer)
    assert repr(result) == repr(stored)
    assert same_value(value, before)


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        (5, 5.0),
        (5.0, 5),
        (0, 0),
        ("", ""),
        (None, ""),
        (None, None),
        ({"AP": None}, [[""]]),
        ({"AP": None}, [[None]]),
        ([], [None]),
        (False, False),
        ([], []),
        ([1, 2], [1.0, 2.0]),
        (DICT, [(1.0, 1.5), (2.0, None)]),
        (DICT, [(1.0, 1.5), (2.0, math.nan)]),
        (INDEXED, [["x", 1], ["y", 2]]),
        (RECORDS, [[1.0, 5.2, "good"], [2.0, 3, None]]),
        (SCALARS, [[1, "x", None, False]]),
        (SCALARS, []),
        (RULED, 5.0),
        (PER_ASSET, [1.0, None]),
        (CHOSEN, ["Low", "Odd"]),
        (TEXT, None),
        (dropdown("Low"), "Low"),
        (dropdown("Odd"), "Odd"),
        (dropdown(""), None),
        (dropdown(None), None),
        (dropdown([]), None),
        (checkbox(""), []),
        (checkbox(None), []),
        (checkbox("A"), ["A"]),
        (checkbox(["B", "A"]), ["A", "B"]),
        (checkbox(["A", "A"]), ["A"]),
        (checkbox(["A", "Z"]), ["A"]),
        (checkbox("A and C"), []),
    ],
    ids=lambda one: repr(one)[:50],
)
def test_the_same_answer_gives_back_the_original_itself(value: Any, answer: Any) -> None:
    assert apply_answer(value, editor(value), answer) is value


custom_values = st.one_of(
    st.builds(
        lambda value, rule: {"value": value, "rule": rule}, any_json, st.sampled_from(["value > 3", "Fail if", 5])
    ),
    st.builds(
        lambda values, options, kind: {"values": values, "options": options, "type": kind},
        st.lists(any_json, max_size=3),
        st.none() | st.lists(any_json, max_size=3),
        st.sampled_from([None, "dropdown", "checkbox", "slider"]),
    ),
    any_json.map(lambda value: json.dumps(dropdown(value))),
    st.lists(st.fixed_dictionaries({"a": any_json, "b": st.integers() | st.none()}), max_size=3),
    any_json.map(lambda value: {"curations": [value], "type": "curation"}),
)


def same_answer(kind: Any) -> Any:
    """What an editor gives when nobody touched it."""
    match kind:
        case NumberEditor(value=value) | TextEditor(value=value) | YesNoEditor(value=value):
            return value
        case ListEditor(items=items):
            return list(items)
        case TableEditor(rows=rows):
            return [list(row) for row in rows]
        case ChoiceEditor(chosen=chosen):
            return chosen
        case ChoicesEditor(chosen=chosen):
            return list(chosen)
        case RuleEditor(inner=inner) | EncodedEditor(inner=inner):
            return same_answer(inner)
        case MultiAssetEditor(inner=several):
            return [same_answer(one) for one in several]
        case JsonEditor(value=value):
            return value
    return None


@settings(deadline=None, max_examples=200)
@given(any_json | custom_values)
def test_any_value_has_an_editor_and_an_untouched_one_changes_nothing(value: Any) -> None:
    before = copy.deepcopy(value)
    kind = editor(value)
    assert apply_answer(value, kind, same_answer(kind)) is value
    assert automatic_status(value) in (None, *Status)
    line = summary(value)
    assert 0 < len(line) <= 80 and "\n" not in line
    assert same_value(value, before)


def test_values_of_very_many_assets_are_edited_as_one_text() -> None:
    few, many = ({"values": [1] * number, "options": None, "type": None} for number in (MAX_ASSETS, MAX_ASSETS + 1))
    assert isinstance(editor(few), MultiAssetEditor)
    kind = editor(many)
    assert isinstance(kind, JsonEditor) and kind.why == "It has values for more than 100 assets."
    assert apply_answer(many, kind, {**many, "values": [2]}) == {**many, "values": [2]}
    assert isinstance(editor(many | {"values": [1]}, assets=("a",) * (MAX_ASSETS + 1)), JsonEditor)
