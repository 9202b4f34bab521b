"""What every metric index promises, over a folder and over a database."""

from datetime import UTC, datetime
from typing import Any

import pytest

from qc_core.assets.metrics import ChangeQuery, MetricQuery
from qc_core.assets.query import AssetQuery
from qc_core.quality_control.position import Position
from qc_core.stores.ports import MetricIndex
from tests.qc_core.stores.building import document
from tests.qc_core.stores.test_contract import STORES

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.fixture(params=list(STORES.values()), ids=list(STORES))
def under_test(request: pytest.FixtureRequest) -> Any:
    return request.param(request)


def index_of(under_test: Any) -> MetricIndex:
    index: MetricIndex = under_test.metrics(lambda: NOW)
    return index


def test_an_empty_index_has_no_metrics(under_test: Any) -> None:
    found = index_of(under_test).find_metrics(MetricQuery())
    assert (found.rows, found.assets, found.assets_read) == ((), 0, 0)


def test_metrics_are_found_by_status_over_all_assets(under_test: Any) -> None:
    for name in ("one", "two"):
        under_test.add(name, document("Pass", "Pending"))
    found = index_of(under_test).find_metrics(MetricQuery(statuses=("Pending",)))
    assert sorted(row.asset.name for row in found.rows) == ["one", "two"]
    assert {row.status for row in found.rows} == {"Pending"}
    assert {row.key.rpartition("/")[2] for row in found.rows} == {"1"}
    assert (found.assets, found.assets_read) == (2, 2)


def test_only_metrics_of_the_assets_asked_for_are_given(under_test: Any) -> None:
    ids = [under_test.add(name, document("Pending")) for name in ("one", "two")]
    found = index_of(under_test).find_metrics(MetricQuery(AssetQuery(ids=(ids[1],))))
    assert [row.asset.record_id for row in found.rows] == [ids[1]]


def test_assets_are_read_page_by_page(under_test: Any) -> None:
    for name in ("one", "two", "three"):
        under_test.add(name, document("Pass"))
    index = index_of(under_test)
    pages = [index.find_metrics(MetricQuery(AssetQuery(limit=2, page=page))) for page in (1, 2)]
    assert [(page.assets, page.assets_read) for page in pages] == [(3, 2), (3, 1)]
    assert sorted(row.asset.name for page in pages for row in page.rows) == ["one", "three", "two"]


def test_the_number_of_a_rule_based_value_is_found(under_test: Any) -> None:
    written = document("Pass")
    written["metrics"][0]["value"] = {"value": 12.5, "rule": "value < 20"}
    under_test.add("one", written)
    (row,) = index_of(under_test).find_metrics(MetricQuery(numeric=True)).rows
    assert row.number == 12.5


def test_a_metric_row_opens_its_metric_in_a_review(under_test: Any) -> None:
    under_test.add("one", document("Pass"))
    (row,) = index_of(under_test).find_metrics(MetricQuery()).rows
    assert row.position == Position("", row.name)


def test_changes_are_given_newest_first_each_with_the_status_before(under_test: Any) -> None:
    under_test.add("one", document("Pass", "Fail"))
    found = index_of(under_test).find_changes(ChangeQuery())
    assert found.total == len(found.changes) >= 2
    assert list(found.changes) == sorted(found.changes, key=lambda change: change.time, reverse=True)
    assert {change.status for change in found.changes} == {"Pass", "Fail"}


def test_changes_are_found_by_time_and_person(under_test: Any) -> None:
    under_test.add("one", document("Pass", "Fail"))
    index = index_of(under_test)
    change = index.find_changes(ChangeQuery()).changes[0]
    assert index.find_changes(ChangeQuery(since=change.time, evaluators=(change.evaluator,))).total >= 1
    assert index.find_changes(ChangeQuery(until=datetime(1990, 1, 1, tzinfo=UTC))).total == 0
    assert index.find_changes(ChangeQuery(evaluators=("Nobody",))).total == 0
