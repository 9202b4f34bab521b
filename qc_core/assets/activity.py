"""Changes of metrics over many assets, grouped as people read them: by day, asset and person."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from qc_core.assets.index import AssetSummary
from qc_core.assets.metric_query_text import format_metric_query, parse_metric_query
from qc_core.assets.metrics import MetricChange, MetricQuery

VISIT = "visit"
"""As `ActivityQuery.since`: since the person's visit before the present one."""


@dataclass(frozen=True, slots=True)
class ActivityQuery:
    """Which changes are shown: of which metrics, by whom ("" for anybody), and since when.

    `since` is a number of days, `VISIT`, or "" for no limit.
    """

    metrics: MetricQuery = MetricQuery()  # noqa: RUF009  # it is frozen
    since: str = ""
    person: str = ""

    def start(self, now: datetime, last_visit: datetime | None) -> datetime | None:
        """The time from which on changes are shown, None for no limit."""
        if self.since == VISIT:
            return last_visit
        return now - timedelta(days=int(self.since)) if self.since else None


def format_activity_query(query: ActivityQuery) -> list[tuple[str, str]]:
    """The query as pairs for an address: those of `metric_query_text`, `since` and `person`."""
    own = [("since", query.since), ("person", query.person)]
    return format_metric_query(query.metrics) + [(key, value) for key, value in own if value]


def parse_activity_query(pairs: Iterable[tuple[str, str]]) -> ActivityQuery:
    """The query that an address states. Never raises: what is not understood counts as absent."""
    pairs = list(pairs)
    own = {key: value for key, value in pairs if key in ("since", "person")}
    since = own.get("since", "")
    is_days = since.isascii() and since.isdigit() and len(since) < 6
    metrics = parse_metric_query(pair for pair in pairs if pair[0] not in own)
    return ActivityQuery(metrics, since if is_days or since == VISIT else "", own.get("person", ""))


@dataclass(frozen=True, slots=True)
class PersonActivity:
    """What one person, or pipeline, changed in one asset on one day, newest first.

    `counts` has how often each status was given, such as `{"Pass": 12, "Fail": 1}`.
    """

    asset: AssetSummary
    evaluator: str
    changes: tuple[MetricChange, ...]
    counts: Mapping[str, int]

    @property
    def latest(self) -> datetime:
        """The time of the newest change."""
        return self.changes[0].time


@dataclass(frozen=True, slots=True)
class DayActivity:
    """The changes of one day in UTC: those of one asset follow one another, the asset changed last is first."""

    day: date
    rows: tuple[PersonActivity, ...]


def group_changes(changes: Iterable[MetricChange]) -> tuple[DayActivity, ...]:
    """Group changes (newest first) by day, asset and person; each level in the order of its newest change.

    The days are in UTC. Every change is in exactly one row.
    """
    days: dict[date, dict[str, dict[str, list[MetricChange]]]] = {}
    for change in changes:
        assets = days.setdefault(change.time.astimezone(UTC).date(), {})
        people = assets.setdefault(change.metric.asset.record_id, {})
        people.setdefault(change.evaluator, []).append(change)
    return tuple(
        DayActivity(day, tuple(_summarize(found) for people in assets.values() for found in people.values()))
        for day, assets in days.items()
    )


def _summarize(changes: list[MetricChange]) -> PersonActivity:
    first = changes[0]
    return PersonActivity(
        first.metric.asset, first.evaluator, tuple(changes), dict(Counter(change.status for change in changes))
    )
