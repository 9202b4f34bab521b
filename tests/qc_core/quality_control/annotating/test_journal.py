"""The journal of changes: whatever was done can be undone to the beginning, and redone to the end."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.json_document.value import JsonValue
from qc_core.quality_control.annotating.changes import (
    DraftEntry,
    Edit,
    MetricEdit,
    NewValue,
    NotesEdit,
    Seen,
    SentNotes,
    Signature,
    Tombstone,
)
from qc_core.quality_control.annotating.editing import build_entry
from qc_core.quality_control.annotating.journal import (
    MAX_BATCHES,
    Batch,
    Journal,
    forget,
    include_others,
    record,
    redo,
    undo,
)
from qc_core.quality_control.annotating.merging import edits_of, without_tombstones
from qc_core.quality_control.metric import Fingerprint
from qc_core.quality_control.status import Status

NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
SEEN = Seen(0.4, None, Status.PENDING, 1, ("Pending", "2025-01-01"))

Draft = dict[str, DraftEntry]


def metric_edit(status: Status | None = Status.PASS, note: str = "", value: JsonValue = None) -> MetricEdit:
    wanted = None if value is None else NewValue(value)
    return MetricEdit(("metrics", 0), Fingerprint("drift", "", "", ()), SEEN, NOW, wanted, status, True, note)


edits = st.one_of(
    st.none(),
    st.builds(
        metric_edit, st.sampled_from(Status), st.sampled_from(["", "odd"]), st.sampled_from([None, 1, 1.0, True])
    ),
    st.builds(NotesEdit, st.just(("notes",)), st.just(""), st.none(), st.sampled_from(["one", "two"]), st.just(NOW)),
)
actions = st.lists(st.dictionaries(st.sampled_from("abc"), edits, min_size=1), max_size=6)


def keep(draft: Draft, journal: Journal, wanted: dict[str, Edit | None], at: datetime) -> tuple[Draft, Journal]:
    """What a page does with an action: the draft and the journal afterwards."""
    entries = {key: build_entry(edit, draft.get(key), at) for key, edit in wanted.items()}
    return put(draft, entries), record(journal, Batch({key: (draft.get(key), entry) for key, entry in entries.items()}))


def put(draft: Draft, entries: Draft) -> Draft:
    return without_tombstones({**draft, **entries})


def contents(draft: Draft) -> dict[str, str]:
    """What a draft wants, whenever that was wanted."""
    return {
        key: repr(
            (
                type(edit),
                getattr(edit, "status", None),
                getattr(edit, "note", None),
                getattr(edit, "value", None),
                getattr(edit, "wanted", None),
            )
        )
        for key, edit in edits_of(draft).items()
    }


@settings(max_examples=200, deadline=None)
@given(actions, actions)
def test_undoing_all_restores_the_beginning_and_redoing_all_the_end(before: list[Any], done: list[Any]) -> None:
    draft: Draft = {}
    for action in before:
        draft, _ = keep(draft, Journal(), action, NOW)
    journal, drafts = Journal(), [draft]
    for action in done:
        draft, journal = keep(draft, journal, action, NOW)
        drafts.append(draft)
    for _ in range(len(done) + 1):
        journal, entries = undo(journal, draft, NOW)
        draft = put(draft, entries)
    assert contents(draft) == contents(drafts[0]) and not journal.done
    for _ in range(len(done) + 1):
        journal, entries = redo(journal, draft, NOW)
        draft = put(draft, entries)
    assert contents(draft) == contents(drafts[-1]) and not journal.undone


@settings(max_examples=200, deadline=None)
@given(actions, st.lists(st.sampled_from(["undo", "redo"]), max_size=12))
def test_each_step_back_or_forth_is_one_of_the_drafts_that_were_there(done: list[Any], steps: list[str]) -> None:
    draft: Draft = {}
    journal = Journal()
    seen = [contents(draft)]
    for action in done:
        draft, journal = keep(draft, journal, action, NOW)
        seen.append(contents(draft))
    for step in steps:
        before = draft
        journal, entries = (undo if step == "undo" else redo)(journal, draft, NOW)
        draft = put(draft, entries)
        assert contents(draft) in seen
        for key, entry in entries.items():
            assert key not in before or entry.edited_at > before[key].edited_at, "even where the clock stops"


def test_one_batch_of_many_edits_is_undone_and_redone_in_one_step() -> None:
    wanted: dict[str, Edit | None] = {str(number): metric_edit() for number in range(30)}
    draft, journal = keep({}, Journal(), wanted, NOW)
    assert len(journal.done) == 1 and len(draft) == 30
    journal, entries = undo(journal, draft, NOW)
    assert len(entries) == 30 and put(draft, entries) == {}
    journal, entries = redo(journal, {}, NOW)
    assert contents(entries) == contents(draft)


def test_a_new_change_ends_what_can_be_redone() -> None:
    draft, journal = keep({}, Journal(), {"a": metric_edit()}, NOW)
    journal, entries = undo(journal, draft, NOW)
    draft, journal = keep(put(draft, entries), journal, {"b": metric_edit()}, NOW)
    assert redo(journal, draft, NOW)[1] == {}


def test_the_journal_is_bounded_and_the_oldest_goes_first() -> None:
    draft: Draft = {}
    journal = Journal()
    for number in range(MAX_BATCHES + 5):
        draft, journal = keep(draft, journal, {str(number): metric_edit()}, NOW)
    assert len(journal.done) == MAX_BATCHES and list(journal.done[0].changes) == ["5"]


def test_an_edit_changed_in_another_tab_is_not_undone_and_the_rest_is() -> None:
    draft, journal = keep({}, Journal(), {"a": metric_edit(), "b": metric_edit()}, NOW)
    draft = put(draft, {"a": DraftEntry(metric_edit(Status.FAIL))})
    journal, entries = undo(journal, draft, NOW)
    assert list(entries) == ["b"] and put(draft, entries) == {"a": DraftEntry(metric_edit(Status.FAIL))}
    journal, entries = redo(journal, put(draft, entries), NOW)
    assert list(entries) == ["b"]


def test_a_batch_of_which_nothing_is_left_to_undo_is_passed_over() -> None:
    draft, journal = keep({}, Journal(), {"a": metric_edit()}, NOW)
    draft, journal = keep(draft, journal, {"b": metric_edit()}, NOW)
    del draft["b"]  # as another tab removed it
    journal, entries = undo(journal, draft, NOW)
    assert list(entries) == ["a"] and not journal.done


def test_a_restored_edit_keeps_what_was_sent_since() -> None:
    first, second = (Signature("Ada", Status.PASS, f"2026-01-0{day}T00:00:00Z", NOW) for day in (1, 2))
    draft, journal = keep({}, Journal(), {"a": metric_edit()}, NOW)
    draft["a"] = DraftEntry(draft["a"].edit, (first,))
    draft, journal = keep(draft, journal, {"a": metric_edit(Status.FAIL)}, NOW + timedelta(seconds=1))
    draft["a"] = DraftEntry(draft["a"].edit, (first, second))
    journal, entries = undo(journal, draft, NOW)
    assert isinstance(entries["a"].edit, MetricEdit) and entries["a"].edit.status is Status.PASS
    assert set(entries["a"].sent) == {first, second}, "either may have landed"


def test_undoing_a_removal_restores_what_was_sent() -> None:
    sent = SentNotes("mine", "mine")
    draft: Draft = {"n": DraftEntry(NotesEdit(("notes",), "", None, "mine", NOW), (sent,))}
    draft, journal = keep(draft, Journal(), {"n": None}, NOW)
    _, entries = undo(journal, draft, NOW)
    assert entries["n"].sent == (sent,)


def test_redoing_keep_mine_drops_what_was_sent_before_it() -> None:
    sent = Signature("Ada", Status.PASS, "2026-01-01T00:00:00Z", NOW)
    draft: Draft = {"a": DraftEntry(metric_edit(), (sent,))}
    mine = DraftEntry(metric_edit(Status.FAIL))
    journal = record(Journal(), Batch({"a": (draft["a"], mine)}))
    journal, entries = undo(journal, {"a": mine}, NOW)
    assert entries["a"].sent == (sent,)
    journal, entries = redo(journal, entries, NOW)
    assert entries["a"].sent == ()


def test_only_submitted_edits_are_forgotten() -> None:
    draft, journal = keep({}, Journal(), {"a": metric_edit(), "b": metric_edit()}, NOW)
    draft, journal = keep(draft, journal, {"a": metric_edit(Status.FAIL)}, NOW)
    journal = forget(journal, ["a"])
    assert [list(batch.changes) for batch in journal.done] == [["b"]]
    journal, entries = undo(journal, draft, NOW)
    assert isinstance(entries["b"].edit, Tombstone) and list(entries) == ["b"]
    assert forget(journal, ["b"]) == Journal()


def test_recording_nothing_changes_nothing() -> None:
    journal = Journal(undone=(Batch({"a": (None, DraftEntry(Tombstone(NOW)))}),))
    assert record(journal, Batch({})) == journal


def test_newer_changes_of_another_tab_are_undone_before_ones_own() -> None:
    draft, journal = keep({}, Journal(), {"a": metric_edit()}, NOW)
    theirs = DraftEntry(replace(metric_edit(Status.FAIL), edited_at=NOW + timedelta(seconds=5)))
    draft["b"] = draft["c"] = theirs
    journal, entries = undo(include_others(journal, draft), draft, NOW + timedelta(seconds=6))
    assert set(entries) == {"b", "c"}, "edits of one time are one action"
    draft = put(draft, entries)
    journal, entries = undo(include_others(journal, draft), draft, NOW + timedelta(seconds=7))
    assert set(entries) == {"a"}
    journal, entries = redo(journal, put(draft, entries), NOW + timedelta(seconds=8))
    assert set(entries) == {"a"}


def test_changes_from_before_a_reload_are_undone_last_newest_first() -> None:
    draft: Draft = {
        key: DraftEntry(replace(metric_edit(), edited_at=NOW + timedelta(seconds=n))) for n, key in enumerate("ab")
    }
    journal = Journal()
    actions_then: list[tuple[int, dict[str, Edit | None]]] = [
        (9, {"a": metric_edit(Status.FAIL)}),
        (10, {"c": metric_edit()}),
    ]
    for seconds, action in actions_then:
        at = NOW + timedelta(seconds=seconds)
        draft, journal = keep(draft, journal, stamp(action, at), at)
    order = []
    while entries := (found := undo(include_others(journal, draft), draft, NOW + timedelta(seconds=20)))[1]:
        journal, draft = found[0], put(draft, entries)
        order.append("".join(entries))
    assert order == ["c", "a", "b", "a"], "one's own steps, then what was there before them, newest first"
    while entries := (found := redo(journal, draft, NOW + timedelta(seconds=30)))[1]:
        journal, draft = found[0], put(draft, entries)
    assert set(draft) == set("abc")


@given(actions, actions)
@settings(max_examples=60, deadline=None)
def test_a_draft_of_two_tabs_is_undone_to_nothing(mine: list[Any], theirs: list[Any]) -> None:
    draft: Draft = {}
    journal, at = Journal(), NOW
    nothing: dict[str, Edit | None] = {}
    for number, (own, other) in enumerate(zip_longest(mine, theirs, fillvalue=nothing)):
        at = NOW + timedelta(seconds=number)
        draft, journal = keep(draft, journal, stamp(own, at), at)
        entries = {key: build_entry(edit, draft.get(key), at) for key, edit in stamp(other, at).items()}
        draft = put(draft, entries)
    for _ in range(100):
        at += timedelta(seconds=1)
        journal, entries = undo(include_others(journal, draft), draft, at)
        if not entries:
            break
        draft = put(draft, entries)
    assert draft == {}


def stamp(wanted: dict[str, Edit | None], at: datetime) -> dict[str, Edit | None]:
    """These edits as made at a time."""
    return {key: edit and replace(edit, edited_at=at) for key, edit in wanted.items()}
