"""Edits a person makes, and the change set they add up to: what was, what will be."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from msgspec import Meta

from qc_core.json_document.value import JsonPath, JsonValue
from qc_core.quality_control.metric import Fingerprint, Metric
from qc_core.quality_control.status import Status

Time = Annotated[datetime, Meta(tz=True)]
"""A time with its zone."""


@dataclass(frozen=True, slots=True)
class NewValue:
    """A value a person wants stored; wrapped, because None and "" are values too."""

    value: JsonValue


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version that a person wants added to a curation, as a value; it is stored in the form of the newest one."""

    content: JsonValue


@dataclass(frozen=True, slots=True)
class Seen:
    """A metric as the person saw it when they first changed it.

    `status` is the one that held then. `last` is the last listed entry's status and time, both as written.
    A value that is missing and one that is null are seen as the same.
    """

    value: JsonValue
    reference: str | None
    status: Status | None
    history_length: Annotated[int, Meta(ge=0)]
    last: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Signature:
    """What an edit was sent with: kept in the draft before sending, so that the record shows whether it landed.

    `status` is None for a note alone: that appends no status entry, only `note_line`. `edited_at` is that of the
    edit as it was sent: an edit with another time was changed after that.
    """

    evaluator: str
    status: Status | None
    timestamp: str
    edited_at: Time
    note_line: str | None = None


@dataclass(frozen=True, slots=True)
class SentNotes:
    """Notes as they were sent: what the edit wanted, and the whole text with the lines that went with it."""

    wanted: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class MetricEdit:
    """What a person wants changed on one metric, and what they saw when they began.

    `value`, `version`, `status` and `note` are None, None, None and "" where they stay; only a curation has a
    `version`, and it never has a `value`. `status_by_hand`: whether the person chose the status; else it followed
    from the value. What was sent of it is in its `DraftEntry`.
    """

    path: JsonPath
    fingerprint: Fingerprint
    seen: Seen
    edited_at: datetime
    value: NewValue | None = None
    status: Status | None = None
    status_by_hand: bool = False
    note: str = ""
    version: NewVersion | None = None

    @property
    def rates(self) -> bool:
        """Whether the edit changes value, version or status, and so is signed in its history; a note alone does not."""
        return self.value is not None or self.version is not None or self.status is not None

    @property
    def decides(self) -> bool:
        """Whether the edit sets Pass or Fail, so that nothing is left to decide about the metric."""
        return self.status in (Status.PASS, Status.FAIL)


@dataclass(frozen=True, slots=True)
class NotesEdit:
    """New text for notes.

    `path` is that of the text: `("notes",)`, or `("evaluations", 1, "notes")` with that evaluation's name as
    `anchor` ("" for the record). None and "" both mean that there are no notes.
    """

    path: JsonPath
    anchor: str
    seen: str | None
    wanted: str | None
    edited_at: datetime


@dataclass(frozen=True, slots=True)
class Tombstone:
    """An edit that was undone or has landed: it hides older copies of itself in other tabs."""

    edited_at: datetime


Edit = MetricEdit | NotesEdit
Sent = Signature | SentNotes


@dataclass(frozen=True, slots=True)
class DraftEntry:
    """What a draft holds under one key: an edit or the tombstone of one, and apart from it with what it was sent.

    `sent` has a `Signature` for each sending of a `MetricEdit`, `SentNotes` for each of a `NotesEdit`, of this version
    of the edit and of earlier ones: until the record was read back, any of them may have landed. A tombstone has none.
    """

    edit: Edit | Tombstone
    sent: tuple[Sent, ...] = ()

    @property
    def edited_at(self) -> datetime:
        """When the edit was made or undone: of two entries under one key the later one counts."""
        return self.edit.edited_at

    @property
    def signatures(self) -> tuple[Signature, ...]:
        """The signatures among what was sent."""
        return tuple(sent for sent in self.sent if isinstance(sent, Signature))

    @property
    def sent_notes(self) -> tuple[SentNotes, ...]:
        """The notes among what was sent."""
        return tuple(sent for sent in self.sent if isinstance(sent, SentNotes))


@dataclass(frozen=True, slots=True)
class Change:
    """One metric's change, as the review dialog shows it and as it will be submitted.

    `key` is the draft's key of the edit; `metric` is the metric as it is now, wherever it is. `sent` are
    signatures of earlier sendings that did not land, as far as is known.
    """

    key: str
    metric: Metric
    edit: MetricEdit
    was_value: JsonValue
    will_value: JsonValue
    was_status: Status | None
    will_status: Status
    note: str
    sent: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class NotesChange:
    """A change of notes. `title` is "Notes of the record", or of an evaluation by name.

    `path` is that of the notes as they are now; `sent` is as in `Change`.
    """

    key: str
    path: JsonPath
    title: str
    edit: NotesEdit
    was: str | None
    will: str | None
    sent: tuple[SentNotes, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """An edit whose metric (or notes) someone else changed, moved or removed.

    `metric` is the metric as it is now; None where it was removed or cannot be identified. `reason` is a sentence;
    `by` and `when` name the newest entry on the metric, where there is one.
    """

    key: str
    edit: Edit
    metric: Metric | None
    notes_now: str | None
    reason: str
    by: str | None = None
    when: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """All of a draft against the record as it is now; `landed` are the keys of what is in the record already."""

    changes: tuple[Change | NotesChange, ...]
    conflicts: tuple[Conflict, ...]
    landed: tuple[str, ...]
