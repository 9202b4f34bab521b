import copy
import json
import math
from typing import Any

import pytest

from qc_core.json_document.value import same_value
from qc_core.quality_control.status import Status
from qc_core.quality_control.values.answers import apply_answer, automatic_status, editor, summary
from qc_core.quality_control.values.editor_kinds import (
    ChoiceEditor,
    ChoicesEditor,
    CurationEditor,
    EncodedEditor,
    JsonEditor,
    JsonView,
    ListEditor,
    MultiAssetEditor,
    NumberEditor,
    RuleEditor,
    TableEditor,
    TextEditor,
    UnsetEditor,
    YesNoEditor,
)
from tests.qc_core.quality_control.values.value_samples import (
    CHOSEN,
    CURATED,
    DICT,
    INDEXED,
    PER_ASSET,
    RECORDS,
    RULED,
    SCALARS,
    SENTENCE,
    TEXT,
    TICKED,
    WITH_NAN,
    checkbox,
    dropdown,
)

F, P, W = Status.FAIL, Status.PASS, Status.PENDING


KINDS = [
    # value, editor, summary, automatic status
    (None, UnsetEditor(), "(no value)", None),
    ("", TextEditor(""), '""', None),
    (" ", TextEditor(" "), '" "', None),
    ("0", TextEditor("0"), '"0"', None),
    (0, NumberEditor(0, integer=True), "0", None),
    (0.0, NumberEditor(0.0, integer=False), "0.0", None),
    (-3, NumberEditor(-3, integer=True), "-3", None),
    (5.0, NumberEditor(5.0, integer=False), "5.0", None),
    (False, YesNoEditor(False), "No", None),
    (True, YesNoEditor(True), "Yes", None),
    (2**53 - 1, NumberEditor(2**53 - 1, integer=True), "9007199254740991", None),
    ([], ListEditor((), "text"), "[]", None),
    ([1, 2], ListEditor((1, 2), "integer"), "[1, 2]", None),
    ([1, 2.5], ListEditor((1, 2.5), "number"), "[1, 2.5]", None),
    ([True, False], ListEditor((True, False), "yes or no"), "[True, False]", None),
    (["a", ""], ListEditor(("a", ""), "text"), '[a, ""]', None),
    (DICT, TableEditor(("a", "b"), ((1, 1.5), (2, None)), None, "columns"), "table 2 × 2", None),
    (INDEXED, TableEditor(("Index", "n"), (("x", 1), ("y", 2)), "Index", "columns"), "table 2 × 1", None),
    (
        RECORDS,
        TableEditor(("unit", "snr", "label"), ((1, 5.2, "good"), (2, 3.0, None)), None, "records"),
        "table 2 × 3",
        None,
    ),
    ([{"index": "x", "n": 1}], TableEditor(("index", "n"), (("x", 1),), "index", "records"), "table 1 × 1", None),
    ([{"a": math.nan}], TableEditor(("a",), ((math.nan,),), None, "records"), "table 1 × 1", None),
    ({"index": [1]}, TableEditor(("index",), ((1,),), None, "columns"), "table 1 × 1", None),
    (
        SCALARS,
        TableEditor(("a", "b", "c", "d"), ((1, "x", None, False),), None, "scalars"),
        "a: 1, b: x, c: (no value), d: False",
        None,
    ),
    (WITH_NAN, TableEditor(("a", "b", "c"), ((1, 1.5, 2**60), (2, math.nan, 1)), None, "columns"), "table 2 × 3", None),
    (RULED, RuleEditor(NumberEditor(5, True), "value > 3"), "5", P),
    ({**RULED, "value": 3}, RuleEditor(NumberEditor(3, True), "value > 3"), "3", F),
    ({**RULED, "value": None}, RuleEditor(UnsetEditor(), "value > 3"), "(no value)", None),
    (SENTENCE, RuleEditor(YesNoEditor(False), SENTENCE["rule"]), "No", None),
    (
        {"value": [1], "rule": "len(value) > 1", "more": 1},
        RuleEditor(ListEditor((1,), "integer"), "len(value) > 1"),
        "[1]",
        F,
    ),
    (
        {"value": dropdown("Low"), "rule": "True"},
        RuleEditor(ChoiceEditor(("Low", "High"), (P, F), "Low", True), "True"),
        "Low",
        P,
    ),
    (PER_ASSET, MultiAssetEditor((NumberEditor(1, True), UnsetEditor()), ("", "")), "[1, (no value)]", None),
    (
        CHOSEN,
        MultiAssetEditor(
            (ChoiceEditor(("Low", "High"), None, "Low", True), ChoiceEditor(("Low", "High"), None, "Odd", False)),
            ("", ""),
        ),
        "[Low, Odd]",
        None,
    ),
    (
        TICKED,
        MultiAssetEditor(
            (ChoicesEditor(("Low", "High"), None, ("Low",)), ChoicesEditor(("Low", "High"), None, ())),
            ("", ""),
        ),
        "[list of 1, []]",
        None,
    ),
    ({"values": [1, 2]}, TableEditor(("values",), ((1,), (2,)), None, "columns"), "table 2 × 1", None),
    (CURATED, CurationEditor(), "curation, 1 version", None),
    (TEXT, EncodedEditor(ChoiceEditor(("Low", "High"), (P, F), None, True)), "(no value)", W),
    (TEXT.replace('""', '"High"'), EncodedEditor(ChoiceEditor(("Low", "High"), (P, F), "High", True)), "High", F),
    (
        json.dumps(checkbox(["A"])),
        EncodedEditor(ChoicesEditor(("A", "B", "C"), (P, W, F), ("A",))),
        "1 of 3 chosen: A",
        P,
    ),
    ('{"a": 1}', TextEditor('{"a": 1}'), r'"{\"a\": 1}"', None),
    ('{"type": "dropdown"', TextEditor('{"type": "dropdown"'), r'"{\"type\": \"dropdown\""', None),
    (dropdown(), ChoiceEditor(("Low", "High"), (P, F), None, True), "(no value)", W),
    (dropdown(None), ChoiceEditor(("Low", "High"), (P, F), None, True), "(no value)", W),
    (dropdown([]), ChoiceEditor(("Low", "High"), (P, F), None, True), "(no value)", W),
    (dropdown("High"), ChoiceEditor(("Low", "High"), (P, F), "High", True), "High", F),
    (dropdown("Odd"), ChoiceEditor(("Low", "High"), (P, F), "Odd", False), "Odd", None),
    (dropdown({"a": 1}), ChoiceEditor(("Low", "High"), (P, F), {"a": 1}, False), "object: a", None),
    (dropdown("Low", status=None), ChoiceEditor(("Low", "High"), None, "Low", True), "Low", None),
    (dropdown("", status=None), ChoiceEditor(("Low", "High"), None, None, True), "(no value)", None),
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
    (dropdown(["High"]), ChoicesEditor(("Low", "High"), (P, F), ("High",)), "1 of 2 chosen: High", F),
    (dropdown(["Odd"]), ChoiceEditor(("Low", "High"), (P, F), ["Odd"], False), "list of 1", None),
    (checkbox(), ChoicesEditor(("A", "B", "C"), (P, W, F), ()), "(no value)", W),
    (checkbox([]), ChoicesEditor(("A", "B", "C"), (P, W, F), ()), "(no value)", W),
    (checkbox(None), ChoicesEditor(("A", "B", "C"), (P, W, F), ()), "(no value)", W),
    (checkbox(["A"]), ChoicesEditor(("A", "B", "C"), (P, W, F), ("A",)), "1 of 3 chosen: A", P),
    (checkbox("A"), ChoicesEditor(("A", "B", "C"), (P, W, F), ("A",)), "1 of 3 chosen: A", P),
    (checkbox(["A", "B"]), ChoicesEditor(("A", "B", "C"), (P, W, F), ("A", "B")), "2 of 3 chosen: A, B", W),
    (
        checkbox(["C", "B", "A"]),
        ChoicesEditor(("A", "B", "C"), (P, W, F), ("C", "B", "A")),
        "3 of 3 chosen: C, B, A",
        F,
    ),
    (
        checkbox(["A", "Z"]),
        ChoicesEditor(("A", "B", "C"), (P, W, F), ("A",), ("Z",)),
        "1 of 3 chosen: A; not among the options: Z",
        None,
    ),
    (
        checkbox("A and B"),
        ChoicesEditor(("A", "B", "C"), (P, W, F), (), ("A and B",)),
        "0 of 3 chosen; not among the options: A and B",
        None,
    ),
    (
        checkbox(["C", "Z"]),
        ChoicesEditor(("A", "B", "C"), (P, W, F), ("C",), ("Z",)),
        "1 of 3 chosen: C; not among the options: Z",
        F,
    ),
    (
        checkbox([["A"]]),
        ChoicesEditor(("A", "B", "C"), (P, W, F), (), (["A"],)),
        "0 of 3 chosen; not among the options: list of 1",
        None,
    ),
]


@pytest.mark.parametrize(("value", "kind", "line", "status"), KINDS, ids=lambda one: repr(one)[:50])
def test_each_value_has_its_editor_its_summary_and_its_status(value: Any, kind: Any, line: Any, status: Any) -> None:
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
        [True, None],
        [True, 1],
        [None],
        [[1]],
        [None, None],
        [{"a": 1}, {"b": 2}],
        [{"a": 1}, {"a": [2]}],
        [{"a": 1}, {"a": "x"}],
        [{"a": 1}, 2],
        [{}],
        "\ud800",
        {},
        {"a": []},
        {"a": [1], "b": [1, 2]},
        {"a": [1], "b": 2},
        {"a": [[1]]},
        {"a": [1, "x", None], "b": [1, 2, 3]},
        {"index": ["x", 1], "b": [1, True]},
        {"a": {"b": 1}},
        {"type": ["dropdown"], "value": 1},
        {"value": 5, "rule": ["value > 3"]},
        {"rule": "value > 3"},
        {"values": [1], "options": ["a"], "type": ["dropdown"]},
        {"curations": {}, "type": "curation"},
        '{"type": "dropdown"}'.join("\ud800 "),
        dropdown(options=None),
        dropdown(options=[]),
        dropdown(options=[""]),
        dropdown(options="Low"),
        dropdown(options=[["Low"], {"High": 1}]),
        {"type": "checkbox"},
    ],
    ids=lambda one: repr(one)[:50],
)
def test_other_values_are_edited_as_json_with_a_reason(value: Any) -> None:
    found = editor(value)
    assert isinstance(found, JsonEditor)
    assert found.value is value
    assert found.why.endswith(".")
    assert automatic_status(value) is None
    assert apply_answer(value, found, value) is value
    assert apply_answer(value, found, {"a": [1]}) == {"a": [1]}


def deep(levels: Any) -> Any:
    value: list[Any] = []
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value", [deep(60), deep(100_000), [[n] for n in range(6000)], [["x" * 100_001]], {"a" * 100_001: [[]]}]
)
def test_value_too_large_for_a_text_field_is_only_shown(value: Any) -> None:
    found = editor(value)
    assert isinstance(found, JsonView) and "too large" in found.why
    assert apply_answer(value, found, "anything") is value


def test_metric_type_marks_a_curation() -> None:
    assert editor(["{}"], "Curation metric") == CurationEditor()
    assert isinstance(editor(["{}"], "QC metric"), ListEditor)
    assert apply_answer(["{}"], CurationEditor(), "anything") == ["{}"]
    assert summary([{}, {}], "Curation metric") == "curation, 2 versions"
    assert summary(None, "Curation metric") == "curation, 0 versions"


def test_each_asset_has_its_editor_also_where_the_record_names_more_or_fewer() -> None:
    several = editor(PER_ASSET, assets=("one",))
    assert several.assets == ("one", "") and len(several.inner) == 2
    several = editor({"values": [5]}, assets=("one", "two"))
    assert several == MultiAssetEditor((NumberEditor(5, True), UnsetEditor()), ("one", "two"))
    assert apply_answer({"values": [5]}, several, [6, None]) == {"values": [6]}
    assert apply_answer({"values": [5]}, several, [5, "new"]) == {"values": [5, "new"]}
    assert isinstance(editor({"values": [5]}), TableEditor)


def test_list_gives_the_true_reason_for_json() -> None:
    assert editor([None, None]).why == "It is a list in which nothing was entered yet."
    assert editor([3, None]).why == "It is a list in which not everything was entered yet."
    assert editor([1, "a", None]).why == "It is a list of values of several kinds."
    assert editor([1, "a"]).why == "It is a list of values of several kinds."
    assert editor([{"a": 1}, {"b": 2}]).why == "It is a list of lists or objects."
    assert editor([{"a": 1, "b": 1}, {"a": "x", "b": 2}]).why == "Its column “a” holds values of several kinds."


def test_a_long_summary_ends_in_an_ellipsis() -> None:
    assert summary("a b\nc" * 100) == ("a b c" * 100)[:79] + "…"
    assert summary(dropdown("x" * 100, ("x" * 100,))).endswith("…")
    assert len(summary({f"key {n}": n for n in range(100)})) == 80
