"""What every asset index promises, over a folder and over a database."""

from typing import Any

import pytest

from qc_core.assets.index import SortBy
from qc_core.assets.query import AssetQuery, Facet
from qc_core.stores.index.listed import ListedIndex
from qc_core.stores.ports import AssetIndex
from tests.qc_core.stores.building import document
from tests.qc_core.stores.test_contract import STORES


@pytest.fixture(params=list(STORES.values()), ids=list(STORES))
def under_test(request: pytest.FixtureRequest) -> Any:
    return request.param(request)


def index_of(under_test: Any) -> AssetIndex:
    return ListedIndex(under_test.store.listing)


def test_an_empty_index_finds_nothing(under_test: Any) -> None:
    found = index_of(under_test).query(AssetQuery(facets=(Facet.STATUS,)))
    assert (found.result.rows, found.result.total, found.result.known) == ((), 0, 0)
    assert found.result.facets == {Facet.STATUS: {}}
    assert (found.error, found.problems) == (None, ())


def test_a_query_gives_rows_total_and_facets(under_test: Any) -> None:
    ids = [under_test.add(name, document(status)) for name, status in zip("abc", ("Pass", "Fail", "Fail"), strict=True)]
    query = AssetQuery(statuses=("Fail",), subjects=("42",), sort=SortBy.NAME, limit=1, facets=(Facet.STATUS,))
    result = index_of(under_test).query(query).result
    assert [row.record_id for row in result.rows] == [ids[2]]
    assert (result.total, result.known, result.facets) == (2, 3, {Facet.STATUS: {"Fail": 2, "Pass": 1}})


def test_assets_are_found_by_id_and_by_name(under_test: Any) -> None:
    ids = [under_test.add(name, document("Pass")) for name in ("one", "two")]
    index = index_of(under_test)
    assert [row.name for row in index.query(AssetQuery(ids=(ids[1], "nobody"))).result.rows] == ["two"]
    assert [row.record_id for row in index.query(AssetQuery(names=("one",))).result.rows] == [ids[0]]


def test_pending_work_is_found_also_in_an_asset_that_fails(under_test: Any) -> None:
    under_test.add("open", document("Fail", "Pending"))
    under_test.add("done", document("Fail", "Pass"))
    for query in (AssetQuery(pending=True), AssetQuery(statuses=("Pending",))):
        assert [row.name for row in index_of(under_test).query(query).result.rows] == ["open"]
