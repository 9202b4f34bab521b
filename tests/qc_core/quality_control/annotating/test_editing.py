from datetime import timedelta
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.json_document.value import JsonValue, same_value
from qc_core.quality_control.annotating import editing
from qc_core.quality_control.annotating.changes import DraftEntry, MetricEdit, NewValue, Signature, Tombstone
from qc_core.quality_control.document import read
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.status import Generation, Status
from tests.qc_core.quality_control.documents import NOW, any_json, entry, v2, v2_metric

DROPDOWN = {"value": "", "options": ["Low", "High", "Odd"], "status": ["Pass", "Fail", "Pending"], "type": "dropdown"}
LATER = NOW + timedelta(minutes=1)
FALSY: Any = [None, "", 0, 0.0, False, [], {}, float("nan")]


def _metric(value: Any = 0.4, *history: Any, **changed: Any) -> Any:
    return read(v2(v2_metric("drift", *history, value=value, **changed))).metrics[0]


def _choose(option: Any) -> dict[str, Any]:
    return {**DROPDOWN, "value": option}


def _value(edit: Any, metric: Any, value: Any) -> Any:
    return editing.with_value(edit, metric, Generation.V2, value, LATER)


def _status(edit: Any, metric: Any, status: Any) -> Any:
    return editing.with_status(edit, metric, Generation.V2, status, LATER)


def _note(edit: Any, metric: Any, note: Any) -> Any:
    return editing.with_note(edit, metric, Generation.V2, note, LATER)


def test_observing_a_metric_gives_all_that_conditions_are_about() -> None:
    early, late = entry("Pass", "2025-01-01T00:00:00Z"), entry("Fail", "2024-01-01 10:00:00")
    seen = editing.observe_metric(_metric(7, early, late, reference="a.png"), Generation.V2, NOW)
    assert (seen.value, seen.reference, seen.history_length) == (7, "a.png", 2)
    assert seen.status is Status.PASS, "by v2's own rule: the greatest time"
    assert seen.last == ("Fail", "2024-01-01 10:00:00"), "the last listed, as written"
    assert editing.observe_metric(_metric(7, entry("Fail", "2031-01-01")), Generation.V1, NOW).status is None


def test_a_metric_without_a_history_is_seen_without_a_status() -> None:
    seen = editing.observe_metric(_metric(7, status_history=[]), Generation.V2, NOW)
    assert (seen.status, seen.history_length, seen.last) == (None, 0, None)


def test_the_key_of_an_edit_has_path_and_fingerprint() -> None:
    one, two = read(v2(v2_metric("a"), v2_metric("a"))).metrics
    other = read(v2(v2_metric("b"))).metrics[0]
    assert len({editing.edit_key(metric) for metric in (one, two, other)}) == 3
    assert editing.edit_key(one) == editing.edit_key(read(v2(v2_metric("a", value=9))).metrics[0])
    assert editing.notes_key(("evaluations", 1, "notes")) == "evaluations/1/notes"


@pytest.mark.parametrize("seen", FALSY)
@pytest.mark.parametrize("wanted", FALSY)
def test_falsy_values_are_values_of_their_own(seen: Any, wanted: Any) -> None:
    edit = _value(None, _metric(seen), wanted)
    if same_value(seen, wanted):
        assert edit is None
    else:
        assert same_value(edit.value.value, wanted) and type(edit.value.value) is type(wanted)


def test_an_edit_undone_leaves_no_change() -> None:
    metric = _metric(0.4)
    assert _value(_value(None, metric, 7), metric, 0.4) is None
    assert _status(_status(None, metric, Status.FAIL), metric, Status.PASS) is None
    assert _note(_note(None, metric, "jumps"), metric, "  \n ") is None
    notes = editing.with_notes(None, ("notes",), "", "old", "new", NOW)
    assert editing.with_notes(notes, ("notes",), "", "whatever is there now", "old", LATER) is None


def test_an_edit_keeps_what_was_seen_when_it_began() -> None:
    edit = _value(None, _metric(0.4), 7)
    again = _value(edit, _metric(5, entry("Fail")), 8)
    assert again.seen == edit.seen and again.value == NewValue(8)


def test_an_automatic_status_follows_a_change_of_the_value() -> None:
    metric = _metric(DROPDOWN)
    edit = _value(None, metric, _choose("High"))
    assert (edit.status, edit.status_by_hand) == (Status.FAIL, False)
    edit = _value(edit, metric, _choose("Odd"))
    assert edit.status is Status.PENDING
    assert _value(edit, metric, _choose("Low")).status is None, "Pass is what it was"
    assert _value(edit, metric, DROPDOWN) is None, "it goes with the value"


def test_a_status_chosen_by_hand_after_the_value_is_kept() -> None:
    metric = _metric(DROPDOWN)
    edit = _status(_value(None, metric, _choose("High")), metric, Status.PENDING)
    assert (edit.status, edit.status_by_hand) == (Status.PENDING, True)
    assert _value(edit, metric, _choose("Low")).status is Status.PENDING
    alone = _value(edit, metric, DROPDOWN)
    assert (alone.value, alone.status) == (None, Status.PENDING), "it outlives the value"


def test_the_seen_status_chosen_with_a_changed_value_overrides_the_automatic_one() -> None:
    metric = _metric(DROPDOWN)
    edit = _status(_value(None, metric, _choose("High")), metric, Status.PASS)
    assert (edit.status, edit.status_by_hand) == (Status.PASS, True)
    assert _value(edit, metric, DROPDOWN) is None, "without the value it is no change"


def test_an_automatic_status_replaces_one_chosen_before_the_value() -> None:
    metric = _metric(DROPDOWN)
    edit = _value(_status(None, metric, Status.PENDING), metric, _choose("High"))
    assert (edit.status, edit.status_by_hand) == (Status.FAIL, False)
    plain = _metric(0.4)
    edit = _value(_status(None, plain, Status.FAIL), plain, 7)
    assert (edit.status, edit.status_by_hand) == (Status.FAIL, True), "a number implies none"


def test_the_description_of_an_edit_lists_its_changes_status_first() -> None:
    metric = read(v2(v2_metric(value=12.4, status_history=[entry("Pending")]))).metrics[0]
    edit = editing.with_status(None, metric, Generation.V2, Status.FAIL, NOW)
    assert editing.describe_edit(edit, 12.4) == ["Pending → Fail"]
    edit = editing.with_note(
        editing.with_value(edit, metric, Generation.V2, 15.1, NOW), metric, Generation.V2, "x", NOW
    )
    assert editing.describe_edit(edit, 12.4) == ["Pending → Fail", "12.4 → 15.1", "note"]


def test_only_pass_and_fail_decide_a_metric() -> None:
    metric = read(v2(v2_metric(value=1, status_history=[entry("Fail")]))).metrics[0]
    assert editing.with_status(None, metric, Generation.V2, Status.PASS, NOW).decides
    assert not editing.with_status(None, metric, Generation.V2, Status.PENDING, NOW).decides
    assert not editing.with_note(None, metric, Generation.V2, "x", NOW).decides


def test_single_parts_of_an_edit_can_be_removed() -> None:
    metric = _metric(DROPDOWN)
    edit = _note(_value(None, metric, _choose("High")), metric, " jumps ")
    assert edit.note == "jumps"
    without_value = _value(edit, metric, DROPDOWN)
    assert (without_value.value, without_value.status, without_value.note) == (None, None, "jumps")
    without_note = _note(edit, metric, " ")
    assert (without_note.value, without_note.status, without_note.note) == (edit.value, edit.status, "")
    assert _note(without_value, metric, "") is None


def test_a_reason_is_given_to_a_fail_of_the_draft_and_taken_back_when_given_again() -> None:
    metric = _metric()

    def give(edit: Any, number: int) -> Any:
        return editing.with_reason(edit, metric, Generation.V2, lambda _: ("drift", "noise"), number, LATER)

    failed = _status(None, metric, Status.FAIL)
    assert give(failed, 2).note == "Reasons: noise."
    assert give(give(failed, 2), 2).note == ""
    assert give(failed, 3) is failed and give(failed, 0) is failed, "no reason has that number"
    assert give(None, 1) is None
    assert give(_note(None, metric, "odd"), 1) is None


def test_blank_notes_count_as_no_notes() -> None:
    edit = editing.with_notes(None, ("notes",), "", "old", " \n", NOW)
    assert (edit.seen, edit.wanted) == ("old", None)
    assert editing.with_notes(None, ("notes",), "", "", None, NOW) is None
    assert editing.with_notes(None, ("notes",), "", None, "", NOW) is None


def test_an_undone_edit_becomes_a_tombstone_later_than_what_it_hides() -> None:
    edit = _value(None, _metric(), 7)
    stone = editing.build_entry(None, DraftEntry(edit), NOW)
    assert isinstance(stone.edit, Tombstone) and stone.edited_at > edit.edited_at
    assert editing.build_entry(edit, stone, NOW) == DraftEntry(edit)


def test_a_changed_edit_keeps_what_was_sent_and_a_tombstone_does_not() -> None:
    edit = _value(None, _metric(), 7)
    before = DraftEntry(edit, (Signature("Ada", Status.PASS, "2025-01-01T00:00:00Z", edit.edited_at),))
    changed = _note(edit, _metric(), "more")
    assert editing.build_entry(changed, before, LATER) == DraftEntry(changed, before.sent)
    assert editing.build_entry(None, before, LATER).sent == ()


actions = st.lists(
    st.one_of(
        st.tuples(st.just("value"), any_json | st.sampled_from([_choose(option) for option in ("", "Low", "High")])),
        st.tuples(st.just("status"), st.sampled_from(Status)),
        st.tuples(st.just("note"), st.text(max_size=5)),
        st.tuples(st.just("back"), st.sampled_from(["value", "status", "note"])),
    ),
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(any_json | st.just(DROPDOWN), st.sampled_from(Generation), actions)
def test_an_edit_always_changes_something_and_undoing_all_of_it_leaves_none(
    value: Any, generation: Any, done: Any
) -> None:
    metric = _metric(value)
    edit = None
    for action, wanted in done:
        before = edit
        if action == "back":
            edit = _take_back(edit, metric, generation, wanted)
        else:
            edit = getattr(editing, f"with_{action}")(edit, metric, generation, wanted, NOW)
        if edit is not None:
            assert edit.value or edit.status or edit.note
            assert edit.value is None or not same_value(edit.value.value, value)
            assert edit.status != edit.seen.status or edit.value is not None
            assert edit.note == edit.note.strip()
            assert before is None or edit.edited_at > before.edited_at, "even where the clock stops"
    for part in ("note", "value", "status"):
        edit = _take_back(edit, metric, generation, part)
    assert edit is None


def _take_back(edit: MetricEdit | None, metric: Metric, generation: Generation, part: str) -> MetricEdit | None:
    """The edit after a person has set one part of it back to what they saw."""
    if edit is None:
        return None
    if part == "status":
        return editing.with_status(edit, metric, generation, edit.seen.status, NOW) if edit.seen.status else edit
    seen: JsonValue = edit.seen.value if part == "value" else ""
    change: Any = editing.with_value if part == "value" else editing.with_note
    return cast("MetricEdit | None", change(edit, metric, generation, seen, NOW))


RULE = {"value": 5, "rule": "value > 3"}


def test_a_rule_sets_the_status_of_a_changed_value_until_one_is_chosen_by_hand() -> None:
    metric = _metric(RULE, entry("Pending"))
    assert _value(None, metric, {**RULE, "value": 7}).status is Status.PASS
    failed = _value(None, metric, {**RULE, "value": 1})
    assert failed.status is Status.FAIL and not failed.status_by_hand
    by_hand = _value(_status(failed, metric, Status.PASS), metric, {**RULE, "value": 2})
    assert by_hand.status is Status.PASS and by_hand.status_by_hand
    assert _value(failed, metric, RULE) is None, "the value as it was takes the status back"


@pytest.mark.parametrize("rule", ["Fail for epilepsy probability > 0.5", "value['x'] > 3", "value > 'a'"])
def test_a_rule_that_cannot_be_run_sets_nothing(rule: str) -> None:
    metric = _metric({"value": 5, "rule": rule}, entry("Pass"))
    edit = _value(None, metric, {"value": 7, "rule": rule})
    assert edit.value == NewValue({"value": 7, "rule": rule}) and edit.status is None
