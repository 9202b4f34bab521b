import copy
import math

import pytest
from hypothesis import given, settings

from qc_core.json_value import same_value
from qc_core.quality_control.status import Status
from qc_core.quality_control.values import (
    ChoiceEditor,
    ChoicesEditor,
    JsonView,
    ListEditor,
    NumberEditor,
    TableEditor,
    TextEditor,
    UnsetEditor,
    YesNoEditor,
    automatic_status,
    changed,
    editor,
    summary,
)

from .documents import any_json

F, P, W = Status.FAIL, Status.PASS, Status.PENDING


def dropdown(value="", options=("Low", "High"), status=("Pass", "Fail"), kind="dropdown"):
    options = list(options) if isinstance(options, tuple) else options
    return {"value": value, "options": options, "status": list(status) if status else status, "type": kind}


def checkbox(value="", options=("A", "B", "C"), status=("Pass", "Pending", "Fail")):
    return dropdown(value, options, status, "checkbox")


DICT = {"a": [1, 2], "b": [1.5, None]}
INDEXED = {"Index": ["x", "y"], "n": [1, 2]}
SCALARS = {"a": 1, "b": "x", "c": None, "d": False}

KINDS = [
    # value, editor, summary, automatic status
    (None, UnsetEditor(), "(unset)", None),
    ("", TextEditor(""), '""', None),
    (" ", TextEditor(" "), '" "', None),
    ("0", TextEditor("0"), "0", None),
    (0, NumberEditor(0, integer=True), "0", None),
    (0.0, NumberEditor(0.0, integer=False), "0.0", None),
    (-3, NumberEditor(-3, integer=True), "-3", None),
    (5.0, NumberEditor(5.0, integer=False), "5.0", None),
    (False, YesNoEditor(False), "False", None),
    (True, YesNoEditor(True), "True", None),
    (2**53 - 1, NumberEditor(2**53 - 1, integer=True), "9007199254740991", None),
    ([], ListEditor((), "text"), "[]", None),
    ([1, 2], ListEditor((1, 2), "integer"), "[1, 2]", None),
    ([1, 2.5], ListEditor((1, 2.5), "number"), "[1, 2.5]", None),
    (["a", ""], ListEditor(("a", ""), "text"), '[a, ""]', None),
    (DICT, TableEditor(("a", "b"), ((1, 1.5), (2, None)), None, "columns"), "table 2 × 2", None),
    (INDEXED, TableEditor(("Index", "n"), (("x", 1), ("y", 2)), "Index", "columns"), "table 2 × 1", None),
    ({"index": [1]}, TableEditor(("index",), ((1,),), None, "columns"), "table 1 × 1", None),
    (
        SCALARS,
        TableEditor(("a", "b", "c", "d"), ((1, "x", None, False),), None, "scalars"),
        "a: 1, b: x, c: (unset), d: False",
        None,
    ),
    (dropdown(), ChoiceEditor(("Low", "High"), (P, F), None, True), "(unset)", W),
    (dropdown(None), ChoiceEditor(("Low", "High"), (P, F), None, True), "(unset)", W),
    (dropdown([]), ChoiceEditor(("Low", "High"), (P, F), None, True), "(unset)", W),
    (dropdown("High"), ChoiceEditor(("Low", "High"), (P, F), "High", True), "High", F),
    (dropdown("Odd"), ChoiceEditor(("Low", "High"), (P, F), "Odd", False), "Odd", None),
    (dropdown({"a": 1}), ChoiceEditor(("Low", "High"), (P, F), {"a": 1}, False), "object: a", None),
    (dropdown("Low", status=None), ChoiceEditor(("Low", "High"), None, "Low", True), "Low", None),
    (dropdown("", status=None), ChoiceEditor(("Low", "High"), None, None, True), "(unset)", None),
    (dropdown("Low", status=["maybe"]), ChoiceEditor(("Low", "High"), None, "Low", True), "Low", None),
    (dropdown("High", status=["Pass"]), ChoiceEditor(("Low", "High"), (P, None), "High", True), "High", None),
    (dropdown("Low", ("Low",), ["Pass", "Fail"]), ChoiceEditor(("Low",), (P,), "Low", True), "Low", P),
    (dropdown("B", ("B", "B")), ChoiceEditor(("B",), (P,), "B", True), "B", P),
    (dropdown("Low", ("", "Low")), ChoiceEditor(("Low",), (F,), "Low", True), "Low", F),
    (dropdown(0, (0, 1)), ChoiceEditor((0, 1), (P, F), 0, True), "0", P),
    (dropdown(False, (0, 1)), ChoiceEditor((0, 1), (P, F), False, False), "False", None),
    (dropdown(0), ChoiceEditor(("Low", "High"), (P, F), 0, False), "0", None),
    (dropdown(True, (True, 1)), ChoiceEditor((True, 1), (P, F), True, True), "True", P),
    # schema 0.1 wrote checkboxes as dropdowns
    (dropdown(["High"]), ChoicesEditor(("Low", "High"), (P, F), ("High",), True), "1 of 2 chosen: High", F),
    (dropdown(["Odd"]), ChoiceEditor(("Low", "High"), (P, F), ["Odd"], False), "list of 1", None),
    (checkbox(), ChoicesEditor(("A", "B", "C"), (P, W, F), (), True), "(unset)", W),
    (checkbox([]), ChoicesEditor(("A", "B", "C"), (P, W, F), (), True), "(unset)", W),
    (checkbox(None), ChoicesEditor(("A", "B", "C"), (P, W, F), (), True), "(unset)", W),
    (checkbox(["A"]), ChoicesEditor(("A", "B", "C"), (P, W, F), ("A",), True), "1 of 3 chosen: A", P),
    (checkbox("A"), ChoicesEditor(("A", "B", "C"), (P, W, F), ("A",), True), "1 of 3 chosen: A", P),
    (checkbox(["A", "B"]), ChoicesEditor(("A", "B", "C"), (P, W, F), ("A", "B"), True), "2 of 3 chosen: A, B", W),
    (
        checkbox(["C", "B", "A"]),
        ChoicesEditor(("A", "B", "C"), (P, W, F), ("C", "B", "A"), True),
        "3 of 3 chosen: C, B, A",
        F,
    ),
    (checkbox(["A", "Z"]), ChoicesEditor(("A", "B", "C"), (P, W, F), ("A", "Z"), False), "2 of 3 chosen: A, Z", None),
    (checkbox(["C", "Z"]), ChoicesEditor(("A", "B", "C"), (P, W, F), ("C", "Z"), False), "2 of 3 chosen: C, Z", F),
    (checkbox([["A"]]), ChoicesEditor(("A", "B", "C"), (P, W, F), (["A"],), False), "1 of 3 chosen: list of 1", None),
]


@pytest.mark.parametrize(("value", "kind", "line", "status"), KINDS, ids=lambda one: repr(one)[:50])
def test_each_value_has_its_editor_its_summary_and_its_status(value, kind, line, status):
    before = copy.deepcopy(value)
    found = editor(value)
    assert found == kind
    assert repr(found) == repr(kind)  # 0 is not 0.0, nor False
    assert summary(value) == line
    assert automatic_status(value) is status
    assert same_value(value, before)


@pytest.mark.parametrize(
    "value",
    [
        math.nan,
        math.inf,
        2**53,
        -(2**60),
        [math.nan],
        [2**53],
        [1, "a"],
        [True, False],
        [None],
        [[1]],
        [{"a": 1}],
        "\ud800",
        {},
        {"a": []},
        {"a": [1], "b": [1, 2]},
        {"a": [1], "b": 2},
        {"a": [[1]]},
        {"a": math.inf},
        {"a": {"b": 1}},
        {"value": 5, "rule": "value>3"},
        {"type": "curation", "curations": []},
        {"type": None, "values": [1, 2], "options": None},
        {"type": ["dropdown"], "value": 1},
        dropdown(options=None),
        dropdown(options=[]),
        dropdown(options=[""]),
        dropdown(options="Low"),
        dropdown(options=[["Low"], {"High": 1}]),
        {"type": "checkbox"},
    ],
    ids=lambda one: repr(one)[:50],
)
def test_anything_else_is_shown_as_json_and_says_why(value):
    found = editor(value)
    assert isinstance(found, JsonView)
    assert found.value is value
    assert found.why.endswith(".")
    assert automatic_status(value) is None
    assert changed(value, found, "anything") is value


def test_a_curation_is_shown_even_where_its_value_is_a_plain_list():
    assert isinstance(editor(["{}"], "Curation metric"), JsonView)
    assert isinstance(editor(["{}"], "QC metric"), ListEditor)


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
        (["a", "b"], ["a", "", None], ["a", ""]),
        (DICT, [[3.0, 2], [2.0, 1]], {"a": [3, 2], "b": [2.0, 1.0]}),
        (DICT, [[1, 1.5], [2, math.nan], [7.0, 8]], {"a": [1, 2, 7], "b": [1.5, None, 8.0]}),
        (INDEXED, [["x", 1], ["z", 5.0]], {"Index": ["x", "z"], "n": [1, 5]}),
        (SCALARS, [[2.0, "x", "new", True]], {"a": 2, "b": "x", "c": "new", "d": True}),
        (dropdown(), "Low", dropdown("Low")),
        (dropdown("Low"), None, dropdown("")),
        (dropdown("Odd"), "High", dropdown("High")),
        (dropdown(1, (0, 1)), 0, dropdown(0, (0, 1))),
        (checkbox(), ["C", "A"], checkbox(["A", "C"])),
        (checkbox("A"), ["A", "B"], checkbox(["A", "B"])),
        (checkbox(["A"]), [], checkbox([])),
        (checkbox(["Z", "A"]), ["Z", "B"], checkbox(["B", "Z"])),
        (checkbox(["Z", "A"]), ["A"], checkbox(["A"])),
    ],
    ids=lambda one: repr(one)[:50],
)
def test_an_answer_is_stored_in_the_form_of_the_original(value, answer, stored):
    before = copy.deepcopy(value)
    result = changed(value, editor(value), answer)
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
        (False, False),
        ([], []),
        ([1, 2], [1.0, 2.0]),
        (DICT, [(1.0, 1.5), (2.0, None)]),
        (DICT, [(1.0, 1.5), (2.0, math.nan)]),
        (INDEXED, [["x", 1], ["y", 2]]),
        (SCALARS, [[1, "x", None, False]]),
        (SCALARS, []),
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
        (checkbox(["A", "Z"]), ["A", "Z"]),
    ],
    ids=lambda one: repr(one)[:50],
)
def test_the_same_answer_gives_back_the_original_itself(value, answer):
    assert changed(value, editor(value), answer) is value


def same_answer(kind):
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
    return None


@settings(deadline=None, max_examples=200)
@given(any_json)
def test_any_value_has_an_editor_and_an_untouched_one_changes_nothing(value):
    before = copy.deepcopy(value)
    kind = editor(value)
    assert changed(value, kind, same_answer(kind)) is value
    assert automatic_status(value) in (None, *Status)
    line = summary(value)
    assert 0 < len(line) <= 80 and "\n" not in line
    assert same_value(value, before)


def test_a_long_summary_ends_in_an_ellipsis():
    assert summary("a b\nc" * 100) == ("a b c" * 100)[:79] + "…"
    assert summary(dropdown("x" * 100, ("x" * 100,))).endswith("…")
    assert len(summary({f"key {n}": n for n in range(100)})) == 80
