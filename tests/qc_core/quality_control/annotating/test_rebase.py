from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.json_document import apply
from qc_core.json_document.patch import find_failed_conditions
from qc_core.quality_control.annotating import editing
from qc_core.quality_control.annotating.changes import Change, Conflict, DraftEntry
from qc_core.quality_control.annotating.rebase import build_change_set
from qc_core.quality_control.annotating.signing import build_patch
from qc_core.quality_control.document import read
from qc_core.quality_control.status import Status
from tests.qc_core.quality_control.annotating.edits import DROPDOWN, LATER, as_entry, edit_of, judge, three_in_v2
from tests.qc_core.quality_control.documents import NOW, entry, v2, v2_metric


def test_no_draft_is_no_change() -> None:
    changes = build_change_set(read(three_in_v2()), {}, NOW)
    assert (changes.changes, changes.conflicts, changes.landed) == ((), (), ())


def test_a_change_has_the_values_before_and_after() -> None:
    change = judge(three_in_v2(), edit_of(three_in_v2(), 1, value={**DROPDOWN, "value": "High"}, note="odd"))
    assert isinstance(change, Change)
    assert (change.was_value["value"], change.will_value["value"], change.note) == ("", "High", "odd")
    assert (change.was_status, change.will_status) == (Status.PASS, Status.FAIL)


def test_a_metric_without_any_status_becomes_pending_when_only_its_value_changes() -> None:
    raw = v2(v2_metric("drift", status_history=[]))
    assert judge(raw, edit_of(raw, value=9)).will_status is Status.PENDING


def test_changes_come_in_the_order_of_the_document_and_notes_last() -> None:
    raw = three_in_v2()
    drafts = {
        "a": as_entry(editing.with_notes(None, ("notes",), "", None, "new", NOW)),
        "b": as_entry(edit_of(raw, 2, status=Status.FAIL)),
        "c": as_entry(edit_of(raw, 0, status=Status.FAIL)),
    }
    assert [change.key for change in build_change_set(read(raw), drafts, LATER).changes] == ["c", "b", "a"]


def _assign(path: Any, value: Any) -> Any:
    def change(raw: Any) -> None:
        for step in path[:-1]:
            raw = raw[step]
        raw[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (_assign(("metrics", 0, "value"), 0.5), "its value"),
        (_assign(("metrics", 0, "value"), None), "its value"),
        (_assign(("metrics", 0, "reference"), "b.png"), "its reference"),
        (_assign(("metrics", 0, "status_history"), [entry(), entry("Fail", "2025-02-01", "Grace")]), "its status"),
        (_assign(("metrics", 0, "status_history"), [entry("Fail")]), "its status"),
        (_assign(("metrics", 0, "status_history", 0, "timestamp"), "2025-01-02"), "its status"),
    ],
)
def test_a_metric_that_is_not_as_it_was_seen_is_a_conflict(change: Any, sentence: str) -> None:
    raw = three_in_v2()
    edit = edit_of(raw, status=Status.FAIL)
    change(raw)
    conflict = judge(raw, edit)
    assert isinstance(conflict, Conflict) and sentence in conflict.reason
    assert conflict.metric == read(raw).metrics[0]
    assert conflict.by == conflict.metric.history[-1].evaluator


@pytest.mark.parametrize(
    "change",
    [
        _assign(("metrics", 0, "description"), "new"),
        _assign(("metrics", 1, "value"), 5),
        _assign(("status",), {"ecephys": "Fail"}),
        _assign(("metrics", 0, "value"), 0.40),
        lambda raw: raw["metrics"].reverse(),
        lambda raw: raw["metrics"].insert(0, v2_metric("new")),
    ],
)
def test_changes_elsewhere_are_no_conflict(change: Any) -> None:
    raw = three_in_v2()
    edit = edit_of(raw, status=Status.FAIL)
    change(raw)
    assert judge(raw, edit).metric.name == "drift"


def test_a_metric_with_other_tags_counts_as_removed() -> None:
    raw = three_in_v2()
    edit = edit_of(raw, status=Status.FAIL)
    raw["metrics"][0]["tags"] = {"probe": "ProbeB"}
    assert judge(raw, edit).metric is None


def test_duplicates_are_identified_by_their_path_and_swapped_ones_are_not() -> None:
    raw = v2(v2_metric("drift", value=1), v2_metric("drift", value=2))
    edit = edit_of(raw, 1, status=Status.FAIL)
    assert judge(raw, edit).metric.path == ("metrics", 1)
    raw["metrics"].reverse()
    assert "could not be identified" in judge(raw, edit).reason
    raw["metrics"].insert(0, v2_metric("drift", value=3))
    raw["metrics"].insert(0, v2_metric("first"))
    assert judge(raw, edit).metric is None


def test_a_duplicate_that_changed_is_shown_as_it_is_now() -> None:
    raw = v2(v2_metric("drift", value=1), v2_metric("drift", value=2))
    edit = edit_of(raw, 1, status=Status.FAIL)
    raw["metrics"][1]["value"] = 5
    assert judge(raw, edit).metric.value == 5


def test_a_metric_that_cannot_be_annotated_is_a_conflict_with_the_reason() -> None:
    raw = three_in_v2()
    edit = edit_of(raw, status=Status.FAIL)
    raw["metrics"][0]["status_history"] = "none"
    assert "cannot be annotated" in judge(raw, edit).reason
    assert isinstance(judge({"neither": 1}, edit), Conflict)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["a", "b"]), st.sampled_from([1, 2, None, ""])), max_size=5),
    st.permutations(range(5)),
    st.lists(st.integers(0, 4), max_size=2),
    st.integers(0, 4),
)
def test_an_edit_is_applied_only_to_a_metric_that_is_as_it_was_seen(
    described: Any, order: Any, gone: Any, chosen: Any
) -> None:
    raw = v2(*(v2_metric(name, value=value) for name, value in described))
    if chosen >= len(described):
        return
    edit = edit_of(raw, chosen, value=7, status=Status.FAIL)
    raw["metrics"] = [raw["metrics"][n] for n in order if n < len(described) and n not in gone]
    found = judge(raw, edit)
    if isinstance(found, Change):
        assert found.metric.fingerprint == edit.fingerprint
        assert editing.observe_metric(found.metric, read(raw).generation, NOW) == edit.seen
        signed = build_patch(raw, read(raw), build_change_set(read(raw), {"k": DraftEntry(edit)}, LATER), "Ada", LATER)
        assert find_failed_conditions(raw, signed.patch.conditions) == ()
        after = apply(raw, signed.patch.operations)
        assert judge(after, signed.entries["k"]) == "landed"
        assert judge(after, replace(signed.entries["k"], sent=())) != "landed"
    else:
        assert isinstance(found, Conflict)
