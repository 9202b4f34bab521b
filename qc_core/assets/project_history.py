"""The history of a project: its assets by subject, and its metrics by modality, stage and status."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from qc_core.assets.index import AssetSummary
from qc_core.assets.metrics import MetricRow

STATUS_ORDER = ("Fail", "Pending", "Pass", "")
"""What needs a person first; "" for no status."""
NO_SUBJECT = "no subject"


@dataclass(frozen=True, slots=True)
class SubjectMark:
    """An asset in the row of its subject, at the time of its acquisition."""

    asset: AssetSummary
    subject: str
    time: datetime


def build_subject_marks(assets: Iterable[AssetSummary]) -> tuple[SubjectMark, ...]:
    """A mark for each asset that has a time; those without a subject share a row."""
    return tuple(
        SubjectMark(asset, asset.subject_id or NO_SUBJECT, asset.acquisition_time)
        for asset in assets
        if asset.acquisition_time is not None
    )


def list_subjects(marks: Iterable[SubjectMark]) -> tuple[str, ...]:
    """The subjects, the one with the newest asset first."""
    newest: dict[str, datetime] = {}
    for mark in marks:
        newest[mark.subject] = max(mark.time, newest.get(mark.subject, mark.time))
    return tuple(sorted(sorted(newest), key=lambda subject: newest[subject], reverse=True))


@dataclass(frozen=True, slots=True)
class MatrixCounts:
    """How many metrics of a modality and a stage have each status; `counts` is in the order of STATUS_ORDER."""

    modality: str
    stage: str
    counts: tuple[int, int, int, int]

    @property
    def total(self) -> int:
        """All metrics of this modality and stage."""
        return sum(self.counts)


def count_by_modality_and_stage(metrics: Iterable[MetricRow]) -> tuple[MatrixCounts, ...]:
    """Counts by modality, then stage; an allowed failure counts as Pass, as it does in the status of its asset."""
    counted: dict[tuple[str, str], Counter[str]] = {}
    of_each = Counter((metric.modality, metric.stage, metric.status) for metric in metrics)
    for (modality, stage, status), number in of_each.items():
        known = status if status in STATUS_ORDER else ""
        counted.setdefault((modality, stage), Counter())[known] += number
    return tuple(
        MatrixCounts(modality, stage, (found["Fail"], found["Pending"], found["Pass"], found[""]))
        for (modality, stage), found in sorted(counted.items(), key=lambda item: _stage_order(*item[0]))
    )


_STAGES = ("Raw data", "Processing", "Analysis", "Multi-asset")
"""The stages of aind-data-schema in the order in which data pass through them."""


def _stage_order(modality: str, stage: str) -> tuple[str, str, int, str]:
    return modality.casefold(), modality, _STAGES.index(stage) if stage in _STAGES else len(_STAGES), stage


@dataclass(frozen=True, slots=True, order=True)
class MetricKind:
    """A metric of many assets: its name, stage and sorted tags, as in `MetricRow.same_metric`."""

    name: str
    stage: str
    tags: tuple[str, ...]


def count_numeric_kinds(metrics: Iterable[MetricRow]) -> dict[MetricKind, int]:
    """The metrics that have a number anywhere, by name, with how many numbers there are of each."""
    counted: Counter[MetricKind] = Counter()
    of_each = Counter((metric.name, metric.stage, metric.tags) for metric in metrics if metric.number is not None)
    for (name, stage, tags), number in of_each.items():
        counted[MetricKind(name, stage, tuple(sorted(tags)))] += number
    return dict(sorted(counted.items(), key=lambda item: (item[0].name.casefold(), item[0])))


@dataclass(frozen=True, slots=True)
class ValuePoint:
    """A number of a metric at the time at which its asset was acquired."""

    metric: MetricRow
    number: float
    time: datetime


def select_values(metrics: Iterable[MetricRow], kind: MetricKind) -> tuple[ValuePoint, ...]:
    """The numbers of one metric over all assets that have a time, oldest first."""
    wanted = (kind.name, kind.stage, kind.tags)
    points = [
        ValuePoint(metric, metric.number, metric.asset.acquisition_time)
        for metric in metrics
        if metric.name == kind.name
        and metric.same_metric == wanted
        and metric.number is not None
        and metric.asset.acquisition_time is not None
    ]
    return tuple(sorted(points, key=lambda point: (point.time, point.metric.asset.name, point.metric.key)))


@dataclass(frozen=True, slots=True)
class Brush:
    """A rectangle over values: times in milliseconds since 1970, and numbers; both ends belong to it."""

    times: tuple[float, float]
    numbers: tuple[float, float]

    def select(self, points: Sequence[ValuePoint]) -> tuple[ValuePoint, ...]:
        """The points inside."""
        return tuple(
            point
            for point in points
            if self.times[0] <= point.time.timestamp() * 1000 <= self.times[1]
            and self.numbers[0] <= point.number <= self.numbers[1]
        )


def parse_brush(selection: object) -> Brush | None:
    """The rectangle that the browser sent, `{"time": [1.7e12, 1.8e12], "number": [0, 2]}`; None for anything else."""
    if not isinstance(selection, dict):
        return None
    times, numbers = _read_interval(selection.get("time")), _read_interval(selection.get("number"))
    return Brush(times, numbers) if times and numbers else None


def _read_interval(value: object) -> tuple[float, float] | None:
    if not isinstance(value, list | tuple) or len(value) != 2:
        return None
    ends = [float(end) for end in value if isinstance(end, int | float) and not isinstance(end, bool)]
    return (min(ends), max(ends)) if len(ends) == 2 else None
