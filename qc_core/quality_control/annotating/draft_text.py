"""Drafts as text: the JSON that one tab of a person stores for one record, strictly read.

```
{"version": 1, "person": "ada@example.org", "name": "Ada", "record_id": "…",
 "entries": {
   "metrics/0#9f86d081884c": {"kind": "metric", "edited_at": "2026-11-22T14:02:03.456789Z", "path": ["metrics", 0],
     "fingerprint": {"name": "drift", "stage": "Raw data", "modality": "ecephys", "group": ["probe:A"]},
     "seen": {"value": 0.4, "reference": null, "status": "Pending", "history_length": 1, "last": ["Pending", "2025-…"]},
     "value": [0.5], "version": [], "status": "Pass", "status_by_hand": true, "note": "", "signatures": []},
   "notes": {"kind": "notes", "edited_at": "…", "path": ["notes"], "anchor": "", "seen": null, "wanted": "…",
     "sent": []},
   "metrics/1#…": {"kind": "undone", "edited_at": "…"}}}
```

`value` and `version` hold what is wanted, or nothing: null can be wanted, too.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec

from qc_core.json_document.value import JsonPath
from qc_core.quality_control.annotating.changes import (
    DraftEntry,
    MetricEdit,
    NewValue,
    NewVersion,
    NotesEdit,
    Seen,
    Sent,
    SentNotes,
    Signature,
    Time,
    Tombstone,
)
from qc_core.quality_control.metric import Fingerprint
from qc_core.quality_control.status import Status
from qc_core.times import write_time

VERSION = 1

_NoneOrOne = Annotated[tuple[Any, ...], msgspec.Meta(max_length=1)]


@dataclass(frozen=True, slots=True)
class About:
    """Whose a draft is (the key of the person, and their name), and of which record; "" for what is not known."""

    person: str = ""
    name: str = ""
    record_id: str = ""


NOBODY = About()


class _MetricText(msgspec.Struct, tag_field="kind", tag="metric", kw_only=True):
    edited_at: Time
    path: JsonPath
    fingerprint: Fingerprint
    seen: Seen
    value: _NoneOrOne
    version: _NoneOrOne = ()  # drafts from before there were curations have none
    status: Status | None
    status_by_hand: bool
    note: str
    signatures: tuple[Signature, ...]

    def entry(self) -> DraftEntry:
        edit = MetricEdit(
            path=self.path,
            fingerprint=self.fingerprint,
            seen=self.seen,
            edited_at=self.edited_at.astimezone(UTC),
            value=NewValue(self.value[0]) if self.value else None,
            status=self.status,
            status_by_hand=self.status_by_hand,
            note=self.note,
            version=NewVersion(self.version[0]) if self.version else None,
        )
        return DraftEntry(edit, self.signatures)


class _NotesText(msgspec.Struct, tag_field="kind", tag="notes", kw_only=True):
    edited_at: Time
    path: JsonPath
    anchor: str
    seen: str | None
    wanted: str | None
    sent: tuple[SentNotes, ...]

    def entry(self) -> DraftEntry:
        edited_at = self.edited_at.astimezone(UTC)
        return DraftEntry(NotesEdit(self.path, self.anchor, self.seen, self.wanted, edited_at), self.sent)


class _TombstoneText(msgspec.Struct, tag_field="kind", tag="undone", kw_only=True):
    edited_at: Time

    def entry(self) -> DraftEntry:
        return DraftEntry(Tombstone(self.edited_at.astimezone(UTC)))


_EntryText = _MetricText | _NotesText | _TombstoneText


def write_draft(entries: Mapping[str, DraftEntry], about: About = NOBODY) -> str:
    """The text of a draft, plain ASCII. NaN that was seen in a record is kept, as Python writes it.

    `about` is for administrators of drafts that were never submitted.
    """
    known = {k: v for k, v in asdict(about).items() if v}
    written = {key: _entry_text(entry) for key, entry in entries.items()}
    return _json({"version": VERSION, **known, "entries": written}, indent=1)


def read_about(text: str) -> About:
    """Whose a draft is, and of which record, as far as its text states it; never raises."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        return NOBODY
    fields = raw if isinstance(raw, dict) else {}
    texts = (fields.get(key) for key in ("person", "name", "record_id"))
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
            entries[key] = msgspec.convert(item, _EntryText).entry()
        except (msgspec.ValidationError, RecursionError, OverflowError) as error:
            problems.append(f"The draft's edit {key} cannot be read: {error}.")
    return entries, tuple(problems)


def canonical_text(item: DraftEntry | Sent) -> str:
    """One text for equal entries, or for equal things that were sent; 1, 1.0 and true are not equal in it."""
    return _json(_entry_text(item) if isinstance(item, DraftEntry) else item, sort_keys=True)


def _entry_text(entry: DraftEntry) -> _EntryText:
    match entry.edit:
        case MetricEdit() as edit:
            return _MetricText(
                edited_at=edit.edited_at,
                path=edit.path,
                fingerprint=edit.fingerprint,
                seen=edit.seen,
                value=(edit.value.value,) if edit.value else (),
                version=(edit.version.content,) if edit.version else (),
                status=edit.status,
                status_by_hand=edit.status_by_hand,
                note=edit.note,
                signatures=entry.signatures,
            )
        case NotesEdit() as edit:
            return _NotesText(
                edited_at=edit.edited_at,
                path=edit.path,
                anchor=edit.anchor,
                seen=edit.seen,
                wanted=edit.wanted,
                sent=entry.sent_notes,
            )
        case Tombstone() as tombstone:
            return _TombstoneText(edited_at=tombstone.edited_at)


def _json(item: Any, *, indent: int | None = None, sort_keys: bool = False) -> str:
    """JSON by Python's own writer, which has NaN, whole numbers of any size and lone surrogates."""
    plain = msgspec.to_builtins(item, builtin_types=(datetime,))
    return json.dumps(plain, indent=indent, sort_keys=sort_keys, default=write_time)
