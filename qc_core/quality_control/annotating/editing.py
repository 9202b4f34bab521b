"""Pure functions that apply a person's action to an edit; the controls of a page call them.

Each returns the edit after the action, or None if nothing remains changed.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from qc_core.json_document.value import JsonPath, JsonValue, same_value
from qc_core.quality_control.annotating.changes import (
    DraftEntry,
    Edit,
    MetricEdit,
    NewValue,
    NewVersion,
    NotesEdit,
    Seen,
    Tombstone,
)
from qc_core.quality_control.annotating.reasons import toggle_reason
from qc_core.quality_control.curation.versions import newest_content
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.status import Generation, Status, latest
from qc_core.quality_control.values.answers import automatic_status
from qc_core.quality_control.values.lines import change_lines


def observe_metric(metric: Metric, generation: Generation, at: datetime) -> Seen:
    """What a person saw of a metric at a time, on which the conditions of a submission are based."""
    holds = latest(metric.history, generation, at)
    last = metric.history[-1] if metric.history else None
    return Seen(
        value=metric.value,
        reference=metric.reference,
        status=holds.status if holds else None,
        history_length=len(metric.history),
        last=(last.word or str(last.status or ""), last.written) if last else None,
    )


def edit_key(metric: Metric) -> str:
    """The draft's key for an edit of a metric: its key and a digest of its fingerprint.

    Such as `metrics/0#9f86d081884c`.
    """
    mark = metric.fingerprint
    text = json.dumps([mark.name, mark.stage, mark.modality, *mark.group])
    return f"{metric.key}#{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def notes_key(path: JsonPath) -> str:
    """The draft's key for an edit of the notes at a path, such as `evaluations/1/notes`."""
    return "/".join(str(step) for step in path)


def with_value(
    edit: MetricEdit | None, metric: Metric, generation: Generation, value: JsonValue, now: datetime
) -> MetricEdit | None:
    """The edit with a new value, and the status that the value implies.

    A status that was chosen by hand is kept if it was chosen after the value changed; otherwise the implied status, if
    any, replaces it. Setting the original value removes the change of the value, and of an implied status.
    """
    base = _start_edit(edit, metric, generation, now)
    if same_value(value, base.seen.value):
        return _drop_empty(_without_value(base))
    implied = automatic_status(value)
    wanted = replace(base, value=NewValue(value))
    manual_status_holds = base.status_by_hand and (base.value is not None or implied is None)
    if not manual_status_holds:
        wanted = replace(wanted, status=None if implied == base.seen.status else implied, status_by_hand=False)
    return _drop_empty(wanted)


def with_version(
    edit: MetricEdit | None, metric: Metric, generation: Generation, content: JsonValue, now: datetime
) -> MetricEdit | None:
    """The edit with a new version of a curation; a version equal to the newest one removes the change.

    A curation implies no status: the present one stays, unless another is chosen.
    """
    base = _start_edit(edit, metric, generation, now)
    newest = newest_content(base.seen.value)
    return _drop_empty(replace(base, version=None if same_value(content, newest) else NewVersion(content)))


def with_status(
    edit: MetricEdit | None, metric: Metric, generation: Generation, status: Status, now: datetime
) -> MetricEdit | None:
    """The edit with a status chosen by hand.

    Choosing the original status removes the change, except if the value changed: then it is kept instead of the implied
    one.
    """
    base = _start_edit(edit, metric, generation, now)
    if base.value is None and status == base.seen.status:
        return _drop_empty(replace(base, status=None, status_by_hand=False))
    return _drop_empty(replace(base, status=status, status_by_hand=True))


def with_note(
    edit: MetricEdit | None, metric: Metric, generation: Generation, note: str, now: datetime
) -> MetricEdit | None:
    """The edit with a note; a note of only white space counts as none."""
    base = _start_edit(edit, metric, generation, now)
    return _drop_empty(replace(base, note=note.strip()))


def with_reason(
    edit: Edit | None,
    metric: Metric,
    generation: Generation,
    offered: Callable[[str], Sequence[str]],
    number: int,
    now: datetime,
) -> MetricEdit | None:
    """The edit of a Fail with the reason of this number, counted from 1, or without it where it had it.

    `offered` gives the reasons of a modality. None where the draft has no Fail; where no reason has that number, the
    edit as it was.
    """
    if not isinstance(edit, MetricEdit) or edit.status is not Status.FAIL:
        return None
    reasons = offered(metric.modality.abbreviation)
    if not 1 <= number <= len(reasons):
        return edit
    return with_note(edit, metric, generation, toggle_reason(edit.note, reasons[number - 1]), now)


def with_notes(
    edit: NotesEdit | None, path: JsonPath, anchor: str, seen: str | None, wanted: str | None, now: datetime
) -> NotesEdit | None:
    """The edit with a new text of the notes at `path`; only white space counts as no text.

    `seen` is used only for a new edit: an existing one keeps its own.
    """
    base = edit or NotesEdit(path=path, anchor=anchor, seen=seen, wanted=seen, edited_at=now)
    text = wanted if wanted and wanted.strip() else None
    if (text or "") == (base.seen or ""):
        return None
    return replace(base, wanted=text, edited_at=now if edit is None else later_time(edit.edited_at, now))


def describe_edit(edit: MetricEdit, was: JsonValue, versions: int = 0) -> list[str]:
    """What an edit changes, in words, the status first: `["Pending → Fail", "12.4 → 15.1", "note"]`.

    `was` is the metric's value without the edit, `versions` the number of versions of its curation.
    """
    parts = []
    if edit.status is not None:
        parts.append(f"{edit.seen.status or 'no status'} → {edit.status}")
    if edit.value is not None and not same_value(edit.value.value, was):
        parts.append(" → ".join(change_lines(was, edit.value.value)))
    if edit.version is not None:
        parts.append(f"version {versions + 1}")
    if edit.note:
        parts.append("note")
    return parts


def build_entry(edit: Edit | None, before: DraftEntry | None, now: datetime) -> DraftEntry:
    """The entry of the draft after an action: the edit, or for a removed edit a tombstone that is newer than it.

    What was sent of the edit earlier is kept, since it may have been written.
    """
    if edit is not None:
        return DraftEntry(edit, before.sent if before else ())
    return DraftEntry(Tombstone(now if before is None else later_time(before.edited_at, now)))


def later_time(earlier: datetime, now: datetime) -> datetime:
    """`now`, or a microsecond after `earlier` where the clock is behind: a later edit needs a later time."""
    return max(now, earlier + timedelta(microseconds=1))


def _start_edit(edit: MetricEdit | None, metric: Metric, generation: Generation, now: datetime) -> MetricEdit:
    if edit is not None:
        return replace(edit, edited_at=later_time(edit.edited_at, now))
    seen = observe_metric(metric, generation, now)
    return MetricEdit(path=metric.path, fingerprint=metric.fingerprint, seen=seen, edited_at=now)


def _without_value(edit: MetricEdit) -> MetricEdit:
    chosen = edit.status_by_hand and edit.status != edit.seen.status
    return replace(edit, value=None, status=edit.status if chosen else None, status_by_hand=chosen)


def _drop_empty(edit: MetricEdit) -> MetricEdit | None:
    return edit if edit.rates or edit.note else None
