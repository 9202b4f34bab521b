import json
import math
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.quality_control.annotating.changes import (
    DraftEntry,
    MetricEdit,
    NewValue,
    NewVersion,
    NotesEdit,
    Seen,
    SentNotes,
    Signature,
    Tombstone,
)
from qc_core.quality_control.annotating.draft_text import About, read_about, read_draft, write_draft
from qc_core.quality_control.annotating.merging import edits_of, merge, prune, without_tombstones
from qc_core.quality_control.metric import Fingerprint
from qc_core.quality_control.status import Status
from tests.qc_core.quality_control.documents import any_json

NOW = datetime(2026, 11, 22, 14, 2, 3, 456789, tzinfo=UTC)

words = st.text(max_size=6)
times = st.integers(0, 3).map(lambda n: NOW + timedelta(microseconds=n))
statuses = st.none() | st.sampled_from(Status)
paths = st.lists(words | st.integers(0, 9), min_size=1, max_size=4).map(tuple)
signatures = st.builds(Signature, words, statuses, words, times, st.none() | words)
seen = st.builds(Seen, any_json, st.none() | words, statuses, st.integers(0, 9), st.none() | st.tuples(words, words))
fingerprints = st.builds(Fingerprint, words, words, words, st.lists(words, max_size=2).map(tuple))
metric_edits = st.builds(
    MetricEdit,
    paths,
    fingerprints,
    seen,
    times,
    st.none() | st.builds(NewValue, any_json),
    statuses,
    st.booleans(),
    words,
    st.none() | st.builds(NewVersion, any_json),
)
sent = st.builds(SentNotes, st.none() | words, st.none() | words)
notes_edits = st.builds(NotesEdit, paths, words, st.none() | words, st.none() | words, times)
entries = st.one_of(
    st.builds(DraftEntry, metric_edits, st.lists(signatures, max_size=2).map(tuple)),
    st.builds(DraftEntry, notes_edits, st.lists(sent, max_size=2).map(tuple)),
    st.builds(DraftEntry, st.builds(Tombstone, times)),
)
drafts = st.dictionaries(st.sampled_from(["a", "b", "ü#1"]), entries, max_size=3)


def _edit(**changed: Any) -> DraftEntry:
    base: dict[str, Any] = {
        "path": ("metrics", 0),
        "fingerprint": Fingerprint("drift", "Raw data", "ecephys", ("probe:A",)),
        "seen": Seen(0.4, None, Status.PENDING, 1, ("Pending", "2025-01-01")),
        "edited_at": NOW,
        "status": Status.PASS,
    }
    sent = changed.pop("sent", ())
    return DraftEntry(MetricEdit(**base | changed), sent)


GONE = DraftEntry(Tombstone(NOW))


@settings(max_examples=150, deadline=None)
@given(drafts)
def test_a_written_draft_is_read_unchanged(draft: Any) -> None:
    text = write_draft(draft)
    back, problems = read_draft(text)
    assert problems == () and back.keys() == draft.keys()
    assert write_draft(back) == text, "compared as text: NaN is not equal to itself"
    assert [type(entry.edit) for entry in back.values()] == [type(entry.edit) for entry in draft.values()]
    assert text.isascii()


def test_nan_that_was_seen_survives() -> None:
    back, _ = read_draft(write_draft({"a": _edit(seen=Seen([math.nan, math.inf], None, None, 0, None))}))
    edit = back["a"].edit
    assert isinstance(edit, MetricEdit)
    value: Any = edit.seen.value
    assert math.isnan(value[0]) and value[1] == math.inf


STORED = Path(__file__).parent / "stored_drafts"
"""Texts as earlier versions of the portal stored them; they are never written again by the tests."""


def test_a_stored_draft_is_read_and_written_back_to_the_letter() -> None:
    text = (STORED / "version-1.json").read_text()
    entries, problems = read_draft(text)
    assert problems == () and len(entries) == 6
    assert write_draft(entries, read_about(text)) == text
    assert read_about(text) == About("https://login.example.org 123", "Ada Lovelace", "ecephys_1")
    drift = entries["metrics/0#0123456789ab"]
    assert isinstance(drift.edit, MetricEdit) and (drift.edit.status, drift.edit.note) == (Status.FAIL, "moved at 12 s")
    assert [signature.status for signature in drift.signatures] == [Status.PASS, None]
    seen = drift.edit.seen.value
    assert isinstance(seen, dict) and (type(seen["value"]), type(seen["one"]), seen["yes"]) == (float, int, True)
    assert [type(limit) for limit in seen["limits"]] == [float, float, float, int, int, int, float]
    assert seen["limits"][4:6] == [9007199254740993, 18446744073709551616]
    notes = entries["notes"]
    assert [sent.wanted for sent in notes.sent_notes] == ["All seen", None]
    assert isinstance(entries["metrics/1#ba9876543210"].edit, Tombstone)


@pytest.mark.parametrize(("name", "count"), [("without-owner", 6), ("before-curations", 5)])
def test_a_draft_of_an_older_portal_is_read(name: str, count: int) -> None:
    text = (STORED / f"{name}.json").read_text()
    entries, problems = read_draft(text)
    assert problems == () and len(entries) == count and read_about(text) == About()
    newer = read_draft((STORED / "version-1.json").read_text())[0]
    assert write_draft(entries) == write_draft({key: newer[key] for key in entries})


def test_entries_of_a_later_portal_are_reported_and_the_others_read() -> None:
    raw = json.loads((STORED / "version-1.json").read_text())
    raw["entries"]["x"] = {"kind": "verdict of tomorrow", "edited_at": "2026-11-22T14:02:03Z"}
    raw["entries"]["notes"]["a key of tomorrow"] = 1
    entries, problems = read_draft(json.dumps(raw))
    assert len(entries) == 6 and problems == (
        "The draft's edit x cannot be read: Invalid value 'verdict of tomorrow' - at `$.kind`.",
    )


numbers = st.integers() | st.floats() | st.booleans()


@settings(max_examples=200, deadline=None)
@given(st.recursive(any_json | numbers, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner)))
def test_a_value_stays_what_it_is_in_a_draft(value: Any) -> None:
    """1, 1.0 and true, whole numbers of any size, NaN, -0.0 and lone surrogates: what JSON's own reader gives."""
    back, problems = read_draft(write_draft({"a": _edit(value=NewValue(value), seen=Seen(value, None, None, 0, None))}))
    assert problems == ()
    edit = back["a"].edit
    assert isinstance(edit, MetricEdit) and edit.value is not None
    as_json = json.loads(json.dumps(value))
    assert repr(edit.value.value) == repr(as_json) == repr(edit.seen.value)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=20) | any_json.map(json.dumps))
def test_reading_any_text_reports_and_never_raises(text: Any) -> None:
    found, problems = read_draft(text)
    assert found == {} and problems


@settings(max_examples=200, deadline=None)
@given(entries, st.data())
def test_an_invalid_entry_is_reported_and_the_others_are_kept(entry: Any, data: Any) -> None:
    raw = json.loads(write_draft({"bad": entry, "good": _edit()}))
    bad_entry = raw["entries"]["bad"]
    key = data.draw(st.sampled_from(sorted(bad_entry)))
    if data.draw(st.booleans()):
        del bad_entry[key]
    else:
        bad_entry[key] = data.draw(any_json)
    found, problems = read_draft(json.dumps(raw))
    assert found["good"] == _edit()
    assert ("bad" in found) != bool(problems)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: raw.update(status="Great"),
        lambda raw: raw.update(edited_at="2026-11-22T14:02:03"),
        lambda raw: raw.update(path=["metrics", True]),
        lambda raw: raw["seen"].update(history_length=-1),
        lambda raw: raw["seen"].pop("value"),
        lambda raw: raw.update(value=[1, 2]),
        lambda raw: raw.update(kind="other"),
        lambda raw: raw.update(signatures=[{}]),
    ],
)
def test_an_entry_with_an_invalid_field_is_not_read(spoil: Any) -> None:
    raw = json.loads(write_draft({"a": _edit()}))
    spoil(raw["entries"]["a"])
    found, problems = read_draft(json.dumps(raw))
    assert found == {} and "edit a cannot be read" in problems[0]


def test_a_draft_of_another_version_is_reported() -> None:
    assert read_draft('{"version": 2, "entries": {}}')[1]


def _content(merged: Any) -> Any:
    return write_draft(merged)


@settings(max_examples=150, deadline=None)
@given(drafts, drafts, drafts)
def test_tabs_merge_the_same_in_any_order_and_grouping(one: Any, two: Any, three: Any) -> None:
    whole = _content(merge({"1": one, "2": two, "3": three}))
    assert _content(merge({"3": three, "1": one, "2": two})) == whole
    assert _content(merge({"12": merge({"1": one, "2": two}), "3": three})) == whole
    assert _content(merge({"1": one, "23": merge({"2": two, "3": three})})) == whole
    assert _content(merge({"again": merge({"1": one, "2": two, "3": three}), "1": one})) == whole


def test_the_newest_edit_wins_and_on_a_tie_the_tombstone() -> None:
    old, new = _edit(note="old"), _edit(note="new", edited_at=NOW + timedelta(seconds=1))
    assert merge({"1": {"a": new}, "2": {"a": old}})["a"] == new
    assert merge({"1": {"a": old}, "2": {"a": GONE}}) == {"a": GONE}
    assert without_tombstones(merge({"1": {"a": new}, "2": {"a": GONE}})) == {"a": new}
    assert without_tombstones({"a": GONE}) == {} and edits_of({"a": GONE, "b": new}) == {"b": new.edit}


def test_one_edit_in_two_tabs_has_the_signatures_of_both() -> None:
    first, second = (Signature("Ada", Status.PASS, f"2026-01-0{day}T00:00:00Z", NOW) for day in (1, 2))
    merged = merge({"1": {"a": _edit(sent=(second,))}, "2": {"a": _edit(sent=(first,))}})
    assert set(merged["a"].signatures) == {first, second}


def test_true_and_one_are_different_edits() -> None:
    yes, one = _edit(value=NewValue(True)), _edit(value=NewValue(1))
    assert type(merge({"1": {"a": yes}, "2": {"a": one}})["a"].edit.value.value) is type(
        merge({"1": {"a": one}, "2": {"a": yes}})["a"].edit.value.value
    )


@settings(max_examples=150, deadline=None)
@given(drafts, drafts, drafts)
def test_pruning_one_tab_changes_nothing_for_readers(mine: Any, two: Any, three: Any) -> None:
    others = {"2": two, "3": three}
    before = without_tombstones(merge({"1": mine, **others}))
    after = without_tombstones(merge({"1": prune(mine, others.values()), **others}))
    assert _content(before) == _content(after)


def test_a_tab_alone_keeps_no_tombstones() -> None:
    assert prune({"a": GONE, "b": _edit()}, []) == {"b": _edit()}
