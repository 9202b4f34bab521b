"""How a project's metrics were decided over time: the share that was Pending, and how long decisions took."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from qc_core.assets.index import AssetSummary
from qc_core.assets.metrics import MetricChange

_DECIDED = ("Pass", "Fail")
_EPOCH = date(1970, 1, 1)
_SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class PendingDay:
    """At the end of a day in UTC: how many metrics had any status, and how many of these were Pending."""

    day: date
    known: int
    pending: int

    @property
    def share(self) -> float:
        """The part that was Pending, from 0 to 1."""
        return self.pending / self.known


def count_pending_by_day(changes: Iterable[MetricChange], today: date) -> tuple[PendingDay, ...]:
    """The counts at the end of each day on which a status was written, and today; () where none ever was.

    Entries later than today are left out.
    """
    status: dict[tuple[str, str], str] = {}
    pending = 0
    counts: dict[int, tuple[int, int]] = {}
    end = datetime.combine(today, time.max, UTC)
    for change in sorted(changes, key=lambda change: change.time):
        if change.time > end:
            break
        key = (change.metric.asset.record_id, change.metric.key)
        pending += (change.status == "Pending") - (status.get(key) == "Pending")
        status[key] = change.status
        counts[int(change.time.timestamp() // _SECONDS_A_DAY)] = len(status), pending
    days = {_EPOCH + timedelta(days=number): found for number, found in counts.items()}
    if days:
        days[today] = len(status), pending
    return tuple(PendingDay(day, *found) for day, found in days.items())


@dataclass(frozen=True, slots=True)
class Decision:
    """The last decision on an asset's metrics: days from its acquisition, negative where the clocks disagree.

    `is_complete` states that none of its metrics is Pending any more.
    """

    asset: AssetSummary
    days: float
    is_complete: bool


def find_last_decisions(changes: Iterable[MetricChange], now: datetime) -> tuple[Decision, ...]:
    """One decision for each asset that has one, and a time of acquisition.

    A decision is a Pass or Fail that followed another status: the first status of a metric is the one it was made with,
    mostly by a pipeline. Entries later than `now` are left out.
    """
    last: dict[str, MetricChange] = {}
    for change in changes:
        if change.before and change.status in _DECIDED and change.time <= now:
            asset_id = change.metric.asset.record_id
            if asset_id not in last or change.time > last[asset_id].time:
                last[asset_id] = change
    return tuple(
        Decision(asset, (change.time - asset.acquisition_time) / timedelta(days=1), asset.pending == 0)
        for change in last.values()
        if (asset := change.metric.asset).acquisition_time is not None
    )


_BINS = (
    ("before it", 0.0),
    ("first day", 1.0),
    ("1 day", 2.0),
    ("2 days", 3.0),
    ("3–6 days", 7.0),
    ("1–2 weeks", 14.0),
    ("2–4 weeks", 28.0),
    ("1–3 months", 91.0),
    ("3–12 months", 365.0),
    ("over a year", float("inf")),
)
"""Name of each bin, and the number of days that it ends before."""
BIN_NAMES = tuple(name for name, _ in _BINS)


def count_by_delay(decisions: Iterable[Decision]) -> dict[str, int]:
    """How many assets are in each bin of days, in order; the bin "before it" is there only where it has any."""
    counts = dict.fromkeys(BIN_NAMES, 0)
    for decision in decisions:
        counts[next(name for name, end in _BINS if decision.days < end)] += 1
    if not counts["before it"]:
        del counts["before it"]
    return counts
