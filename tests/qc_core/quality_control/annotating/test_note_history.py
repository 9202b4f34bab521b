"""Who wrote which notes: from lines in the record, from the log, and nothing that is not known."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc_core.quality_control.annotating.note_history import LoggedNote, note_events
from qc_core.quality_control.annotating.note_lines import note_line, one_line, read_line
from qc_core.quality_control.document import read
from tests.qc_core.stores.reviewers import v1_document, v2_document

AT = "2026-11-22T14:02:03.000004Z"
LATER = "2026-11-22T15:00:00.000000Z"
LINE = note_line(AT, "Ada", "noise", "loud")
TITLE = "Notes of the record"


def events_of(notes: Any, *logged: Any, document: Any = v2_document) -> list[Any]:
    events = note_events(read({**document(), "notes": notes}), logged)
    return [(event.whose, event.who, event.was, event.will, event.was_known) for event in events]


def test_a_note_line_has_person_metric_and_note() -> None:
    assert events_of(LINE) == [("noise", "Ada", None, "loud", True)]
    assert events_of(LINE, LoggedNote("noise", "Ada", AT, None, "loud", on_metric=True)) == events_of(LINE)
    (event,) = note_events(read({**v2_document(), "notes": LINE}), [LoggedNote("noise", "Ada", AT, None, "loud", True)])
    assert (event.at.second, event.on_metric) == (3, True), "the log knows the second"


def test_the_author_of_other_text_is_known_from_the_log_only() -> None:
    assert events_of(f"By hand.\n{LINE}")[1:] == [(TITLE, "", None, "By hand.", False)]
    assert events_of(f"By hand.\n{LINE}", LoggedNote(TITLE, "Eve", AT, "Old.", "By hand."))[0] == (
        *(TITLE, "Eve", "Old.", "By hand.", True),
    )
    assert events_of(None) == events_of("") == events_of(" \n") == []


def test_a_sent_note_counts_while_it_is_in_the_record_and_a_read_back_one_always() -> None:
    first, second = LoggedNote(TITLE, "Ada", AT, None, "One."), LoggedNote(TITLE, "Ada", LATER, None, "One.")
    landed = LoggedNote(TITLE, "Ada", LATER, None, "One.", landed=True)
    assert events_of("Two.", first) == [(TITLE, "", None, "Two.", False)]
    assert events_of("One.", first) == [(TITLE, "Ada", None, "One.", True)]
    assert events_of("One.", first, second, landed) == events_of("One.", landed), "the first try did not come through"
    assert events_of("Two.", landed) == [(TITLE, "Ada", None, "One.", True), (TITLE, "", None, "Two.", False)]


def test_notes_of_evaluations_have_the_name_of_the_evaluation() -> None:
    document = v1_document()
    document["evaluations"][0]["notes"] = f"Seen.\n{note_line(AT, 'Ada', 'drift', 'moved')}"
    events = note_events(read(document), [])
    assert [(event.whose, event.who, event.will) for event in events] == [
        ("drift", "Ada", "moved"),
        ("Notes of Probe A", "", "Seen."),
    ]


@pytest.mark.parametrize(
    "line", ["", "loud", "2026-11-22 14:02 UTC · Ada", "2026-13-22 14:02 UTC · Ada · noise: x", LINE.replace("UTC", "")]
)
def test_any_other_line_is_text_by_hand(line: Any) -> None:
    assert read_line(line, ["noise"]) is None


def test_names_that_contain_each_other_or_colons_are_read_correctly() -> None:
    names = ["drift", "drift: A", "A"]
    for name in names:
        found = read_line(note_line(AT, "Ada", name, "a · A: b"), names)
        assert found and (found.person, found.metric_name, found.note) == ("Ada", name, "a · A: b")


@given(st.text(st.characters(exclude_characters="·")), st.text(), st.text())
def test_a_written_line_is_read_unchanged(person: Any, name: Any, note: Any) -> None:
    found = read_line(note_line(AT, person, name, note), [name])
    assert found is not None
    assert (found.person, found.metric_name, found.note) == (one_line(person), name, one_line(note))
