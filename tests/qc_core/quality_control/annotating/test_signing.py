import copy
import math
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.errors import BadRecord
from qc_core.json_document import Append, Set, apply
from qc_core.json_document.patch import LengthIs, Missing, ValueIs, find_failed_conditions
from qc_core.json_document.value import same_value
from qc_core.quality_control.annotating import editing
from qc_core.quality_control.annotating.changes import DraftEntry
from qc_core.quality_control.annotating.rebase import build_change_set
from qc_core.quality_control.annotating.signing import build_patch
from qc_core.quality_control.document import read
from qc_core.quality_control.rollup import rollup_operations
from qc_core.quality_control.status import Status
from tests.qc_core.quality_control.annotating.edits import DROPDOWN, LATER, edit_of, three_in_v1, three_in_v2
from tests.qc_core.quality_control.documents import NOW, any_json, entry, evaluation, v1, v1_metric, v2, v2_metric


def _patch(raw: Any, *edits: Any, at: Any = LATER) -> Any:
    document = read(raw)
    drafts = {str(number): DraftEntry(edit) for number, edit in enumerate(edits)}
    return build_patch(raw, document, build_change_set(document, drafts, at), "Ada Lovelace", at)


def _list_appended(signed: Any) -> list[Any]:
    return [operation for operation in signed.patch.operations if isinstance(operation, Append)]


def test_nothing_to_change_is_an_empty_patch() -> None:
    signed = _patch(three_in_v2())
    assert (signed.patch.conditions, signed.patch.operations, signed.entries) == ((), (), {})


def test_a_change_of_the_value_alone_is_signed_with_the_status_that_was_seen() -> None:
    signed = _patch(three_in_v2(), edit_of(three_in_v2(), value=7))
    value, history = signed.patch.operations
    assert value == Set(("metrics", 0, "value"), 7)
    assert history.path == ("metrics", 0, "status_history")
    assert (history.value["evaluator"], history.value["status"]) == ("Ada Lovelace", "Pass")


def test_only_the_answer_of_a_dropdown_is_written() -> None:
    signed = _patch(three_in_v2(), edit_of(three_in_v2(), 1, value={**DROPDOWN, "value": "High"}))
    assert signed.patch.operations[0] == Set(("metrics", 1, "value", "value"), "High")


def test_the_time_is_aware_utc_and_later_than_all_of_the_metrics_own() -> None:
    raw = v2(v2_metric("a", entry(timestamp="2031-01-01T00:00:00-07:00"), entry(timestamp="2025-01-01")))
    assert _list_appended(_patch(raw, edit_of(raw, value=7)))[0].value["timestamp"] == "2031-01-01T07:00:00.000001Z"
    raw = three_in_v2()
    assert _list_appended(_patch(raw, edit_of(raw, value=7)))[0].value["timestamp"] == "2025-06-01T00:01:00.000000Z"


def test_a_metric_signed_at_the_last_possible_time_is_refused() -> None:
    raw = v2(v2_metric("a", entry(timestamp="9999-12-31T23:59:59.999999Z")))
    with pytest.raises(BadRecord, match="no time is later"):
        _patch(raw, edit_of(raw, value=7))


def test_entries_are_written_as_the_document_writes_them() -> None:
    spelled = {"timestamp": "2025-01-01T00:00:00Z", "status": "Pass", "object_type": "QC status", "evaluator": ""}
    raw = v2(v2_metric("a", spelled), v2_metric("b", entry()), v2_metric("c", status_history=[]))
    keys = [list(_list_appended(_patch(raw, edit_of(raw, n, value=7)))[0].value) for n in range(3)]
    usual = ["object_type", "evaluator", "status", "timestamp"]
    assert keys == [list(spelled), usual, usual]


def test_entries_have_object_type_only_where_those_of_the_document_do() -> None:
    without = v2(v2_metric("a", entry()))
    assert "object_type" not in _list_appended(_patch(without, edit_of(without, value=7)))[0].value
    none_yet = v2(v2_metric("a", status_history=[]))
    assert "object_type" in _list_appended(_patch(none_yet, edit_of(none_yet, value=7)))[0].value
    first = three_in_v1()
    assert "object_type" not in _list_appended(_patch(first, edit_of(first, value=7)))[0].value


def test_a_metric_without_a_history_gets_one() -> None:
    raw = v2(v2_metric("a"))
    del raw["metrics"][0]["status_history"]
    signed = _patch(raw, edit_of(raw, status=Status.FAIL))
    assert Missing(("metrics", 0, "status_history")) in signed.patch.conditions
    history = next(operation for operation in signed.patch.operations if operation.path[-1] == "status_history")
    assert isinstance(history, Set) and [item["status"] for item in history.value] == ["Fail"]


def test_a_note_alone_does_not_rate_the_metric() -> None:
    raw = three_in_v2()
    signed = _patch(raw, edit_of(raw, note="jumps\r\n  at 12 s"))
    line = "2025-06-01 00:01 UTC · Ada Lovelace · drift: jumps at 12 s"
    assert signed.patch.operations == (Set(("notes",), line),)
    assert signed.entries["0"].signatures[0].status is None
    assert signed.entries["0"].signatures[0].note_line == line


def test_notes_and_lines_of_several_metrics_become_one_text() -> None:
    raw = {**three_in_v2(), "notes": "old"}
    wanted = editing.with_notes(None, ("notes",), "", "old", "new", NOW)
    signed = _patch(raw, wanted, edit_of(raw, 0, note="one"), edit_of(raw, 1, note="two"))
    lines = signed.patch.operations[-1].value.split("\n")
    assert [line.rsplit(" · ")[-1] for line in lines] == ["new", "drift: one", "noise: two"]
    assert signed.entries["0"].sent_notes[0].text == signed.patch.operations[-1].value
    assert ValueIs(("notes",), "old") in signed.patch.conditions


def test_a_note_in_v1_goes_to_its_evaluation() -> None:
    raw = three_in_v1()
    signed = _patch(raw, edit_of(raw, 2, note="odd"))
    assert [operation.path for operation in signed.patch.operations] == [("evaluations", 1, "notes")]
    assert ValueIs(("evaluations", 1, "name"), "B") in signed.patch.conditions


def test_notes_that_are_not_text_are_left_as_they_are() -> None:
    raw = {**three_in_v2(), "notes": ["a", "list"]}
    with pytest.raises(BadRecord, match="not text"):
        _patch(raw, edit_of(raw, note="odd"))


@pytest.mark.parametrize("value", [math.nan, math.inf, [1, math.nan], {"a": {"b": -math.inf}}])
def test_a_new_value_that_json_does_not_have_is_refused(value: Any) -> None:
    with pytest.raises(BadRecord, match="NaN"):
        _patch(three_in_v2(), edit_of(three_in_v2(), value=value))


def test_nan_in_a_value_does_not_prevent_a_change_elsewhere_in_it() -> None:
    raw = v2(v2_metric("a", value=[math.nan, 1]))
    assert _patch(raw, edit_of(raw, value=[math.nan, 2])).patch.operations[0] == Set(("metrics", 0, "value", 1), 2)


@pytest.mark.parametrize("path", ["value", "reference", "name", "stage", "modality", "tags"])
def test_the_condition_holds_what_was_seen(path: str) -> None:
    raw = three_in_v2()
    signed = _patch(raw, edit_of(raw, status=Status.FAIL))
    assert find_failed_conditions(raw, signed.patch.conditions) == ()
    for change in (lambda metric: metric.pop(path), lambda metric: metric.update({path: "other"})):
        other = copy.deepcopy(raw)
        change(other["metrics"][0])  # type: ignore[no-untyped-call]  # a lambda or fake without types
        assert find_failed_conditions(other, signed.patch.conditions)


def test_the_condition_holds_the_history_by_length_and_last_entry() -> None:
    raw = v2(v2_metric("a", entry("Fail", "2024-01-01"), entry()))
    conditions = _patch(raw, edit_of(raw, value=7)).patch.conditions
    history = ("metrics", 0, "status_history")
    assert LengthIs(history, 2) in conditions
    assert ValueIs((*history, 1, "status"), "Pass") in conditions
    assert ValueIs((*history, 1, "timestamp"), "2025-01-01T00:00:00Z") in conditions


def test_the_condition_of_a_written_roll_up_holds_all_that_it_is_computed_from() -> None:
    raw = {**three_in_v2(), "status": {"ecephys": "Pass"}}
    signed = _patch(raw, edit_of(raw, status=Status.FAIL))
    assert Set(("status", "ecephys"), "Fail") in signed.patch.operations
    assert {LengthIs(("metrics", n, "status_history"), 1) for n in range(3)} <= set(_lengths(signed))
    assert LengthIs(("metrics",), 3) in signed.patch.conditions
    first = v1(
        evaluation("A", v1_metric("a"), v1_metric("b"), latest_status="Pass"),
        evaluation("B", v1_metric("c"), latest_status="Fail"),
    )
    signed = _patch(first, edit_of(first, status=Status.FAIL))
    rolled = [operation for operation in signed.patch.operations if operation.path[-1] == "latest_status"]
    assert rolled == [Set(("evaluations", 0, "latest_status"), "Fail")], "the stale one next to it is not ours to mend"
    assert LengthIs(("evaluations", 0, "metrics"), 2) in signed.patch.conditions
    assert LengthIs(("evaluations", 0, "metrics", 1, "status_history"), 1) in signed.patch.conditions
    assert not any(condition.path[:2] == ("evaluations", 1) for condition in signed.patch.conditions)


def _lengths(signed: Any) -> list[Any]:
    return [condition for condition in signed.patch.conditions if isinstance(condition, LengthIs)]


@pytest.mark.parametrize("raw", [three_in_v2(), three_in_v1()], ids=["v2", "v1"])
def test_no_roll_up_is_added_where_there_is_none(raw: Any) -> None:
    for each in raw.get("evaluations", []):
        del each["latest_status"]
    signed = _patch(raw, edit_of(raw, status=Status.FAIL))
    assert len(signed.patch.operations) == 1 and len(_lengths(signed)) == 1


def test_no_roll_up_is_written_for_a_note() -> None:
    raw = {**three_in_v2(), "status": {"ecephys": "Fail"}}
    assert len(_patch(raw, edit_of(raw, note="odd")).patch.operations) == 1


def test_the_roll_up_counts_a_signature_in_the_future() -> None:
    raw = v2(v2_metric("a", entry(timestamp="2031-01-01T00:00:00Z")), status={"ecephys": "Pass"})
    assert Set(("status", "ecephys"), "Fail") in _patch(raw, edit_of(raw, status=Status.FAIL)).patch.operations


wishes = st.fixed_dictionaries(
    {}, optional={"value": any_json, "status": st.sampled_from(Status), "note": st.text(max_size=6)}
)


@settings(max_examples=120, deadline=None)
@given(st.lists(any_json, min_size=1, max_size=4), st.sampled_from(["v1", "v2"]), st.lists(wishes, max_size=4))
def test_a_patch_does_what_was_wanted_and_no_more(values: Any, generation: Any, wanted: Any) -> None:
    names = [f"m{number % 2}" for number in range(len(values))]
    if generation == "v2":
        raw = v2(*(v2_metric(n, value=v) for n, v in zip(names, values, strict=True)), status={"ecephys": "Pass"})
    else:
        metrics = [v1_metric(n, value=v) for n, v in zip(names, values, strict=True)]
        raw = v1(evaluation("A", *metrics, latest_status="Pass"))
    before = copy.deepcopy(raw)
    edits = [edit_of(raw, n, **wish) for n, wish in enumerate(wanted[: len(values)])]
    try:
        signed = _patch(raw, *filter(None, edits))
    except BadRecord:
        return
    assert same_value(raw, before), "nothing is changed in place"
    assert find_failed_conditions(raw, signed.patch.conditions) == ()
    after = read(apply(raw, signed.patch.operations))
    assert rollup_operations(after, LATER) == () or not _list_appended(signed)
    for number, metric in enumerate(after.metrics):
        edit = edits[number] if number < len(edits) else None
        rated = edit is not None and (edit.value is not None or edit.status is not None)
        assert same_value(metric.value, edit.value.value if edit and edit.value else values[number])
        assert len(metric.history) == 1 + rated
        if rated:
            assert metric.history[-1].status is (edit.status or edit.seen.status)
    if edits and any(edits):
        again = build_change_set(after, signed.entries, LATER + timedelta(seconds=1))
        assert set(again.landed) == set(signed.entries)
