"""One row for each metric of many assets, and for each change of one: what is asked for, evaluated purely."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from qc_core.assets.index import AssetSummary
from qc_core.assets.query import AssetQuery
from qc_core.quality_control.position import Position


@dataclass(frozen=True, slots=True)
class MetricRow:
    """A metric of an asset, small enough that thousands are kept.

    `key` is its key in the quality_control (`metrics/3`), `position` opens it in a review of its asset. `tags` are
    texts, `probe:A` or a bare tag. `status` is as it counts: "Pass" for an allowed failure, "" where there is none.
    `number` is its value, or the one that its rule is about, where that is a finite number and no boolean.
    `changed_at` and `evaluator` are those of its latest status entry.
    """

    asset: AssetSummary
    key: str
    position: Position
    name: str
    stage: str
    modality: str
    tags: tuple[str, ...]
    status: str
    number: float | None
    reference: str | None
    changed_at: datetime | None
    evaluator: str | None

    @property
    def same_metric(self) -> tuple[str, str, tuple[str, ...]]:
        """What is equal for the same metric of another asset: name, stage and tags."""
        return self.name, self.stage, tuple(sorted(self.tags))


@dataclass(frozen=True, slots=True)
class MetricChange:
    """One entry of a metric's status history: from `before` ("" for the first entry) to `status`."""

    metric: MetricRow
    before: str
    status: str
    evaluator: str
    time: datetime


@dataclass(frozen=True, slots=True)
class MetricQuery:
    """Conditions that a metric must meet, all of them; one that is left out holds for any metric.

    `assets` are the conditions that its asset must meet; their order and page count, too. Of a tuple, one value must be
    equal; of `tags`, each must be one of the metric's. `text` is words, each of which occurs in the metric's name or
    tags, whatever its case.

    >>> MetricQuery(AssetQuery(projects=("Ephys",)), statuses=("Pending",), stages=("Raw data",))
    """

    assets: AssetQuery = AssetQuery()  # noqa: RUF009  # it is frozen
    text: str = ""
    names: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    numeric: bool = False

    def matches(self, metric: MetricRow) -> bool:
        """Whether a metric meets all conditions but those of its asset."""
        words = self.text.casefold().split()
        searched = "\n".join((metric.name, *metric.tags)).casefold() if words else ""
        return (
            _is_one_of(metric.name, self.names)
            and _is_one_of(metric.stage, self.stages)
            and _is_one_of(metric.modality, self.modalities)
            and _is_one_of(metric.status, self.statuses)
            and set(self.tags) <= set(metric.tags)
            and (not self.numeric or metric.number is not None)
            and all(word in searched for word in words)
        )


@dataclass(frozen=True, slots=True)
class ChangeQuery:
    """Which changes of metrics are asked for: of which metrics, from `since` on, before `until`, by whom.

    The status that `metrics` asks for is that of the change, not that of the metric now.
    """

    metrics: MetricQuery = MetricQuery()
    since: datetime | None = None
    until: datetime | None = None
    evaluators: tuple[str, ...] = ()
    limit: int | None = None

    def matches(self, change: MetricChange) -> bool:
        """Whether a change meets the conditions of time and person."""
        return (
            (self.since is None or change.time >= self.since)
            and (self.until is None or change.time < self.until)
            and _is_one_of(change.evaluator, self.evaluators)
        )


def select_metrics(query: MetricQuery, metrics: Iterable[MetricRow]) -> Iterator[MetricRow]:
    """The metrics that match, in the order given; whether their assets match is not asked."""
    return (metric for metric in metrics if query.matches(metric))


def _is_one_of(value: str, wanted: tuple[str, ...]) -> bool:
    return not wanted or value in wanted
