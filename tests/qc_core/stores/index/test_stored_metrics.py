"""The metrics that an index of a database keeps: read once, behind the page where there are many, and never stale."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from qc_core.assets.metrics import ChangeQuery, MetricQuery
from qc_core.assets.query import AssetQuery
from qc_core.errors import StoreUnavailable
from qc_core.stores.docdb.gateway import Gateway
from qc_core.stores.docdb.lines import DocDbLines
from qc_core.stores.index.metrics import StoredMetrics
from qc_core.stores.index.pace import Pace
from qc_core.stores.summary import metric_changes, metric_rows
from tests.fakes.gateway import FakeGateway
from tests.fakes.gateway_requests import Fault
from tests.qc_core.stores.building import NOW, docdb_index, docdb_store, document
from tests.waiting import ask_until, wait_until

QUERY = MetricQuery(AssetQuery(subjects=("42",)))


@pytest.fixture
def gateway(fake_gateway: FakeGateway) -> FakeGateway:
    for number in range(20):
        put(fake_gateway, number)
    return fake_gateway


def put(gateway: FakeGateway, number: int, *statuses: str, **more: Any) -> None:
    record = {"_id": f"record-{number:04}", "name": f"mouse_{number}", "subject": {"subject_id": "42"}}
    gateway.put(record | {"quality_control": document(*(statuses or ("Pass", "Pending")), **more)})


def metrics_of(client: Gateway, folder: Path, **more: Any) -> StoredMetrics:
    index = docdb_index(client, lambda: NOW, folder)
    usual: dict[str, Any] = {"make_pace": lambda: Pace(size=3, largest=3, pause=lambda _: None)}
    return StoredMetrics(index.path, index, DocDbLines(client, lambda: NOW), **(usual | more))


class Failing:
    """The metrics of a database that fails while `fails`; `asked` are the times at which it was."""

    def __init__(self, real: DocDbLines, now: list[float]) -> None:
        self._real, self._now = real, now
        self.fails, self.asked = True, list[float]()

    def read_metrics(self, keys: Sequence[str]) -> Any:
        self.asked.append(self._now[0])
        if self.fails:
            raise StoreUnavailable("The database does not answer.", "Try again.")
        return self._real.read_metrics(keys)


def count_metric_reads(gateway: FakeGateway) -> int:
    return sum("quality_control.metrics.value" in one.body["projection"] for one in gateway.operations("find"))


def test_many_metrics_are_read_behind_the_page_with_progress(
    gateway: FakeGateway, client_of: Callable[[], Gateway], tmp_path: Path
) -> None:
    metrics = metrics_of(client_of(), tmp_path, few=5)
    page = metrics.find_metrics(QUERY)
    assert (page.assets, page.reading) == (20, True)
    assert page.assets_read < 20 and page.records.total == 20
    page = ask_until(lambda: metrics.find_metrics(QUERY), lambda page: not page.reading)
    assert (page.assets_read, len(page.rows), page.records) == (20, 40, None)


def test_metrics_are_read_once_and_kept_over_a_restart(
    gateway: FakeGateway, client_of: Callable[[], Gateway], tmp_path: Path
) -> None:
    first = metrics_of(client_of(), tmp_path).find_metrics(QUERY)
    gateway.asked.clear()
    again = metrics_of(client_of(), tmp_path).find_metrics(QUERY)
    assert again.rows == first.rows and len(first.rows) == 40
    assert count_metric_reads(gateway) == 0


def test_a_changed_record_is_read_again_and_no_other(
    gateway: FakeGateway, client_of: Callable[[], Gateway], tmp_path: Path
) -> None:
    metrics = metrics_of(client_of(), tmp_path)
    metrics.find_metrics(QUERY)
    put(gateway, 3, "Fail", "Fail", "Fail")
    gateway.asked.clear()
    page = metrics.find_metrics(QUERY)
    assert sum(row.status == "Fail" for row in page.rows) == 3
    asked = [one.body["filter"] for one in gateway.operations("find") if "$in" in str(one.body["filter"])]
    assert all("record-0003" in str(one) and "record-0004" not in str(one) for one in asked)


def test_kept_metrics_are_those_of_the_record(
    gateway: FakeGateway, client_of: Callable[[], Gateway], tmp_path: Path
) -> None:
    put(gateway, 5, "Fail", "Pending", "Pass", reference="figures/\ud800.png")
    client = client_of()
    metrics, store = metrics_of(client, tmp_path), docdb_store(client, lambda: NOW)
    stored = store.get_fresh("record-0005")
    query = MetricQuery(AssetQuery(ids=("record-0005",)))
    rows = metrics.find_metrics(query).rows
    expected = metric_rows(stored, NOW)
    assert [(row.key, row.position, row.status, row.number, row.tags, row.changed_at) for row in rows] == [
        (row.key, row.position, row.status, row.number, row.tags, row.changed_at) for row in expected
    ]
    assert rows[0].reference == expected[0].reference
    changes = metrics.find_changes(ChangeQuery(query)).changes
    written = metric_changes(stored, expected)
    assert sorted(change.status for change in changes) == sorted(change.status for change in written)
    assert {change.metric.asset.changed_by for change in changes} == {"Ada"}


def test_no_value_of_a_description_or_note_is_asked_for(
    gateway: FakeGateway, client_of: Callable[[], Gateway], tmp_path: Path
) -> None:
    metrics_of(client_of(), tmp_path).find_metrics(QUERY)
    asked = [key for one in gateway.operations("find") for key in one.body["projection"]]
    assert asked and not any(key.endswith((".description", ".notes")) or key == "quality_control" for key in asked)


def test_a_database_that_fails_is_reported_and_what_is_known_is_given(
    gateway: FakeGateway, client_of: Callable[[], Gateway], tmp_path: Path
) -> None:
    metrics = metrics_of(client_of(), tmp_path, few=0)
    gateway.next(*[Fault()] * 8, on="find")
    metrics.find_metrics(QUERY)
    gateway.always(Fault(status=404), on="find")
    wait_until(lambda: not metrics.find_metrics(QUERY).reading)  # the failure is reported
    gateway.heal()
    page = ask_until(lambda: metrics.find_metrics(QUERY), lambda page: page.assets_read == 20 and not page.reading)
    assert (page.assets_read, page.error) == (20, None)


def test_more_assets_than_an_answer_is_made_of_are_announced(
    gateway: FakeGateway, client_of: Callable[[], Gateway], tmp_path: Path
) -> None:
    page = metrics_of(client_of(), tmp_path, most=7).find_metrics(QUERY)
    assert (page.limited_to, page.assets, page.assets_read) == (7, 20, 7)


def test_a_record_too_large_to_be_sent_has_no_metrics_here(
    gateway: FakeGateway, client_of: Callable[[], Gateway], tmp_path: Path
) -> None:
    put(gateway, 2, *["Pending"] * 900)
    gateway.largest_answer = 60_000
    page = metrics_of(client_of(), tmp_path).find_metrics(QUERY)
    assert (page.assets_read, len(page.rows)) == (20, 38)


def test_changes_over_many_assets_are_found_by_time(
    gateway: FakeGateway, client_of: Callable[[], Gateway], tmp_path: Path
) -> None:
    metrics = metrics_of(client_of(), tmp_path)
    assert metrics.find_changes(ChangeQuery(QUERY)).total == 40
    assert metrics.find_changes(ChangeQuery(QUERY, since=datetime(2025, 1, 2, tzinfo=UTC))).total == 0
    assert len(metrics.find_changes(ChangeQuery(QUERY, limit=7)).changes) == 7


def test_a_database_that_fails_is_left_alone_for_longer_and_longer(
    gateway: FakeGateway, client_of: Callable[[], Gateway], tmp_path: Path
) -> None:
    client, now = client_of(), [0.0]
    index, source = docdb_index(client, lambda: NOW, tmp_path), Failing(DocDbLines(client, lambda: NOW), now)
    metrics = StoredMetrics(index.path, index, source, monotonic=lambda: now[0])
    source.fails = False
    metrics.find_metrics(MetricQuery(AssetQuery(ids=("record-0001",))))
    source.fails, source.asked = True, []
    for now[0] in (0.0, 0.5, 0.9, 1.1, 2.0, 3.0, 3.2, 7.0):
        page = metrics.find_metrics(QUERY)
        assert page.assets_read == 1 and page.error is not None, "what is known is given, with the reason"
        assert not page.reading
    assert source.asked == [0.0, 1.1, 3.2]
    with pytest.raises(StoreUnavailable, match="does not answer"):
        metrics.find_metrics(MetricQuery(AssetQuery(ids=("record-0002",))))
    source.fails, now[0] = False, 8.0
    page = metrics.find_metrics(QUERY)
    assert (page.assets_read, page.error) == (20, None)
