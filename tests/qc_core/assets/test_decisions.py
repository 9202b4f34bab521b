"""The share that was Pending by day, and how long the last decisions took."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from msgspec import structs

from qc_core.assets.decisions import (
    BIN_NAMES,
    Decision,
    PendingDay,
    count_by_delay,
    count_pending_by_day,
    find_last_decisions,
)
from qc_core.assets.metrics import MetricChange
from tests.qc_core.assets.building import ASSET, NOON, row, summary

TODAY = date(2025, 1, 25)
LATE = datetime(2025, 1, 30, tzinfo=UTC)


def change(
    status: str, days: float = 0, before: str = "", key: str = "metrics/0", asset: str = "session"
) -> MetricChange:
    metric = row(key=key, asset=replace(ASSET, record_id=asset, name=asset), status=status)
    return MetricChange(metric, before, status, "Ada", NOON + timedelta(days=days))


def test_pending_share_follows_each_change() -> None:
    changes = [
        change("Pending"),
        change("Pass", 0.1, key="metrics/1"),
        change("Fail", 2, "Pending"),
        change("Pending", 3, key="metrics/0", asset="other"),
    ]
    days = count_pending_by_day(reversed(changes), TODAY)
    assert days == (
        PendingDay(date(2025, 1, 20), 2, 1),
        PendingDay(date(2025, 1, 22), 2, 0),
        PendingDay(date(2025, 1, 23), 3, 1),
        PendingDay(TODAY, 3, 1),
    )
    assert [round(day.share, 2) for day in days] == [0.5, 0, 0.33, 0.33]


def test_metric_set_back_to_pending_counts_again() -> None:
    days = count_pending_by_day(
        [change("Pending"), change("Pass", 1), change("Pending", 2), change("Pending", 2.1)], TODAY
    )
    assert [(day.known, day.pending) for day in days] == [(1, 1), (1, 0), (1, 1), (1, 1)]


def test_changes_in_the_future_are_left_out() -> None:
    assert count_pending_by_day([change("Pending", 30)], TODAY) == ()
    assert count_pending_by_day([], TODAY) == ()
    assert find_last_decisions([change("Pass", 30, "Pending")], LATE) == ()


def test_days_are_days_in_utc() -> None:
    late = structs.replace(change("Pending"), time=datetime(2025, 1, 20, 20, tzinfo=timezone(-timedelta(hours=8))))
    assert count_pending_by_day([late], TODAY)[0].day == date(2025, 1, 21)


def test_last_decision_is_the_newest_that_followed_another_status() -> None:
    changes = [
        change("Pass", 8, key="metrics/1"),
        change("Fail", 4.5, "Pass"),
        change("Pass", 1, "Pending"),
        change("Pending", 6, "Fail"),
    ]
    [decision] = find_last_decisions(changes, LATE)
    assert (decision.days, decision.is_complete) == (4.5, True)
    pending = summary("pending", acquisition_time=NOON, pending=1)
    moved = [structs.replace(one, metric=structs.replace(one.metric, asset=pending)) for one in changes]
    assert not find_last_decisions(moved, LATE)[0].is_complete


def test_asset_without_a_time_or_a_decision_has_none() -> None:
    timeless = change("Pass", 1, "Pending")
    timeless = structs.replace(timeless, metric=structs.replace(timeless.metric, asset=summary("timeless")))
    assert find_last_decisions([timeless, change("Pass", 2)], LATE) == ()
    assert find_last_decisions([], LATE) == ()


@pytest.mark.parametrize(
    ("days", "name"),
    [
        (-1, "before it"),
        (0, "first day"),
        (0.99, "first day"),
        (1, "1 day"),
        (6.9, "3–6 days"),
        (7, "1–2 weeks"),
        (364, "3–12 months"),
        (10_000, "over a year"),
    ],
)
def test_delays_are_counted_in_bins(days: float, name: str) -> None:
    counts = count_by_delay([Decision(ASSET, days, True)])
    assert {bin_name: number for bin_name, number in counts.items() if number} == {name: 1}
    assert list(counts) == [bin_name for bin_name in BIN_NAMES if bin_name != "before it" or days < 0]
