"""Build the edits that revert a submission, as an ordinary draft: entries of a history are never removed."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from qc_core.json_document.value import JsonPath, same_value
from qc_core.quality_control.annotating.changes import Change, Edit, MetricEdit, NotesChange, NotesEdit
from qc_core.quality_control.annotating.editing import with_notes, with_status, with_value, with_version
from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.status import Generation, Status, latest


def build_reverting_edits(
    document: QualityControl, metrics: Mapping[str, Metric], landed: Iterable[Change | NotesChange], now: datetime
) -> dict[str, Edit]:
    """The edits, by the draft's keys, that set what was submitted back to what it was before.

    `document` is the record as it is now, `metrics` its metrics by the draft's keys. Left out is what was changed
    since, a metric that is gone or read-only, the first version of a curation, and the line of a note on a metric. A
    status where there was none goes back to Pending: no entry can be taken away.
    """
    found: dict[str, Edit] = {}
    for change in landed:
        edit: Edit | None
        if isinstance(change, NotesChange):
            edit = _revert_notes(document, change, now)
        else:
            metric = metrics.get(change.key)
            edit = _revert_metric(metric, document.generation or Generation.V2, change, now) if metric else None
        if edit is not None:
            found[change.key] = edit
    return found


def _revert_metric(metric: Metric, generation: Generation, change: Change, now: datetime) -> MetricEdit | None:
    if metric.read_only is not None or not change.edit.rates or not _is_as_written(metric, generation, change, now):
        return None
    edit = None
    if change.edit.version is not None:
        before = change.metric.curation.newest if change.metric.curation else None
        if before is None:
            return None
        edit = with_version(None, metric, generation, before.content, now)
    elif change.edit.value is not None:
        edit = with_value(None, metric, generation, change.was_value, now)
    return with_status(edit, metric, generation, change.was_status or Status.PENDING, now)


def _is_as_written(metric: Metric, generation: Generation, change: Change, now: datetime) -> bool:
    entry = latest(metric.history, generation, now)
    if entry is None or entry.status is not change.will_status:
        return False
    if change.edit.version is not None:
        newest = metric.curation.newest if metric.curation else None
        return newest is not None and same_value(newest.content, change.edit.version.content)
    return same_value(metric.value, change.will_value)


def _revert_notes(document: QualityControl, change: NotesChange, now: datetime) -> NotesEdit | None:
    """Back to the text before; lines of notes on metrics that were written with it stay below."""
    texts: dict[JsonPath, str | None] = {("notes",): document.notes}
    texts |= {(*one.path, "notes"): one.notes for one in document.evaluations}
    is_now, was, will = texts.get(tuple(change.path)) or "", change.was or "", change.will or ""
    if not is_now.startswith(will):
        return None
    added = is_now.removeprefix(will).lstrip("\n")
    wanted = "\n".join(filter(None, (was, added)))
    return with_notes(None, change.path, change.edit.anchor, is_now or None, wanted or None, now)
