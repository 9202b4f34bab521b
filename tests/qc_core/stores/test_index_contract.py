"""What every asset index promises, over a folder and over a database."""

from typing import Any

import pytest

from qc_core.assets.index import SortBy
from qc_core.assets.query import AssetQuery, Facet
from qc_core.json_document import Append
from qc_core.json_document.patch import Patch
from qc_core.stores.ports import AssetIndex
from tests.qc_core.stores.building import document
from tests.qc_core.stores.test_contract import HISTORY, PASS, STORES


@pytest.fixture(params=list(STORES.values()), ids=list(STORES))
def under_test(request: pytest.FixtureRequest) -> Any:
    return request.param(request)


def index_of(under_test: Any) -> AssetIndex:
    index: AssetIndex = under_test.index
    return index


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


def test_changes_and_deletions_appear_with_the_next_query(under_test: Any) -> None:
    for name in ("stays", "changes", "goes"):
        under_test.add(name, document("Pass"))
    index = index_of(under_test)
    assert index.query(AssetQuery()).result.total == 3
    under_test.add("changes", document("Fail"))
    under_test.add("new", document("Pending"))
    under_test.remove("goes")
    rows = index.query(AssetQuery(sort=SortBy.NAME, descending=False)).result.rows
    assert [(row.name, row.status) for row in rows] == [("changes", "Fail"), ("new", "Pending"), ("stays", "Pass")]
    under_test.add("goes", document("Pass"))
    assert index.query(AssetQuery(names=("goes",))).result.total == 1


def test_own_writes_are_listed_at_once(under_test: Any) -> None:
    record_id = under_test.add("mouse", document("Pending"))
    index = index_of(under_test)
    assert index.query(AssetQuery(pending=True)).result.total == 1
    under_test.store.submit(record_id, Patch((), (Append(HISTORY, PASS),)))
    assert [row.status for row in index.query(AssetQuery()).result.rows] == ["Pass"]
    assert index.query(AssetQuery(pending=True)).result.total == 0


def test_two_records_of_one_name_are_both_found_and_marked(under_test: Any) -> None:
    ids = {under_test.add(folder, document("Pass"), record_id) for folder, record_id in (("a", "id-1"), ("b", "id-2"))}
    under_test.rename("a", "twin")
    under_test.rename("b", "twin")
    under_test.add("alone", document("Pass"))
    index = index_of(under_test)
    result = index.query(AssetQuery(names=("twin",))).result
    assert ({row.record_id for row in result.rows}, set(result.shared_names)) == (ids, {"twin"})
    pages = [index.query(AssetQuery(sort=SortBy.NAME, limit=1, page=page)).result.rows for page in (1, 2, 3)]
    assert {row.record_id for (row,) in pages} > ids and len({row.record_id for (row,) in pages}) == 3


def test_half_of_the_fields_may_be_missing(under_test: Any) -> None:
    for name, quality_control in (("none", None), ("odd", {"metrics": "seven"}), ("whole", document("Pass"))):
        under_test.add(name, quality_control)
    index = index_of(under_test)
    result = index.query(AssetQuery(sort=SortBy.NAME, descending=False, facets=tuple(Facet))).result
    assert [row.name for row in result.rows] == ["none", "odd", "whole"]
    assert [bool(row.problem) for row in result.rows] == [True, True, False]
    assert result.facets[Facet.STATUS] == {"Pass": 1} and result.facets[Facet.PROJECT] == {}
    for by in SortBy:
        assert index.query(AssetQuery(sort=by)).result.total == 3


def test_assets_are_found_by_their_sources(under_test: Any) -> None:
    under_test.add("raw_2025-01-01_00-00-00", document("Pass"))
    derived = under_test.add("raw_2025-01-01_00-00-00_sorted_2025-01-02_00-00-00", document("Pass"))
    found = index_of(under_test).query(AssetQuery(sources=("raw_2025-01-01_00-00-00",))).result
    assert [row.record_id for row in found.rows] == [derived]
    assert index_of(under_test).query(AssetQuery(sources=("another",))).result.total == 0
