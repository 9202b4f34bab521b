"""Changes by day, asset and person; and their query in an address."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlencode

from hypothesis import given
from hypothesis import strategies as st

from qc_core.assets.activity import ActivityQuery, format_activity_query, group_changes, parse_activity_query
from qc_core.assets.metrics import MetricChange, MetricQuery
from tests.qc_core.assets.test_queue import row

NOW = datetime(2026, 11, 28, 0, 30, tzinfo=UTC)


def change(asset: str, who: str, status: str, hours: float, name: str = "Drift") -> MetricChange:
    return MetricChange(row(asset, name), "Pending", status, who, NOW - timedelta(hours=hours))


def test_changes_are_grouped_by_day_asset_and_person() -> None:
    changes = [
        change("x", "Ada", "Pass", 0, "Drift"),
        change("y", "Ada", "Pass", 0.1),
        change("x", "Ada", "Fail", 0.2, "Noise"),
        change("x", "Grace", "Pass", 0.3),
        change("x", "Ada", "Pass", 2),
    ]
    today, yesterday = group_changes(changes)
    assert [(one.asset.name, one.evaluator, one.counts) for one in today.rows] == [
        ("x", "Ada", {"Pass": 1, "Fail": 1}),
        ("x", "Grace", {"Pass": 1}),
        ("y", "Ada", {"Pass": 1}),
    ]
    assert today.rows[0].latest == NOW
    assert (today.day - yesterday.day).days == 1
    assert [one.counts for one in yesterday.rows] == [{"Pass": 1}]


CHANGES = st.lists(
    st.builds(change, st.sampled_from("xy"), st.sampled_from("ab"), st.sampled_from(["Pass", "Fail"]), st.floats(0, 99))
)


@given(CHANGES)
def test_every_change_is_in_one_row_of_its_own_day(changes: list[MetricChange]) -> None:
    changes.sort(key=lambda one: one.time, reverse=True)
    days = group_changes(changes)
    rows = [(day, person) for day in days for person in day.rows]
    assert sum(len(person.changes) for _, person in rows) == len(changes)
    assert all(one.time.date() == day.day for day, person in rows for one in person.changes)
    assert [day.day for day in days] == sorted({one.time.date() for one in changes}, reverse=True)
    assert all(sum(person.counts.values()) == len(person.changes) for _, person in rows)


@given(st.sampled_from(["", "visit", "7", "30"]), st.text(max_size=5), st.text(min_size=1, max_size=5))
def test_a_query_survives_its_address(since: str, person: str, stage: str) -> None:
    query = ActivityQuery(MetricQuery(stages=(stage,)), since, person)
    assert parse_activity_query(parse_qsl(urlencode(format_activity_query(query)))) == query


@given(st.text())
def test_a_time_that_is_not_understood_counts_as_absent(since: str) -> None:
    query = parse_activity_query([("since", since)])
    assert query.start(NOW, None) is None or int(since) >= 0


def test_since_the_last_visit_starts_there() -> None:
    visit = NOW - timedelta(days=2)
    assert ActivityQuery(since="visit").start(NOW, visit) == visit
    assert ActivityQuery(since="visit").start(NOW, None) is None
    assert ActivityQuery(since="7").start(NOW, visit) == NOW - timedelta(days=7)
