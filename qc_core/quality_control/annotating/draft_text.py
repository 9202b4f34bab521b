"""Drafts as text, strictly read."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, TypeVar

from qc_core.json_document.value import JsonPath, JsonValue
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
from qc_core.quality_control.metric import Fingerprint
from qc_core.quality_control.status import Status
from qc_core.times import parse_time, write_time

VERSION = 1
_Read = TypeVar("_Read")


class _UnreadableError(Exception):
    """A part of a draft is not what it should be; the text says which."""


@dataclass(frozen=True, slots=True)
class About:
    """Whose a draft is (the key of the person, and their name), and of which record; "" for what is not known."""

    person: str = ""
    name: str = ""
    record_id: str = ""


NOBODY = About()


def write_draft(entries: Mapping[str, DraftEntry], about: About = NOBODY) -> str:
    """The text of a draft, plain ASCII. NaN that was seen in a record is kept, as Python writes it.

    `about` is for whoever looks after drafts that nobody comes back to.
    """
    written = {key: written_entry(entry) for key, entry in entries.items()}
    known = {k: v for k, v in asdict(about).items() if v}
    return json.dumps({"version": VERSION, **known, "entries": written}, indent=1)


def read_about(text: str) -> About:
    """Whose a draft is, and of which record, as far as its text says so; never raises."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        return NOBODY
    said = raw if isinstance(raw, dict) else {}
    texts = (said.get(key) for key in ("person", "name", "record_id"))
    return About(*(text if isinstance(text, str) else "" for text in texts))


def read_draft(text: str) -> tuple[dict[str, DraftEntry], tuple[str, ...]]:
    """The entries of a draft, and a sentence for each that cannot be read; never raises."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        return {}, (f"A draft is not JSON: {error}.",)
    if not isinstance(raw, dict) or raw.get("version") != VERSION or not isinstance(raw.get("entries"), dict):
        return {}, (f"A draft is not of version {VERSION}, the only one that this portal can read.",)
    entries: dict[str, DraftEntry] = {}
    problems = []
    for key, item in raw["entries"].items():
        try:
            entries[key] = _entry(_object(item, "entry"))
        except (_UnreadableError, RecursionError) as error:
            problems.append(f"The draft's edit {key} cannot be read: {error}.")
    return entries, tuple(problems)


def written_entry(entry: DraftEntry) -> dict[str, JsonValue]:
    """One entry as JSON values."""
    match entry:
        case MetricEdit():
            return {
                "kind": "metric",
                "edited_at": write_time(entry.edited_at),
                "path": list(entry.path),
                "fingerprint": {
                    "name": entry.fingerprint.name,
                    "stage": entry.fingerprint.stage,
                    "modality": entry.fingerprint.modality,
                    "group": list(entry.fingerprint.group),
                },
                "seen": {
                    "value": entry.seen.value,
                    "reference": entry.seen.reference,
                    "status": entry.seen.status,
                    "history_length": entry.seen.history_length,
                    "last": list(entry.seen.last) if entry.seen.last else None,
                },
                "value": [entry.value.value] if entry.value else [],
                "version": [entry.version.content] if entry.version else [],
                "status": entry.status,
                "status_by_hand": entry.status_by_hand,
                "note": entry.note,
                "signatures": [written_signature(signature) for signature in entry.signatures],
            }
        case NotesEdit():
            return {
                "kind": "notes",
                "edited_at": write_time(entry.edited_at),
                "path": list(entry.path),
                "anchor": entry.anchor,
                "seen": entry.seen,
                "wanted": entry.wanted,
                "sent": [written_sent(sent) for sent in entry.sent],
            }
        case Tombstone():
            return {"kind": "undone", "edited_at": write_time(entry.edited_at)}


def written_signature(signature: Signature) -> dict[str, JsonValue]:
    """One signature as JSON values."""
    return {
        "evaluator": signature.evaluator,
        "status": signature.status,
        "timestamp": signature.timestamp,
        "edited_at": write_time(signature.edited_at),
        "note_line": signature.note_line,
    }


def written_sent(sent: SentNotes) -> dict[str, JsonValue]:
    """Notes as they were sent, as JSON values."""
    return {"wanted": sent.wanted, "text": sent.text}


def _entry(raw: dict[str, Any]) -> DraftEntry:
    edited_at = _time(raw, "edited_at")
    match raw.get("kind"):
        case "metric":
            return _metric_edit(raw, edited_at)
        case "notes":
            return NotesEdit(
                path=_path(raw),
                anchor=_text(raw, "anchor"),
                seen=_optional(raw, "seen", _text),
                wanted=_optional(raw, "wanted", _text),
                edited_at=edited_at,
                sent=tuple(
                    SentNotes(_optional(item, "wanted", _text), _optional(item, "text", _text))
                    for item in _objects(raw, "sent")
                ),
            )
        case "undone":
            return Tombstone(edited_at)
        case _:
            raise _UnreadableError("it is of no known kind")


def _metric_edit(raw: dict[str, Any], edited_at: datetime) -> MetricEdit:
    mark, seen = _object(raw.get("fingerprint"), "fingerprint"), _object(raw.get("seen"), "seen")
    value = _list(raw, "value")
    version = _list(raw, "version") if "version" in raw else []  # older drafts know of no curations
    last = _optional(seen, "last", _texts)
    length = seen.get("history_length")
    by_hand = raw.get("status_by_hand")
    if len(value) > 1 or len(version) > 1 or "value" not in seen:
        raise _UnreadableError("its value or version is not as it should be")
    if not isinstance(by_hand, bool) or (last and len(last) != 2):
        raise _UnreadableError("its last or status_by_hand is not as it should be")
    if not isinstance(length, int) or isinstance(length, bool) or length < 0:
        raise _UnreadableError("its history_length is no count")
    return MetricEdit(
        path=_path(raw),
        fingerprint=Fingerprint(
            _text(mark, "name"), _text(mark, "stage"), _text(mark, "modality"), tuple(_texts(mark, "group"))
        ),
        seen=Seen(
            value=seen["value"],
            reference=_optional(seen, "reference", _text),
            status=_optional(seen, "status", _status),
            history_length=length,
            last=(last[0], last[1]) if last else None,
        ),
        edited_at=edited_at,
        value=NewValue(value[0]) if value else None,
        version=NewVersion(version[0]) if version else None,
        status=_optional(raw, "status", _status),
        status_by_hand=by_hand,
        note=_text(raw, "note"),
        signatures=tuple(_signature(item) for item in _objects(raw, "signatures")),
    )


def _signature(raw: dict[str, Any]) -> Signature:
    return Signature(
        evaluator=_text(raw, "evaluator"),
        status=_optional(raw, "status", _status),
        timestamp=_text(raw, "timestamp"),
        edited_at=_time(raw, "edited_at"),
        note_line=_optional(raw, "note_line", _text),
    )


def _object(raw: JsonValue, what: str) -> dict[str, Any]:
    if isinstance(raw, dict):
        return raw
    raise _UnreadableError(f"its {what} is no object")


def _list(raw: dict[str, Any], key: str) -> list[Any]:
    value = raw.get(key)
    if isinstance(value, list):
        return value
    raise _UnreadableError(f"its {key} is no list")


def _objects(raw: dict[str, Any], key: str) -> list[dict[str, Any]]:
    return [_object(item, key) for item in _list(raw, key)]


def _text(raw: dict[str, Any], key: str) -> str:
    value = raw.get(key)
    if isinstance(value, str):
        return value
    raise _UnreadableError(f"its {key} is no text")


def _texts(raw: dict[str, Any], key: str) -> list[str]:
    value = _list(raw, key)
    if all(isinstance(item, str) for item in value):
        return value
    raise _UnreadableError(f"its {key} holds something that is no text")


def _optional(raw: dict[str, Any], key: str, read: Callable[[dict[str, Any], str], _Read]) -> _Read | None:
    if key not in raw:
        raise _UnreadableError(f"its {key} is missing")
    return None if raw[key] is None else read(raw, key)


def _status(raw: dict[str, Any], key: str) -> Status:
    value = raw[key]
    if isinstance(value, str) and value in list(Status):
        return Status(value)
    raise _UnreadableError(f"its {key} is no status")


def _time(raw: dict[str, Any], key: str) -> datetime:
    parsed = parse_time(raw.get(key))
    if parsed is None or parsed.assumed_utc:
        raise _UnreadableError(f"its {key} is no time with a zone")
    return parsed.utc


def _path(raw: dict[str, Any]) -> JsonPath:
    value = _list(raw, "path")
    if all(isinstance(step, str | int) and not isinstance(step, bool) for step in value):
        return tuple(value)
    raise _UnreadableError("its path is no place")
