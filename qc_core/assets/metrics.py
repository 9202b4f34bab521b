"""Metrics, and changes of metrics, over many assets: their rows, the queries for them, and the evaluation. Pure."""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from qc_core.assets.index import AssetSummary
from qc_core.assets.query import AssetQuery
from qc_core.quality_control.position import Position


class MetricRow(msgspec.Struct, frozen=True, gc=False):
    """A metric of an asset, small and quickly made, so that a hundred thousand are answered in one go.

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
        """What identifies the same metric in other assets: name, stage and tags."""
        return self.name, self.stage, tuple(sorted(self.tags))


class MetricChange(msgspec.Struct, frozen=True, gc=False):
    """One entry of a metric's status history: from `before` ("" for the first entry) to `status`."""

    metric: MetricRow
    before: str
    status: str
    evaluator: str
    time: datetime


CONDITION_OF_KEY = {"metric": "names", "tag": "tags", "stage": "stages", "modality": "modalities"}
"""The lists of values among a query's conditions on metrics, by their key in addresses and filters."""


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
        return all(check(metric) for check in self.build_checks())

    def build_checks(self) -> list[Callable[[MetricRow], bool]]:
        """One function for each condition on the metric that the query states: whether a metric meets it."""
        checks: list[Callable[[MetricRow], bool]] = []
        if self.statuses:
            checks.append(lambda metric: metric.status in self.statuses)
        if self.names:
            checks.append(lambda metric: metric.name in self.names)
        if self.stages:
            checks.append(lambda metric: metric.stage in self.stages)
        if self.modalities:
            checks.append(lambda metric: metric.modality in self.modalities)
        if self.tags:
            tags = frozenset(self.tags)
            checks.append(lambda metric: tags.issubset(metric.tags))
        if self.numeric:
            checks.append(lambda metric: metric.number is not None)
        words = self.text.casefold().split()
        if words:
            checks.append(lambda metric: _has_words(metric, words))
        return checks


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
        """Whether a change meets the conditions of time, person and status."""
        return (
            (self.since is None or change.time >= self.since)
            and (self.until is None or change.time < self.until)
            and (not self.evaluators or change.evaluator in self.evaluators)
            and (not self.metrics.statuses or change.status in self.metrics.statuses)
        )

    @property
    def of_any_status(self) -> MetricQuery:
        """The conditions on the metrics whose changes are asked for, whatever their status is now."""
        return replace(self.metrics, statuses=())


def acquisition_order(metric: MetricRow) -> tuple[float, str, str]:
    """The sort key by time of acquisition; metrics of assets without a time come first."""
    time = metric.asset.acquisition_time
    return (time.timestamp() if time is not None else -math.inf, metric.asset.name, metric.key)


def select_metrics(query: MetricQuery, metrics: Iterable[MetricRow]) -> Iterator[MetricRow]:
    """The metrics that match, in the order given; whether their assets match is not asked."""
    found = iter(metrics)
    for check in query.build_checks():
        found = filter(check, found)
    return found


def _has_words(metric: MetricRow, words: Iterable[str]) -> bool:
    searched = "\n".join((metric.name, *metric.tags)).casefold()
    return all(word in searched for word in words)
