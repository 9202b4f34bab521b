"""The submitted notes on one metric, each with the status that it came with.

The formats keep such notes as lines of the notes of the record or evaluation, which name the metric by its name only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from qc_core.quality_control.annotating.note_lines import NoteLine, mentions, notes_path, read_line
from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.status import StatusEntry


@dataclass(frozen=True, slots=True)
class MetricNote:
    """A note on a metric, and the status entry that it came with: the one that was the newest then, None for none.

    `shared_with` is how many other metrics of the same name it may be about: the line does not distinguish them.
    """

    line: NoteLine
    entry: StatusEntry | None
    shared_with: int = 0


def find_notes(document: QualityControl, metric: Metric) -> tuple[MetricNote, ...]:
    """The notes on a metric, in the order of their lines."""
    text = _notes(document, metric) or ""
    lines = [line for line in text.split("\n") if mentions(line, metric.name)]
    if not lines:
        return ()
    names = {each.name for each in document.metrics}
    alike = [
        each
        for each in document.metrics
        if each.name == metric.name and notes_path(each.path) == notes_path(metric.path)
    ]
    found = []
    for line in lines:
        note = read_line(line, names)
        if note is None or note.metric_name != metric.name:
            continue
        signed = [each for each in alike if find_signed(each.history, note.person, note.at)]
        meant = signed or alike
        if metric in meant:
            entry = find_signed(metric.history, note.person, note.at) or _newest_before(metric.history, note.at)
            found.append(MetricNote(note, entry, len(meant) - 1))
    return tuple(found)


def find_signed(history: Sequence[StatusEntry], person: str, at: datetime) -> StatusEntry | None:
    """The entry of that person in that minute, the last where there are several: lines of notes have no seconds."""
    minute = _minute(at)
    return next(
        (
            entry
            for entry in reversed(history)
            if entry.timestamp and _minute(entry.timestamp) == minute and entry.evaluator.strip() == person.strip()
        ),
        None,
    )


def _newest_before(history: Sequence[StatusEntry], at: datetime) -> StatusEntry | None:
    before = [entry for entry in history if entry.timestamp and _minute(entry.timestamp) <= _minute(at)]
    return max(before, key=lambda entry: entry.timestamp or at, default=None)


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _notes(document: QualityControl, metric: Metric) -> str | None:
    return document.notes if metric.evaluation is None else document.evaluations[metric.evaluation].notes
