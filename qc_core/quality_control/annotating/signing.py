"""Build the patch of a change set: each change signed, on condition that the record still is as it was seen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from qc_core.errors import BadRecord
from qc_core.json_document import Append, Operation, Set, apply, differences
from qc_core.json_document.patch import Patch
from qc_core.json_document.value import JsonPath, JsonValue, value_at
from qc_core.quality_control.annotating.changes import Change, ChangeSet, DraftEntry, NotesChange, SentNotes, Signature
from qc_core.quality_control.annotating.conditions import build_conditions
from qc_core.quality_control.annotating.curation_signing import version_operations
from qc_core.quality_control.annotating.note_lines import note_line, notes_path, with_lines
from qc_core.quality_control.document import QualityControl, read
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.rollup import rollup_operations
from qc_core.quality_control.status import SIGNED_AFTER, Generation
from qc_core.quality_control.values.json_entry import is_writable
from qc_core.times import write_time

HISTORY_KEY = "status_history"
"""Where signatures go in a metric that has no history yet."""


@dataclass(frozen=True, slots=True)
class SignedPatch:
    """A patch to send, and the draft's entries with what is sent of them: these are kept before the patch is sent."""

    patch: Patch
    entries: Mapping[str, DraftEntry]


def build_patch(
    raw: JsonValue, document: QualityControl, changes: ChangeSet, person_name: str, now: datetime
) -> SignedPatch:
    """The patch for all changes of a change set (its conflicts and what landed are left aside), signed.

    `raw` is the quality_control as read, `document` the same parsed. Every change of a value or a status appends
    a status entry, a new version of a curation also one to the curation's own history; a note alone appends only
    its line, since a note must not rate a metric again. A stored roll-up is corrected in the same step; where the
    document has none, none is added.

    Pass on a v2 metric that was Pending becomes, in short:

        Patch(
            conditions=(ValueIs(("metrics", 0, "name"), "drift"), LengthIs(("metrics", 0, "status_history"), 1), …),
            operations=(
                Append(("metrics", 0, "status_history"), {"evaluator": "Ada", "status": "Pass", "timestamp": "…"}),
                Set(("status", "probe:A"), "Pass"),
            ),
        )

    Raises BadRecord for a new value that JSON cannot hold (NaN), and for notes that are not text.
    """
    of_metrics = [change for change in changes.changes if isinstance(change, Change)]
    of_notes = [change for change in changes.changes if isinstance(change, NotesChange)]
    signatures = {change.key: sign_change(change, person_name, now) for change in of_metrics}
    texts = _new_notes(raw, of_metrics, of_notes, signatures)
    operations: list[Operation] = []
    for change in of_metrics:
        operations += _value_operations(raw, change)
        operations += version_operations(raw, document, change, person_name, signatures[change.key].timestamp)
        signature = signatures[change.key]
        if signature.status is not None:
            operations.append(_entry_operation(raw, document, change.metric, signature))
    operations += [Set(path, text) for path, text in texts.items()]
    rated = [change.metric for change in of_metrics if signatures[change.key].status is not None]
    operations += _rollup(raw, tuple(operations), rated, now)
    entries = {change.key: DraftEntry(change.edit, (*change.sent, signatures[change.key])) for change in of_metrics}
    for notes in of_notes:
        sent = SentNotes(wanted=notes.edit.wanted, text=texts[notes.path])
        entries[notes.key] = DraftEntry(notes.edit, (*notes.sent, sent))
    wanted = build_conditions(raw, document, [change.metric for change in of_metrics], rated, list(texts))
    return SignedPatch(Patch(wanted, tuple(operations)), entries)


def sign_change(change: Change, person_name: str, now: datetime) -> Signature:
    """The signature of one change: the person, an aware UTC time later than all of the metric's, the status.

    A changed value, or a new version, keeps the status that was seen (Pending, where there was none) unless another
    is wanted.
    """
    known = [entry.timestamp for entry in change.metric.history if entry.timestamp]
    timestamp = write_time(_later_than(max(known), now) if known else now)
    return Signature(
        evaluator=person_name,
        status=change.will_status if change.edit.rates else None,
        timestamp=timestamp,
        edited_at=change.edit.edited_at,
        note_line=note_line(timestamp, person_name, change.metric.name, change.note) if change.note else None,
    )


def _later_than(last: datetime, now: datetime) -> datetime:
    try:
        return max(now, last + SIGNED_AFTER)
    except OverflowError as error:
        raise BadRecord(
            f"A status was signed at {last.isoformat()}, and no time is later.",
            "Correct that time in the record first.",
        ) from error


def _new_notes(
    raw: JsonValue, of_metrics: list[Change], of_notes: list[NotesChange], signatures: Mapping[str, Signature]
) -> dict[JsonPath, str | None]:
    """The new text of all notes that change: what is wanted for them, and the lines of notes on metrics."""
    lines: dict[JsonPath, list[str]] = {}
    for change in of_metrics:
        line = signatures[change.key].note_line
        if line is not None:
            lines.setdefault(notes_path(change.metric.path), []).append(line)
    texts = {change.path: change.will for change in of_notes}
    for path in (*texts, *lines):
        stored = value_at(raw, path)
        if not isinstance(stored, str | None):
            raise BadRecord(
                "The notes in this record are not text, so nothing can be written into them.",
                "Remove the note and submit again.",
            )
    for path, added in lines.items():
        texts[path] = with_lines(texts[path] if path in texts else value_at(raw, path), added)
    return texts


def _value_operations(raw: JsonValue, change: Change) -> Iterator[Operation]:
    if change.edit.value is None:
        return
    path: JsonPath = (*change.metric.path, "value")
    for operation in differences(path, value_at(raw, path), change.edit.value.value):
        if not is_writable(operation.value):
            raise BadRecord(
                f"The new value of {change.metric.name} holds a number that JSON does not have (NaN or infinity).",
                "Enter a number, or leave the value as it was.",
            )
        yield operation


def _entry_operation(raw: JsonValue, document: QualityControl, metric: Metric, signature: Signature) -> Operation:
    path: JsonPath = (*metric.path, metric.history_key or HISTORY_KEY)
    history = value_at(raw, path)
    has_entries = isinstance(history, list) and bool(history)
    entry = _entry(signature, list(history[-1]) if has_entries else [], _names_type(raw, document))
    return Append(path, entry) if isinstance(history, list) else Set(path, [entry])


def _entry(signature: Signature, order: list[str], names_type: bool) -> dict[str, JsonValue]:
    """A status entry with its keys in the order of the metric's last one (docs/formats.md#second-generation)."""
    entry: dict[str, JsonValue] = {"object_type": "QC status"} if names_type else {}
    entry |= {"evaluator": signature.evaluator, "status": str(signature.status), "timestamp": signature.timestamp}
    first = ["object_type"] if "object_type" not in order else []
    ranks = {key: rank for rank, key in enumerate([*first, *order])}
    return dict(sorted(entry.items(), key=lambda item: ranks.get(item[0], len(ranks))))


def _names_type(raw: JsonValue, document: QualityControl) -> bool:
    """Whether status entries hold `object_type`: in v2, where the document's do, or it has none yet."""
    if document.generation is not Generation.V2:
        return False
    histories = [value_at(raw, (*metric.path, HISTORY_KEY)) for metric in document.metrics]
    entries = [entry for history in histories if isinstance(history, list) for entry in history]
    return not entries or any(isinstance(entry, dict) and "object_type" in entry for entry in entries)


def _rollup(raw: JsonValue, operations: tuple[Operation, ...], rated: list[Metric], now: datetime) -> list[Operation]:
    """What makes the stored roll-up right as of now for the document as it will be, and for the metrics rated.

    A signature that had to lie in the future counts by the rule of `status.latest`; other metrics' entries in the
    future do not yet.
    """
    if not rated:
        return []
    found = rollup_operations(read(apply(raw, operations)), now.astimezone(UTC))
    touched = {metric.path[:2] for metric in rated}
    return [Set(path, status) for path, status in found if path[0] != "evaluations" or path[:2] in touched]
