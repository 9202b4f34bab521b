"""One line for each asset: what it shows, how it is searched and sorted."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from operator import attrgetter

from qc_core.quality_control.status import Status


@dataclass(frozen=True, slots=True)
class AssetSummary:
    """One line of the list of assets.

    `status` is "Pass", "Fail", "Pending", or "" where there is none; `passed`, `failed`, `pending` and `metrics` are
    counts of metrics; `generation` is that of its quality control; `problem` is the fault of the record, or None.
    `sources` are the names of the assets that it was made from. `changed_at` is the time of the newest status entry of
    its metrics, `changed_by` the evaluator of that entry. `key_experimenters` are those that its quality control names
    as responsible for it, `experimenters` those who acquired it.
    """

    record_id: str
    name: str
    subject_id: str | None
    project: str | None
    modalities: tuple[str, ...]
    acquisition_time: datetime | None
    data_level: str | None
    status: str
    pending: int
    metrics: int
    generation: str
    problem: str | None
    passed: int = 0
    failed: int = 0
    location: str | None = None
    genotype: str | None = None
    platform: str | None = None
    instrument: str | None = None
    experimenters: tuple[str, ...] = ()
    key_experimenters: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    code_ocean_id: str | None = None
    processed_at: datetime | None = None
    changed_at: datetime | None = None
    changed_by: str | None = None

    @property
    def responsible(self) -> tuple[str, ...]:
        """Who is responsible for its quality control: the key experimenters, or where it names none, the others."""
        return self.key_experimenters or self.experimenters


class SortBy(StrEnum):
    """The columns that the list can be sorted by."""

    NAME = "name"
    SUBJECT = "subject"
    PROJECT = "project"
    MODALITIES = "modalities"
    ACQUISITION_TIME = "acquisition time"
    DATA_LEVEL = "data level"
    STATUS = "status"
    PENDING = "pending"
    METRICS = "metrics"
    PLATFORM = "platform"
    INSTRUMENT = "instrument"
    CHANGED_AT = "last change"


STATUS_ORDER = {"Fail": 0, "Pending": 1, "Pass": 2}
"""What needs a person first."""


def sort(summaries: Iterable[AssetSummary], by: SortBy, descending: bool) -> tuple[AssetSummary, ...]:
    """Sorted by a column; assets without a value are last in both directions, equal ones are sorted by name."""
    by_name = sorted(summaries, key=lambda summary: (summary.name.casefold(), summary.name, summary.record_id))
    if by is SortBy.NAME:
        return tuple(reversed(by_name) if descending else by_name)
    known = [summary for summary in by_name if _key(summary, by) is not None]
    missing = [summary for summary in by_name if _key(summary, by) is None]
    # reverse=True keeps equals in their order, so that names always run forward.
    return (*sorted(known, key=lambda summary: _key(summary, by) or (), reverse=descending), *missing)


def has_status(summary: AssetSummary, statuses: Collection[str]) -> bool:
    """Whether an asset has one of the statuses; "Pending" also where only one of its metrics is Pending."""
    return summary.status in statuses or (summary.pending > 0 and Status.PENDING in statuses)


def has_every_word(summary: AssetSummary, text: str) -> bool:
    """Whether every word of a text occurs in name, subject, project or modalities, whatever its case."""
    words = text.casefold().split()
    if not words:
        return True
    parts = (summary.name, summary.subject_id or "", summary.project or "", *summary.modalities)
    searched = "\n".join(parts).casefold()
    return all(word in searched for word in words)


def _key(summary: AssetSummary, by: SortBy) -> tuple[float | str, ...] | None:
    """What to compare, None if the summary has no value in this column."""
    match by:
        case SortBy.ACQUISITION_TIME:
            return (summary.acquisition_time.timestamp(),) if summary.acquisition_time else None
        case SortBy.CHANGED_AT:
            return (summary.changed_at.timestamp(),) if summary.changed_at else None
        case SortBy.STATUS:
            return (STATUS_ORDER.get(summary.status, len(STATUS_ORDER)),) if summary.status else None
        case SortBy.PENDING:
            return (summary.pending,)
        case SortBy.METRICS:
            return (summary.metrics,)
        case SortBy.MODALITIES:
            return _text(", ".join(summary.modalities))
        case _:
            return _text(_TEXTS[by](summary))


_TEXTS: dict[SortBy, Callable[[AssetSummary], str | None]] = {
    SortBy.NAME: attrgetter("name"),
    SortBy.SUBJECT: attrgetter("subject_id"),
    SortBy.PROJECT: attrgetter("project"),
    SortBy.DATA_LEVEL: attrgetter("data_level"),
    SortBy.PLATFORM: attrgetter("platform"),
    SortBy.INSTRUMENT: attrgetter("instrument"),
}


def _text(value: str | None) -> tuple[str, ...] | None:
    return (value.casefold(), value) if value else None
