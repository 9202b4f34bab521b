"""What was sent and what landed; notes; and keeping one's own against a conflict."""

import copy
from datetime import timedelta
from typing import Any

import pytest

from qc_core.quality_control.annotating import editing
from qc_core.quality_control.annotating.changes import Change, Conflict, DraftEntry, NotesChange
from qc_core.quality_control.annotating.rebase import keep_mine
from qc_core.quality_control.document import read
from qc_core.quality_control.status import Status
from tests.qc_core.quality_control.annotating.edits import (
    DROPDOWN,
    LATER,
    edit_of,
    judge,
    send_edit,
    three_in_v1,
    three_in_v2,
)
from tests.qc_core.quality_control.documents import NOW, entry, v2, v2_metric

EDITS = [{"status": Status.FAIL}, {"value": 7}, {"note": "odd"}, {"value": 7, "status": Status.FAIL, "note": "odd"}]


@pytest.mark.parametrize("raw", [three_in_v1(), three_in_v2()], ids=["v1", "v2"])
@pytest.mark.parametrize("wanted", EDITS)
def test_an_edit_that_was_sent_and_is_in_the_record_has_landed(raw: Any, wanted: Any) -> None:
    after, signed = send_edit(raw, edit_of(raw, **wanted))
    assert judge(after, signed) == "landed"
    assert isinstance(judge(raw, signed), Change), "sent, but it did not arrive"
    grown = copy.deepcopy(after)
    metric = grown["metrics"][0] if "metrics" in grown else grown["evaluations"][0]["metrics"][0]
    metric["status_history"].append(entry("Pass", "2026-01-01", "Grace"))
    metric["value"] = 8
    assert judge(grown, signed) == "landed", "what came later does not unmake it"


def test_a_landed_edit_is_recognised_in_any_form_of_the_time() -> None:
    after, signed = send_edit(three_in_v2(), edit_of(three_in_v2(), status=Status.FAIL))
    last = after["metrics"][0]["status_history"][-1]
    last["timestamp"] = last["timestamp"].replace("T", " ").replace("Z", "+00:00")
    assert judge(after, signed) == "landed"


def test_the_same_status_by_someone_else_is_a_conflict() -> None:
    raw = three_in_v2()
    after, _ = send_edit(raw, edit_of(raw, status=Status.FAIL), person="Grace")
    _, signed = send_edit(raw, edit_of(raw, status=Status.FAIL), person="Ada")
    assert isinstance(judge(after, signed), Conflict)


def test_an_edit_changed_after_it_landed_is_rebased_on_what_landed() -> None:
    raw = three_in_v2()
    after, signed = send_edit(raw, edit_of(raw, value=7, status=Status.FAIL, note="odd"))
    more = editing.with_status(signed.edit, read(raw).metrics[0], read(raw).generation, Status.PENDING, LATER)
    change = judge(after, DraftEntry(more, signed.sent))
    assert (change.was_value, change.was_status, change.will_status, change.note) == (
        7,
        Status.FAIL,
        Status.PENDING,
        "",
    )
    assert change.edit.value is None and change.edit.edited_at > more.edited_at
    final, signed_again = send_edit(after, DraftEntry(more, signed.sent), at=LATER + timedelta(minutes=1))
    assert [item["status"] for item in final["metrics"][0]["status_history"]] == ["Pass", "Fail", "Pending"]
    assert final["notes"].count("odd") == 1
    assert judge(final, signed_again) == "landed"


def test_an_edit_that_landed_on_a_duplicate_that_moved_is_not_applied_to_the_other() -> None:
    raw = v2(v2_metric("drift", value=1), v2_metric("drift", value=1))
    after, signed = send_edit(raw, edit_of(raw, status=Status.FAIL))
    after["metrics"] = after["metrics"][::-1]
    assert judge(after, signed) == "landed"
    more = editing.with_note(signed.edit, read(raw).metrics[0], read(raw).generation, "odd", LATER)
    assert "could not be identified" in judge(after, DraftEntry(more, signed.sent)).reason


def test_a_status_added_after_a_note_landed_does_not_repeat_the_note() -> None:
    raw = three_in_v2()
    after, signed = send_edit(raw, edit_of(raw, note="odd"))
    more = editing.with_status(signed.edit, read(raw).metrics[0], read(raw).generation, Status.FAIL, LATER)
    final, _ = send_edit(after, DraftEntry(more, signed.sent), at=LATER + timedelta(minutes=1))
    assert final["notes"] == after["notes"]
    assert final["metrics"][0]["status_history"][-1]["status"] == "Fail"


def test_an_edit_changed_after_it_landed_conflicts_with_later_changes_of_others() -> None:
    raw = three_in_v2()
    after, signed = send_edit(raw, edit_of(raw, status=Status.FAIL))
    after, _ = send_edit(after, edit_of(after, status=Status.PENDING), person="Grace", at=LATER + timedelta(minutes=1))
    more = editing.with_note(signed.edit, read(raw).metrics[0], read(raw).generation, "odd", LATER)
    assert judge(after, DraftEntry(more, signed.sent)).by == "Grace"


def _notes(seen: Any, wanted: Any, edit: Any = None) -> Any:
    return editing.with_notes(edit, ("notes",), "", seen, wanted, LATER)


def test_notes_land_conflict_and_are_rebased_like_edits_of_metrics() -> None:
    raw = three_in_v2()
    edit = _notes(None, "mine")
    assert isinstance(judge(raw, edit), NotesChange)
    assert isinstance(judge({**raw, "notes": "theirs"}, edit), Conflict)
    assert isinstance(judge({**raw, "notes": "mine"}, edit), Conflict), "it was never sent"
    after, signed = send_edit(raw, edit)
    assert judge(after, signed) == "landed"
    assert judge({**after, "notes": "mine\na line of someone else"}, signed) == "landed"
    further = DraftEntry(_notes(None, "mine, more", signed.edit), signed.sent)
    change = judge(after, further)
    assert (change.was, change.will) == ("mine", "mine, more")
    assert isinstance(judge({**after, "notes": "mine\na line of someone else"}, further), Conflict)


def test_notes_with_removed_lines_do_not_count_as_landed() -> None:
    raw = {**three_in_v2(), "notes": "keep\ndrop"}
    after, signed = send_edit(raw, _notes("keep\ndrop", "keep"))
    assert after["notes"] == "keep"
    assert isinstance(judge(raw, signed), NotesChange)
    assert isinstance(judge({**raw, "notes": "keep\ndrop\nmore"}, signed), Conflict)


def test_notes_of_an_evaluation_follow_it_by_name() -> None:
    raw = three_in_v1()
    edit = editing.with_notes(None, ("evaluations", 0, "notes"), "A", None, "mine", NOW)
    raw["evaluations"].reverse()
    assert judge(raw, edit).path == ("evaluations", 1, "notes")
    raw["evaluations"][0]["name"] = "A"
    assert judge(raw, edit).path == ("evaluations", 0, "notes"), "it is where it was"
    del raw["evaluations"][1]
    raw["evaluations"][0]["name"] = "C"
    assert "was removed" in judge(raw, edit).reason


def test_keep_mine_rebases_the_edit_onto_the_metric_as_it_is_now() -> None:
    raw = three_in_v2()
    edit = edit_of(raw, 1, value={**DROPDOWN, "value": "High"})
    raw["metrics"][1]["value"] = {**DROPDOWN, "value": "Low", "options": ["Low", "High", "Odd"]}
    kept = keep_mine(judge(raw, edit), read(raw), LATER)
    change = judge(raw, kept)
    assert change.will_value == {**raw["metrics"][1]["value"], "value": "High"}, (
        "the answer is mine, the options theirs"
    )
    assert kept.edited_at > edit.edited_at


def test_keep_mine_signs_a_status_that_another_person_has_chosen_too() -> None:
    raw = three_in_v2()
    edit = edit_of(raw, status=Status.FAIL)
    raw["metrics"][0]["status_history"].append(entry("Fail", "2025-02-01T00:00:00Z", "Grace"))
    kept = keep_mine(judge(raw, edit), read(raw), LATER)
    assert (kept.status, judge(raw, kept).was_status) == (Status.FAIL, Status.FAIL)


def test_keep_mine_leaves_nothing_where_the_value_is_there_already() -> None:
    raw = three_in_v2()
    edit = edit_of(raw, value=7)
    raw["metrics"][0]["value"] = 7
    assert keep_mine(judge(raw, edit), read(raw), LATER) is None


def test_keep_mine_leaves_nothing_where_the_metric_was_removed() -> None:
    raw = three_in_v2()
    edit = edit_of(raw, value=7)
    del raw["metrics"][0]
    assert keep_mine(judge(raw, edit), read(raw), LATER) is None
