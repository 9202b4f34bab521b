"""The draft that sets a submission back: the inverse edits, against the record as it is now."""

from datetime import UTC, datetime, timedelta
from typing import Any

from qc_core.json_document import apply
from qc_core.quality_control import document
from qc_core.quality_control.annotating import editing
from qc_core.quality_control.annotating.changes import ChangeSet, DraftEntry, MetricEdit, NotesEdit
from qc_core.quality_control.annotating.rebase import build_change_set
from qc_core.quality_control.annotating.reverting import build_reverting_edits
from qc_core.quality_control.annotating.signing import build_patch
from qc_core.quality_control.status import Generation, Status, latest
from tests.fakes.assets import document as made
from tests.fakes.assets import metric

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
LATER, V2 = NOW + timedelta(minutes=5), Generation.V2


def write(raw: Any, edits: Any, at: datetime) -> tuple[Any, ChangeSet]:
    """The document with these edits submitted, and the changes that landed."""
    read = document.read(raw)
    changes = build_change_set(read, {key: DraftEntry(edit) for key, edit in edits.items()}, at)
    assert not changes.conflicts
    return apply(raw, build_patch(raw, read, changes, "Ada", at).patch.operations), changes


def edit(raw: Any, *, name: str, **wanted: Any) -> tuple[str, MetricEdit]:
    one = next(one for one in document.read(raw).metrics if one.name == name)
    found = None
    if "value" in wanted:
        found = editing.with_value(found, one, V2, wanted["value"], NOW)
    if "status" in wanted:
        found = editing.with_status(found, one, V2, wanted["status"], NOW)
    if "note" in wanted:
        found = editing.with_note(found, one, V2, wanted["note"], NOW)
    assert found is not None
    return editing.edit_key(one), found


def revert(raw: Any, changes: ChangeSet) -> Any:
    read = document.read(raw)
    metrics = {editing.edit_key(one): one for one in read.metrics}
    return build_reverting_edits(read, metrics, changes.changes, LATER)


def test_values_statuses_and_notes_go_back_and_the_history_keeps_both() -> None:
    raw = made(metric("Drift", 12.5), metric("Rule", {"value": 3, "rule": "value < 20"}), notes="As before")
    edits = dict([edit(raw, name="Drift", value=99, status=Status.FAIL, note="odd")])
    edits |= dict([edit(raw, name="Rule", value={"value": 30, "rule": "value < 20"})])
    notes = editing.with_notes(None, ("notes",), "", "As before", "As now", NOW)
    written, changes = write(raw, {**edits, "notes": notes}, NOW)
    assert written["notes"].startswith("As now\n") and written["metrics"][1]["status_history"][-1]["status"] == "Fail"

    reverting = revert(written, changes)
    assert len(reverting) == 3
    again, _ = write(written, reverting, LATER)
    assert [one["value"] for one in again["metrics"]] == [one["value"] for one in raw["metrics"]]
    for one, before in zip(document.read(again).metrics, document.read(raw).metrics, strict=True):
        entry = latest(one.history, V2, LATER)
        assert entry is not None and entry.status is Status.PENDING
        assert len(one.history) == len(before.history) + 2, "the history keeps both"
    kept = written["notes"].removeprefix("As now\n")
    assert again["notes"] == f"As before\n{kept}", "the line of a note on a metric stays"


def test_later_changes_are_left_as_they_are() -> None:
    raw = made(metric("Drift"), metric("Noise"), metric("Gone"))
    edits = dict(edit(raw, name=name, status=Status.PASS) for name in ("Drift", "Noise", "Gone"))
    written, changes = write(raw, edits, NOW)
    assert len(revert(written, changes)) == 3
    by_grace = {"evaluator": "Grace", "status": "Fail", "timestamp": "2026-06-01T12:03:00+00:00"}
    written["metrics"][0]["status_history"].append(by_grace)
    del written["metrics"][2]
    (key,) = revert(written, changes)
    assert key == editing.edit_key(document.read(written).metrics[1])


def test_a_note_alone_has_nothing_to_set_back() -> None:
    raw = made(metric("Drift"))
    written, changes = write(raw, dict([edit(raw, name="Drift", note="odd")]), NOW)
    assert revert(written, changes) == {}


def test_notes_that_others_rewrote_stay() -> None:
    raw = made(metric("Drift"), notes="As before")
    notes = editing.with_notes(None, ("notes",), "", "As before", None, NOW)
    written, changes = write(raw, {"notes": notes}, NOW)
    (found,) = revert(written, changes).values()
    assert isinstance(found, NotesEdit) and found.wanted == "As before"
    notes = editing.with_notes(None, ("notes",), "", "As before", "As now", NOW)
    written, changes = write(raw, {"notes": notes}, NOW)
    written["notes"] = "By Grace"
    assert revert(written, changes) == {}
