"""Compare a draft with the current record: what can be submitted, what has landed, what somebody else changed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from qc_core.json_document.value import JsonValue, same_value
from qc_core.quality_control.annotating.changes import (
    Change,
    ChangeSet,
    Conflict,
    DraftEntry,
    Edit,
    MetricEdit,
    NewValue,
    NotesChange,
    NotesEdit,
    Seen,
    SentNotes,
    Signature,
)
from qc_core.quality_control.annotating.editing import later_time, observe_metric
from qc_core.quality_control.annotating.metric_lookup import MetricLookup, find_signed_entry
from qc_core.quality_control.annotating.note_lines import note_line
from qc_core.quality_control.curation.versions import newest_content
from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.status import Status

_AMBIGUOUS = "Several metrics of this record have the same name and have moved, so this one could not be identified."
_REMOVED = "This metric was removed from the record."
_NOTES_REMOVED = "The evaluation that these notes belong to was removed, or could not be identified."


@dataclass(frozen=True, slots=True)
class _Landed:
    """What was sent earlier is in the record; nothing of the edit remains."""


def build_change_set(document: QualityControl, draft: Mapping[str, DraftEntry], at: datetime) -> ChangeSet:
    """What a draft's edits change in the record as it was read at `at`; tombstones are left out.

    A metric is found at its path, else by its fingerprint. If it differs from what was seen, the edit is a conflict,
    unless the only difference is what this draft itself sent (then it has landed). If an edit was changed after it
    landed, only the later change remains. Changes come in the order of the document, notes last.
    """
    if not draft:
        return ChangeSet((), (), ())
    index = MetricLookup(document)
    outcomes: dict[str, Change | NotesChange | Conflict | _Landed] = {}
    for key, entry in draft.items():
        if isinstance(entry.edit, NotesEdit):
            outcomes[key] = _compare_notes(index, key, entry.edit, entry.sent_notes)
        elif isinstance(entry.edit, MetricEdit):
            outcomes[key] = _compare_metric(index, key, entry.edit, entry.signatures, at)
    changes = [found for found in outcomes.values() if isinstance(found, Change | NotesChange)]
    return ChangeSet(
        changes=tuple(sorted(changes, key=index.position_of)),
        conflicts=tuple(found for found in outcomes.values() if isinstance(found, Conflict)),
        landed=tuple(key for key, found in outcomes.items() if isinstance(found, _Landed)),
    )


def keep_mine(conflict: Conflict, document: QualityControl, at: datetime) -> Edit | None:
    """The edit of a conflict, rebased onto the record as it is now: the person decided for it.

    None where nothing remains to change, or where the metric cannot be found (then it cannot be written). A status
    chosen by hand is signed even if another person has chosen the same. Earlier signatures belong to the old edit, and
    are not copied.
    """
    index = MetricLookup(document)
    edited_at = later_time(conflict.edit.edited_at, at)
    if isinstance(conflict.edit, NotesEdit):
        notes = index.find_notes(conflict.edit)
        if notes is None or notes.read_only or _same_notes(notes.text, conflict.edit.wanted):
            return None
        return replace(conflict.edit, path=notes.path, seen=notes.text, edited_at=edited_at)
    metric = conflict.metric and index.get_metric(conflict.metric.path)
    if metric is None or metric.read_only or metric.fingerprint != conflict.edit.fingerprint:
        return None
    begun = replace(conflict.edit, path=metric.path, edited_at=edited_at)
    return rebase_edit(begun, observe_metric(metric, index.generation, at))


def rebase_edit(edit: MetricEdit, seen: Seen) -> MetricEdit | None:
    """What `keep_mine` makes of an edit upon the metric as it is `seen` now; None where nothing remains of it."""
    return _rebase_edit(edit, seen, insists=True)


def _compare_metric(
    index: MetricLookup, key: str, edit: MetricEdit, sent: tuple[Signature, ...], at: datetime
) -> Change | Conflict | _Landed:
    alike = index.find_alike(edit)
    landed = [signature for metric in alike for signature in sent if index.contains(metric, signature)]
    if any(signature.edited_at == edit.edited_at for signature in landed):
        return _Landed()
    here = alike[0] if alike and (alike[0].path == edit.path or len(alike) == 1) else None
    if here is None:
        return Conflict(key, edit, None, None, _AMBIGUOUS if alike else _REMOVED)
    refusal = index.document.read_only or here.read_only
    if refusal:
        return _build_conflict(key, edit, here, f"This metric cannot be annotated. {refusal}")
    seen = observe_metric(here, index.generation, at)
    if landed and not any(index.contains(here, signature) for signature in landed):
        return Conflict(key, edit, None, None, _AMBIGUOUS)
    if landed and (_is_same(edit.seen, seen) or _only_ours_since(edit, here, landed)):
        rest = _build_remaining_edit(edit, seen, landed, here.name)
        return _build_change(key, here, rest) if rest else _Landed()
    if _is_same(edit.seen, seen):
        return _build_change(key, here, edit, sent)
    if any(_is_same(edit.seen, observe_metric(twin, index.generation, at)) for twin in alike if twin is not here):
        return Conflict(key, edit, None, None, _AMBIGUOUS)
    return _build_conflict(key, edit, here, _describe_difference(edit.seen, seen))


def _compare_notes(
    index: MetricLookup, key: str, edit: NotesEdit, sent: tuple[SentNotes, ...]
) -> NotesChange | Conflict | _Landed:
    notes = index.find_notes(edit)
    if notes is None:
        return Conflict(key, edit, None, None, _NOTES_REMOVED)
    if notes.read_only:
        return Conflict(key, edit, None, notes.text, f"These notes cannot be written. {notes.read_only}")
    if not _same_notes(notes.text, edit.seen):
        landed = [one for one in sent if _is_in_notes(one, edit.seen, notes.text)]
        if any(_same_notes(one.wanted, edit.wanted) for one in landed):
            return _Landed()
        if not any(_same_notes(one.wanted, notes.text) for one in landed):
            return Conflict(key, edit, None, notes.text, "Someone else changed these notes since you saw them.")
        edit, sent = replace(edit, seen=notes.text, edited_at=_time_after(edit)), ()
    return NotesChange(key, notes.path, notes.title, edit, was=notes.text, will=edit.wanted, sent=sent)


def _build_change(key: str, metric: Metric, edit: MetricEdit, sent: tuple[Signature, ...] = ()) -> Change:
    return Change(
        key=key,
        metric=metric,
        edit=edit,
        was_value=edit.seen.value,
        will_value=edit.value.value if edit.value else edit.seen.value,
        was_status=edit.seen.status,
        will_status=edit.status or edit.seen.status or Status.PENDING,
        note=edit.note,
        sent=sent,
    )


def _build_conflict(key: str, edit: MetricEdit, metric: Metric, reason: str) -> Conflict:
    newest = metric.history[-1] if metric.history else None
    by, when = (newest.evaluator, newest.recorded_time) if newest else (None, None)
    return Conflict(key, edit, metric, None, reason, by, when)


def _is_same(one: Seen, other: Seen) -> bool:
    """Whether a metric is as it was seen, apart from its status, which follows from the history and the time."""
    return (
        same_value(one.value, other.value)
        and one.reference == other.reference
        and one.history_length == other.history_length
        and one.last == other.last
    )


def _describe_difference(seen: Seen, now: Seen) -> str:
    differing = []
    if not same_value(seen.value, now.value):
        differing.append("its value")
    if seen.reference != now.reference:
        differing.append("its reference")
    if (seen.history_length, seen.last) != (now.history_length, now.last):
        differing.append("its status history")
    return f"Since you saw this metric, {' and '.join(differing)} changed."


def _only_ours_since(edit: MetricEdit, metric: Metric, landed: list[Signature]) -> bool:
    """Whether the metric differs from what was seen only by entries that this very draft sent."""
    since = metric.history[edit.seen.history_length :]
    ours = [signature for signature in landed if signature.status is not None]
    return (
        bool(since)
        and metric.reference == edit.seen.reference
        and all(any(find_signed_entry((entry,), signature) for signature in ours) for entry in since)
    )


def _build_remaining_edit(edit: MetricEdit, seen: Seen, landed: list[Signature], name: str) -> MetricEdit | None:
    """What remains of an edit that was changed after it had landed."""
    written = [note_line(sent.timestamp, sent.evaluator, name, edit.note) == sent.note_line for sent in landed]
    begun = replace(edit, note="" if any(written) else edit.note, edited_at=_time_after(edit))
    return _rebase_edit(begun, seen, insists=False)


def _rebase_edit(edit: MetricEdit, seen: Seen, *, insists: bool) -> MetricEdit | None:
    """The edit based on what is seen now; None if nothing remains. With `insists` an equal status is signed, too."""
    value = edit.value and NewValue(_rebase_value(edit.seen.value, edit.value.value, seen.value))
    if value and same_value(value.value, seen.value):
        value = None
    version = edit.version
    if version and same_value(version.content, newest_content(seen.value)):
        version = None
    news = value is not None or version is not None
    by_hand = edit.status_by_hand and (news or insists or edit.status != seen.status)
    status = edit.status if by_hand or value is not None else None
    rest = replace(edit, seen=seen, value=value, version=version, status=status, status_by_hand=by_hand)
    return rest if rest.rates or rest.note else None


def _rebase_value(seen: JsonValue, wanted: JsonValue, now: JsonValue) -> JsonValue:
    """The new value applied to the present one: for a dropdown, checkbox or rule only the answer is replaced."""
    if not (isinstance(seen, dict) and isinstance(wanted, dict) and isinstance(now, dict)):
        return wanted
    only_the_answer = "value" in now and same_value({**seen, "value": None}, {**wanted, "value": None})
    return {**now, "value": wanted["value"]} if only_the_answer and "value" in wanted else wanted


def _same_notes(one: str | None, other: str | None) -> bool:
    return (one or "") == (other or "")


def _is_in_notes(sent: SentNotes, seen: str | None, now: str | None) -> bool:
    """Whether notes that were sent are there, maybe with lines that others added after them."""
    if _same_notes(sent.text, now):
        return True
    start = f"{sent.text}\n"
    return bool(sent.text) and (now or "").startswith(start) and not (seen or "").startswith(start)


def _time_after(edit: Edit) -> datetime:
    """The time of a rebased edit: later than the edit's, and the same each time it is rebased."""
    return edit.edited_at + timedelta(microseconds=1)
