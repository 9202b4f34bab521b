"""The history of a whole asset: all status entries of all metrics, in order of time."""

from collections.abc import Iterator
from dataclasses import dataclass

from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.status import StatusEntry


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One status entry: its metric, and its position in the history (0 is the first)."""

    metric: Metric
    entry: StatusEntry
    position: int


def timeline(document: QualityControl) -> tuple[TimelineEntry, ...]:
    """All entries, newest first; those without a time come last."""
    return tuple(sorted(_events(document), key=_newest_first))


def _events(document: QualityControl) -> Iterator[TimelineEntry]:
    for metric in document.metrics:
        for position, entry in enumerate(metric.history):
            yield TimelineEntry(metric, entry, position)


def _newest_first(event: TimelineEntry) -> tuple[bool, float, int]:
    time = event.entry.timestamp
    return time is None, -time.timestamp() if time else 0.0, -event.position
