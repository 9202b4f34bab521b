"""What was changed on a whole asset, and when: a row for each change, with the note that was submitted with it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from qc_core.quality_control.annotating.metric_notes import find_signed
from qc_core.quality_control.annotating.note_history import LoggedNote, NoteEvent, note_events
from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.status import StatusEntry


@dataclass(frozen=True, slots=True)
class AssetChange:
    """One change: a status entry with the notes that came with it, or a change of notes alone.

    `entry` is what was added to the history of the metric at position `index` (both None for notes), `was` the entry
    before it, None for the first. `at` is None, and `who` "", where neither was recorded.
    """

    at: datetime | None
    who: str
    index: int | None
    entry: StatusEntry | None
    was: StatusEntry | None
    notes: tuple[NoteEvent, ...] = ()


def list_changes(document: QualityControl, logged: Iterable[LoggedNote]) -> tuple[AssetChange, ...]:
    """All changes that are known, newest first; those without a time come last.

    A note on a metric is in the row of the entry that the same person made at the same time on a metric of that name,
    the first where several were; a note alone is a row of its own. A note that was not logged has a time to the minute.
    """
    positions: dict[str, list[int]] = {}
    for index, metric in enumerate(document.metrics):
        positions.setdefault(metric.name, []).append(index)
    notes: dict[tuple[int, int], list[NoteEvent]] = {}
    alone = []
    for event in note_events(document, logged):
        key = _find_entry(document.metrics, positions.get(event.whose, []), event)
        if key is None:
            alone.append(event)
        else:
            notes.setdefault(key, []).append(event)
    rows = [*_entries(document, notes), *(_note_alone(event, positions) for event in alone)]
    return tuple(sorted(rows, key=_newest_first))


def _find_entry(metrics: Sequence[Metric], positions: list[int], event: NoteEvent) -> tuple[int, int] | None:
    """The index of the metric, and of its entry, that a note came with."""
    if not event.on_metric or event.at is None:
        return None
    for index in positions:
        history = metrics[index].history
        entry = find_signed(history, event.who, event.at)
        is_exact = event.at.second or event.at.microsecond
        if entry is not None and (not is_exact or entry.timestamp == event.at):
            return index, next(number for number, one in enumerate(history) if one is entry)
    return None


def _entries(document: QualityControl, notes: dict[tuple[int, int], list[NoteEvent]]) -> Iterator[AssetChange]:
    for index, metric in enumerate(document.metrics):
        for number, entry in enumerate(metric.history):
            was = metric.history[number - 1] if number else None
            came = tuple(notes.get((index, number), ()))
            yield AssetChange(entry.timestamp, entry.evaluator.strip(), index, entry, was, came)


def _note_alone(event: NoteEvent, positions: dict[str, list[int]]) -> AssetChange:
    named = positions.get(event.whose, []) if event.on_metric else []
    index = named[0] if len(named) == 1 else None
    return AssetChange(event.at, event.who.strip(), index, None, None, (event,))


def _newest_first(change: AssetChange) -> tuple[bool, float]:
    return change.at is None, -change.at.timestamp() if change.at else 0.0
