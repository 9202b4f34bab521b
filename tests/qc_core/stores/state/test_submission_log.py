"""Each submission leaves old and new values behind, under the signature that the record holds."""

from pathlib import Path
from typing import Any

from qc_core.quality_control.annotating.note_history import note_events
from qc_core.quality_control.status import Status
from qc_core.quality_control.timeline import timeline
from qc_core.stores.ports import EntryMark, Logged, LoggedValue
from qc_core.stores.state.objects import FolderObjects
from qc_core.stores.state.submission_log import SubmissionLog
from tests.qc_core.stores.reviewers import Reviewer, StoredInFolder, v1_document, v2_document


def test_a_submission_is_logged_under_the_status_entry_in_the_record(tmp_path: Path) -> None:
    stored = StoredInFolder(tmp_path, v2_document())
    log = SubmissionLog(FolderObjects(stored.state))
    ada = Reviewer(stored, "Ada", log=log)
    ada.set_value("noise", 0.9)
    ada.choose("noise", Status.FAIL)
    ada.annotate("drift", "only a note")
    ada.submit()
    ada.reload()
    newest = timeline(ada.screen.stored.document)[0]
    mark = EntryMark(newest.metric.name, newest.entry.evaluator, newest.entry.written)
    assert log.read(ada.record_id).values == {mark: LoggedValue(0.5, 0.9)}
    assert mark.metric == "noise"


def test_the_log_is_only_added_to_and_never_rewritten(tmp_path: Path) -> None:
    stored = StoredInFolder(tmp_path, v1_document())
    objects = FolderObjects(stored.state)
    ada = Reviewer(stored, "Ada", log=SubmissionLog(objects))
    kept: dict[Any, Any] = {}
    for value in (0.6, 0.7, 0):
        ada.set_value("noise", value)
        ada.submit()
        ada.reload()
        now = {key: objects.read(key) for key in objects.keys("log")}
        assert kept.items() <= now.items() and len(now) == len(kept) + 1
        kept = now
    values = SubmissionLog(objects).read(ada.record_id).values.values()
    assert [(each.was, each.will) for each in values] == [(0.5, 0.6), (0.6, 0.7), (0.7, 0)]


def test_notes_are_logged_before_they_are_sent_and_again_once_they_are_read_back(tmp_path: Path) -> None:
    stored = StoredInFolder(tmp_path, v2_document())
    log = SubmissionLog(FolderObjects(stored.state))
    ada = Reviewer(stored, "Ada", log=log)
    ada.annotate("drift", "only a note")
    ada.write_notes("All seen.")
    sent = ada.store.submit

    def check_notes_and_submit(record_id: str, patch: Any) -> None:
        assert [note.landed for note in log.read(record_id).notes] == [False, False]
        sent(record_id, patch)

    ada.store.submit = check_notes_and_submit
    ada.submit()
    kept = log.read(ada.record_id)
    assert [(note.whose, note.was, note.will) for note in kept.notes if note.landed] == [
        ("drift", None, "only a note"),
        ("Notes of the record", None, "All seen."),
    ]
    assert {note.evaluator for note in kept.notes} == {"Ada"} and not kept.values
    events = note_events(ada.reload().stored.document, kept.notes)
    assert [(event.whose, event.who, event.will) for event in events] == [
        ("drift", "Ada", "only a note"),
        ("Notes of the record", "Ada", "All seen."),
    ]


def test_an_unwritable_log_stops_no_submission_and_invalid_content_no_reading(tmp_path: Path) -> None:
    stored = StoredInFolder(tmp_path, v2_document())
    (tmp_path / "file").write_text("")
    ada = Reviewer(stored, "Ada", log=SubmissionLog(FolderObjects(tmp_path / "file")))
    ada.choose("noise", Status.FAIL)
    assert len(ada.submit().landed) == 1
    objects = FolderObjects(tmp_path / "other")
    log = SubmissionLog(objects)
    log.append("record", Logged({EntryMark("m", "Ada", "2025-01-01T00:00:00Z"): LoggedValue(None, 0)}))
    (key,) = objects.keys("log")
    objects.write(key.replace("2025", "2026"), b"{half")
    objects.write(key.replace("2025", "2027"), b'{"version": 1, "changes": [3, {"metric": 1}], "notes": [{}, 4]}')
    assert (len(log.read("record").values), log.read("record").notes) == (1, ())


def test_the_timeline_has_every_entry_newest_first(tmp_path: Path) -> None:
    ada = Reviewer(StoredInFolder(tmp_path, v1_document()), "Ada")
    ada.choose("yield", Status.FAIL)
    ada.submit()
    ada.reload()
    events = timeline(ada.screen.stored.document)
    assert len(events) == sum(len(metric.history) for metric in ada.screen.stored.document.metrics)
    assert (events[0].metric.name, events[0].position) == ("yield", 1)
