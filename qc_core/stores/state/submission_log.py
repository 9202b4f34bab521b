"""A log of old and new values and notes of each submission: the formats keep neither, only old statuses.

`log/<record>/<time>-<digest>.json` next to the drafts; an object is written once and never again. Values and notes are
logged before they are sent: what did not land is in no record's history, and so is never shown. Notes have no history
in a record, so those that landed are logged once more when they are read back.
"""

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import datetime

from qc_core.errors import StoreUnavailable
from qc_core.json_document.value import JsonValue
from qc_core.quality_control.annotating.changes import Change, DraftEntry, NotesChange, Signature
from qc_core.quality_control.annotating.note_history import LoggedNote
from qc_core.stores.ports import EntryMark, Logged, LoggedValue, ValueLog
from qc_core.stores.state.objects import Objects, ObjectsUnavailableError
from qc_core.times import write_time

VERSION = 1
_ROOT = "log"


class SubmissionLog:
    """The log over objects of the portal's own."""

    def __init__(self, objects: Objects) -> None:
        """Nothing is made before the first submission."""
        self._objects = objects

    def append(self, record_id: str, logged: Logged) -> None:
        """Keep what a submission changes. Raises StoreUnavailable."""
        times = [mark.timestamp for mark in logged.values] + [note.timestamp for note in logged.notes]
        if not times:
            return
        changes = [{**asdict(mark), **asdict(value)} for mark, value in logged.values.items()]
        notes = [asdict(note) for note in logged.notes]
        content = {"version": VERSION, "record_id": record_id, "changes": changes} | ({"notes": notes} if notes else {})
        text = json.dumps(content, indent=1)
        when = min(times).replace(":", "-")
        key = f"{_folder_of(record_id)}/{when}-{hashlib.sha256(text.encode()).hexdigest()[:12]}.json"
        try:
            self._objects.write(key, text.encode())
        except ObjectsUnavailableError as error:
            raise StoreUnavailable(f"The submission could not be logged, because {error}.") from error

    def read(self, record_id: str) -> Logged:
        """All that was logged for a record; what cannot be understood is left out. Raises StoreUnavailable."""
        values: dict[EntryMark, LoggedValue] = {}
        notes: list[LoggedNote] = []
        try:
            for key in self._objects.keys(_folder_of(record_id)):
                content = _parse(self._objects.read(key))
                values.update(_values(content))
                notes += _notes(content)
        except ObjectsUnavailableError as error:
            raise StoreUnavailable(f"The log of submissions could not be read, because {error}.") from error
        return Logged(values, tuple(notes))


def log_sent(
    log: ValueLog | None,
    record_id: str,
    changes: Iterable[Change | NotesChange],
    signed: Mapping[str, DraftEntry],
    by: str,
    at: datetime,
) -> None:
    """Keep old and new values and notes under the signatures that are sent now; that this fails stops no submission."""
    values = {}
    for change in changes:
        signature = _signature(change, signed)
        if isinstance(change, Change) and signature and signature.status:
            mark = EntryMark(change.metric.name, signature.evaluator, signature.timestamp)
            values[mark] = LoggedValue(change.was_value, change.will_value)
    _keep(log, record_id, Logged(values, _build_notes(changes, signed, by, at)))


def log_landed(
    log: ValueLog | None,
    record_id: str,
    changes: Iterable[Change | NotesChange],
    signed: Mapping[str, DraftEntry],
    by: str,
    at: datetime | None,
) -> None:
    """Keep which of the notes just sent were read back from the record."""
    if at is not None:
        noted = _build_notes([change for change in changes if change.key in signed], signed, by, at)
        _keep(log, record_id, Logged(notes=tuple(replace(note, landed=True) for note in noted)))


def _keep(log: ValueLog | None, record_id: str, logged: Logged) -> None:
    if log is not None:
        try:
            log.append(record_id, logged)
        except StoreUnavailable as error:
            logging.getLogger("qc_portal").warning("%s", error)


def _build_notes(
    changes: Iterable[Change | NotesChange], signed: Mapping[str, DraftEntry], by: str, at: datetime
) -> tuple[LoggedNote, ...]:
    found = []
    for change in changes:
        signature = _signature(change, signed)
        if isinstance(change, NotesChange):
            found.append(LoggedNote(change.title, by, write_time(at), change.was, change.will))
        elif signature and signature.note_line is not None:
            name = change.metric.name
            found.append(LoggedNote(name, signature.evaluator, signature.timestamp, None, change.note, on_metric=True))
    return tuple(found)


def _signature(change: Change | NotesChange, signed: Mapping[str, DraftEntry]) -> Signature | None:
    entry = signed.get(change.key)
    return entry.signatures[-1] if entry and entry.signatures else None


def _parse(data: bytes | None) -> Mapping[str, JsonValue]:
    try:
        raw = json.loads((data or b"null").decode())
    except (ValueError, RecursionError):
        return {}
    return raw if isinstance(raw, dict) and raw.get("version") == VERSION else {}


def _values(content: Mapping[str, JsonValue]) -> Iterable[tuple[EntryMark, LoggedValue]]:
    for line in _lines(content.get("changes"), "metric", "evaluator", "timestamp"):
        mark = EntryMark(str(line["metric"]), str(line["evaluator"]), str(line["timestamp"]))
        yield mark, LoggedValue(line.get("was"), line.get("will"))


def _notes(content: Mapping[str, JsonValue]) -> Iterable[LoggedNote]:
    for line in _lines(content.get("notes"), "whose", "evaluator", "timestamp"):
        was, will = (text if isinstance(text, str) else None for text in (line.get("was"), line.get("will")))
        on_metric, landed = line.get("on_metric") is True, line.get("landed") is True
        whose, evaluator, timestamp = (str(line[key]) for key in ("whose", "evaluator", "timestamp"))
        yield LoggedNote(whose, evaluator, timestamp, was, will, on_metric, landed)


def _lines(lines: JsonValue, *texts: str) -> Iterable[Mapping[str, JsonValue]]:
    for line in lines if isinstance(lines, list) else ():
        if isinstance(line, dict) and all(isinstance(line.get(key), str) for key in texts):
            yield line


def _folder_of(record_id: str) -> str:
    return f"{_ROOT}/{hashlib.sha256(record_id.encode('utf-8', 'surrogatepass')).hexdigest()[:20]}"
