"""Nobody's work is lost: two people, pipelines and crashes on one record, over the real stores."""

from collections.abc import Callable
from typing import Any

import pytest

from qc_core.quality_control.annotating.changes import Change, MetricEdit
from qc_core.quality_control.document import read
from qc_core.quality_control.rollup import rollup_operations
from qc_core.quality_control.status import Status
from tests.qc_core.stores.reviewers import (
    DROPDOWN,
    START,
    AnyStored,
    Reviewer,
    v1_document,
    v1_metric,
    v2_document,
    v2_metric,
)

StoreAsset = Callable[[Any], AnyStored]
BOTH = pytest.mark.parametrize("document", [v1_document, v2_document], ids=["v1", "v2"])


def _metrics(raw: Any) -> list[dict[str, Any]]:
    return raw["metrics"] if "metrics" in raw else [m for each in raw["evaluations"] for m in each["metrics"]]


def _list_signed(raw: Any, name: str) -> list[tuple[str, str]]:
    history = next(metric for metric in _metrics(raw) if metric["name"] == name)["status_history"]
    return [(entry["evaluator"], entry["status"]) for entry in history[1:]]


def _stale(stored: AnyStored) -> tuple[Any, ...]:
    return rollup_operations(read(stored.raw()), stored.clock())


def _two(store_asset: StoreAsset, document: Callable[[], Any]) -> tuple[AnyStored, Reviewer, Reviewer]:
    stored = store_asset(document())
    return stored, Reviewer(stored, "Ada Lovelace"), Reviewer(stored, "Grace Hopper")


@BOTH
def test_two_people_on_different_metrics_both_land_without_a_question(
    store_asset: StoreAsset, document: Callable[[], Any]
) -> None:
    stored, ada, grace = _two(store_asset, document)
    ada.choose("drift", Status.PASS)
    grace.choose("noise", Status.FAIL)
    first, second = ada.submit(), grace.submit()
    assert (len(first.landed), first.conflicts, first.failure) == (1, (), None)
    assert (len(second.landed), second.conflicts, second.failure) == (1, (), None)
    assert _list_signed(stored.raw(), "drift") == [("Ada Lovelace", "Pass")]
    assert _list_signed(stored.raw(), "noise") == [("Grace Hopper", "Fail")]
    assert _stale(stored) == ()


@BOTH
def test_two_submissions_at_the_same_moment_leave_the_roll_up_right(
    store_asset: StoreAsset, document: Callable[[], Any]
) -> None:
    stored, ada, grace = _two(store_asset, document)
    ada.choose("drift", Status.PASS)
    grace.choose("noise", Status.FAIL)
    sent = ada.store.submit

    def grace_is_faster(record_id: str, patch: Any) -> None:
        ada.store.submit = sent
        assert grace.submit().landed
        sent(record_id, patch)

    ada.store.submit = grace_is_faster
    outcome = ada.submit()
    assert (len(outcome.landed), outcome.conflicts, outcome.failure) == (1, (), None)
    assert _list_signed(stored.raw(), "drift") == [("Ada Lovelace", "Pass")]
    assert _stale(stored) == ()


@BOTH
def test_second_reviewer_sees_what_the_first_one_changed(store_asset: StoreAsset, document: Callable[[], Any]) -> None:
    stored, ada, grace = _two(store_asset, document)
    ada.set_value("noise", 0.7)
    ada.choose("noise", Status.PASS)
    grace.set_value("noise", 0.9)
    grace.choose("noise", Status.FAIL)
    assert ada.submit().conflicts == ()
    before = stored.text()
    outcome = grace.submit()
    assert stored.text() == before, "nothing was written over the first one's work"
    assert (outcome.landed, outcome.failure, len(outcome.conflicts)) == ((), None, 1)
    conflict = outcome.conflicts[0]
    assert isinstance(conflict.edit, MetricEdit) and conflict.metric and conflict.edit.value
    assert (conflict.edit.seen.value, conflict.edit.seen.status) == (0.5, Status.PENDING), "as Grace saw it"
    assert (conflict.metric.value, conflict.by) == (0.7, "Ada Lovelace"), "as it is now, and by whom"
    assert conflict.when is not None and conflict.when >= START
    assert (conflict.edit.value.value, conflict.edit.status) == (0.9, Status.FAIL), "what Grace wants"


def test_keep_mine_signs_over_the_version_that_was_shown(store_asset: StoreAsset) -> None:
    stored, ada, grace = _two(store_asset, v2_document)
    ada.choose("noise", Status.PASS)
    grace.choose("noise", Status.FAIL)
    ada.submit()
    grace.keep(grace.submit().conflicts[0])
    assert len(grace.submit().landed) == 1
    assert _list_signed(stored.raw(), "noise") == [("Ada Lovelace", "Pass"), ("Grace Hopper", "Fail")]
    assert _stale(stored) == ()


def test_take_theirs_leaves_no_edit(store_asset: StoreAsset) -> None:
    stored, ada, grace = _two(store_asset, v2_document)
    ada.choose("noise", Status.PASS)
    grace.choose("noise", Status.FAIL)
    ada.submit()
    grace.take_theirs(grace.submit().conflicts[0])
    assert grace.reload().edits == {}
    assert grace.submit().landed == ()
    assert _list_signed(stored.raw(), "noise") == [("Ada Lovelace", "Pass")]


def test_untouched_changes_land_while_a_conflict_waits(store_asset: StoreAsset) -> None:
    stored, ada, grace = _two(store_asset, v2_document)
    ada.choose("noise", Status.PASS)
    ada.submit()
    grace.choose("noise", Status.FAIL)
    grace.choose("yield", Status.PASS)
    outcome = grace.submit()
    assert [change.metric.name for change in outcome.landed if isinstance(change, Change)] == ["yield"]
    assert [conflict.key for conflict in outcome.conflicts] == list(grace.reload().edits)
    assert _list_signed(stored.raw(), "yield") == [("Grace Hopper", "Pass")]


def _new_value(raw: Any) -> None:
    _metrics(raw)[1]["value"] = 0.8


def _new_reference(raw: Any) -> None:
    _metrics(raw)[1]["reference"] = "figures/again.png"


def _empty(raw: Any) -> None:
    _metrics(raw)[1]["status_history"].clear()


def _same_length_other_entry(raw: Any) -> None:
    _metrics(raw)[1]["status_history"][0]["timestamp"] = "2025-06-01T00:00:00Z"


@BOTH
@pytest.mark.parametrize("rewrite", [_new_value, _new_reference, _empty, _same_length_other_entry])
def test_a_pipelines_rewrite_in_between_is_noticed(
    store_asset: StoreAsset, document: Callable[[], Any], rewrite: Callable[[Any], None]
) -> None:
    stored = store_asset(document())
    ada = Reviewer(stored, "Ada Lovelace")
    ada.choose("noise", Status.PASS)
    stored.rewrite(rewrite)
    before = stored.text()
    outcome = ada.submit()
    assert (outcome.landed, len(outcome.conflicts)) == ((), 1)
    assert outcome.conflicts[0].metric is not None
    assert stored.text() == before


@BOTH
def test_a_rewrite_between_reading_and_writing_is_noticed_too(
    store_asset: StoreAsset, document: Callable[[], Any]
) -> None:
    stored = store_asset(document())
    ada = Reviewer(stored, "Ada Lovelace")
    ada.choose("noise", Status.PASS)
    sent = ada.store.submit

    def pipeline_is_faster(record_id: str, patch: Any) -> None:
        stored.rewrite(_new_value)
        sent(record_id, patch)

    ada.store.submit = pipeline_is_faster
    outcome = ada.submit()
    assert (outcome.landed, len(outcome.conflicts), outcome.failure) == ((), 1, None)
    assert _list_signed(stored.raw(), "noise") == []


@BOTH
def test_a_metric_that_moved_is_found_by_its_fingerprint(store_asset: StoreAsset, document: Callable[[], Any]) -> None:
    stored = store_asset(document())
    ada = Reviewer(stored, "Ada Lovelace")
    ada.choose("drift", Status.PASS)

    def reverse_order(raw: Any) -> None:
        held = raw["metrics"] if "metrics" in raw else raw["evaluations"][0]["metrics"]
        held.reverse()

    stored.rewrite(reverse_order)
    assert ada.reload().key_of(ada.metric("drift")) == next(iter(ada.screen.edits)), "its card still shows the edit"
    assert len(ada.submit().landed) == 1
    assert _list_signed(stored.raw(), "drift") == [("Ada Lovelace", "Pass")]
    assert _list_signed(stored.raw(), "yield") == []


def test_evaluations_that_moved_are_found_by_name(store_asset: StoreAsset) -> None:
    stored = store_asset(v1_document())
    ada = Reviewer(stored, "Ada Lovelace")
    ada.choose("noise", Status.PASS)
    ada.write_notes("seen by Ada", ("evaluations", 0, "notes"), "Probe A")
    stored.rewrite(lambda raw: raw["evaluations"].reverse())
    assert len(ada.submit().landed) == 2
    by_name = {evaluation["name"]: evaluation for evaluation in stored.raw()["evaluations"]}
    assert (by_name["Probe A"]["notes"], by_name["Probe B"]["notes"]) == ("seen by Ada", None)
    assert _list_signed(stored.raw(), "noise") == [("Ada Lovelace", "Pass")]


def _twins() -> Any:
    return v2_document(v2_metric("drift", 1), v2_metric("drift", 2), v2_metric("noise", 3))


def test_duplicate_metrics_are_edited_apart(store_asset: StoreAsset) -> None:
    stored = store_asset(_twins())
    ada = Reviewer(stored, "Ada Lovelace")
    ada.choose(0, Status.PASS)
    ada.choose(1, Status.FAIL)
    assert len(ada.screen.edits) == 2
    assert len(ada.submit().landed) == 2
    assert [metric["status_history"][-1]["status"] for metric in stored.raw()["metrics"]] == ["Pass", "Fail", "Pending"]


def test_duplicates_that_were_swapped_cannot_be_distinguished(store_asset: StoreAsset) -> None:
    stored = store_asset(_twins())
    ada = Reviewer(stored, "Ada Lovelace")
    ada.choose(0, Status.PASS)
    stored.rewrite(lambda raw: raw["metrics"].insert(0, raw["metrics"].pop(1)))
    conflict = ada.submit().conflicts[0]
    assert conflict.metric is None and "could not be identified" in conflict.reason


def test_a_removed_metric_is_a_conflict(store_asset: StoreAsset) -> None:
    stored = store_asset(v2_document())
    ada = Reviewer(stored, "Ada Lovelace")
    ada.choose("noise", Status.PASS)
    stored.rewrite(lambda raw: raw["metrics"].pop(1))
    outcome = ada.submit()
    assert outcome.conflicts[0].metric is None and "removed" in outcome.conflicts[0].reason
    assert ada.reload().edits, "the edit is kept until the person decides"


def test_notes_that_someone_else_rewrote_are_a_conflict(store_asset: StoreAsset) -> None:
    stored, ada, grace = _two(store_asset, v2_document)
    ada.write_notes("Ada's notes")
    grace.write_notes("Grace's notes")
    ada.submit()
    conflict = grace.submit().conflicts[0]
    assert (conflict.notes_now, stored.raw()["notes"]) == ("Ada's notes", "Ada's notes")
    grace.keep(conflict)
    assert len(grace.submit().landed) == 1
    assert stored.raw()["notes"] == "Grace's notes"


@BOTH
def test_notes_on_metrics_by_two_people_both_become_lines(store_asset: StoreAsset, document: Callable[[], Any]) -> None:
    stored, ada, grace = _two(store_asset, document)
    ada.annotate("drift", "jumps at\n 12 s")
    grace.annotate("noise", "quiet")
    assert ada.submit().failure is None and len(grace.submit().landed) == 1
    raw = stored.raw()
    notes = raw["notes"] if "metrics" in raw else raw["evaluations"][0]["notes"]
    assert notes.split("\n") == [
        "2026-11-22 14:02 UTC · Ada Lovelace · drift: jumps at 12 s",
        "2026-11-22 14:02 UTC · Grace Hopper · noise: quiet",
    ]
    assert _list_signed(raw, "drift") == [], "a note does not rate the metric again"


def test_a_new_metric_next_to_it_does_not_stop_a_submission_and_counts_in_the_roll_up(store_asset: StoreAsset) -> None:
    stored = store_asset(v2_document())
    ada = Reviewer(stored, "Ada Lovelace")
    for name in ("drift", "noise", "yield"):
        ada.choose(name, Status.PASS)
    stored.rewrite(lambda raw: raw["metrics"].append(v2_metric("late")))
    assert len(ada.submit().landed) == 3
    assert stored.raw()["status"]["probe:A"] == "Pending"
    assert _stale(stored) == ()


def test_a_dropdown_writes_only_its_answer(store_asset: StoreAsset) -> None:
    stored = store_asset(v1_document(v1_metric("drift", DROPDOWN)))
    ada = Reviewer(stored, "Ada Lovelace")
    ada.set_value("drift", {**DROPDOWN, "value": "High"})
    landed = ada.submit()
    entry = stored.raw()["evaluations"][0]["metrics"][0]["status_history"][1]
    assert [(found.evaluator, found.status) for found in landed.as_read_back.values()] == [
        ("Ada Lovelace", Status.FAIL)
    ]
    assert list(entry) == ["evaluator", "status", "timestamp"], "v1 entries name no object_type"
    assert stored.raw()["evaluations"][0]["metrics"][0]["value"] == {**DROPDOWN, "value": "High"}
    assert stored.raw()["evaluations"][0]["latest_status"] == "Fail"
    assert stored.raw()["evaluations"][1]["latest_status"] == "Pending"
