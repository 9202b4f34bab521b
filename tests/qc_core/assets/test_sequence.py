"""What comes before and after an asset in a list, and the list that an address names."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.assets.index import AssetSummary, SortBy
from qc_core.assets.query import AssetQuery, QueryResult, evaluate
from qc_core.assets.sequence import Neighbours, Origin, find_neighbours, locate_asset, parse_origin
from tests.qc_core.assets.building import summary

ASSETS = [summary(f"a{number:02}", record_id=str(number)) for number in range(10)]
BY_NAME = AssetQuery(sort=SortBy.NAME, descending=False, limit=3)


def get_page(query: AssetQuery) -> QueryResult:
    return evaluate(query, ASSETS)


def test_neighbours_are_before_and_after() -> None:
    assert find_neighbours(["a", "b", "c"], "b") == Neighbours(2, 3, "a", "c")
    assert find_neighbours(["a", "b"], "a") == Neighbours(1, 2, None, "b")
    assert find_neighbours(["a"], "a") == Neighbours(1, 1, None, None)
    assert find_neighbours(["a"], "b") is None and find_neighbours([], "b") is None


@pytest.mark.parametrize("page", [1, 2, 3, 4, 9])
@pytest.mark.parametrize("index", range(10))
def test_an_asset_on_the_page_or_next_to_it_has_its_position(page: int, index: int) -> None:
    found = locate_asset(get_page, replace(BY_NAME, page=page), ASSETS[index])
    its_page = index // 3 + 1
    assert found.total == 10
    if abs(min(page, 4) - its_page) <= 1:
        assert found.position == index + 1
        assert (found.previous and found.previous.asset) == (ASSETS[index - 1] if index else None)
        assert (found.next and found.next.asset) == (ASSETS[index + 1] if index < 9 else None)
        assert found.previous is None or found.previous.page == (index - 1) // 3 + 1
        assert found.next is None or found.next.page == (index + 1) // 3 + 1
    else:
        assert found.position is None


def test_at_most_four_pages_are_read() -> None:
    read: list[int] = []

    def count_pages(query: AssetQuery) -> QueryResult:
        read.append(query.page)
        return get_page(query)

    locate_asset(count_pages, replace(BY_NAME, page=2), ASSETS[4])
    assert read == [2], "its neighbours are on the same page"
    read.clear()
    locate_asset(count_pages, replace(BY_NAME, page=2), summary("zzz"))
    assert sorted(read) == [1, 2, 3]


def test_an_asset_that_no_longer_matches_keeps_its_neighbours() -> None:
    assets = [replace(asset, pending=1) for asset in ASSETS]
    assets[4] = replace(assets[4], pending=0)
    query = replace(BY_NAME, pending=True, page=2)
    found = locate_asset(lambda query: evaluate(query, assets), query, assets[4])
    assert (found.position, found.total) == (None, 9)
    assert (found.previous.asset, found.next.asset) == (assets[3], assets[5])


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 12), st.integers(1, 5), st.integers(0, 11), st.sampled_from(SortBy), st.booleans())
def test_next_leads_through_the_whole_list(total: int, limit: int, gone: int, by: SortBy, descending: bool) -> None:
    assets: list[AssetSummary] = ASSETS[:total]
    query = AssetQuery(sort=by, descending=descending, limit=limit)
    order = evaluate(replace(query, limit=None), assets).rows
    here, names = order[0] if order else None, []
    while here is not None:
        names.append(here.name)
        found = locate_asset(lambda query: evaluate(query, assets), query, here)
        assert found.position == len(names)
        here = found.next.asset if found.next else None
        query = replace(query, page=found.next.page) if found.next else query
    assert names == [row.name for row in order]


def test_an_origin_is_read_back_from_an_address() -> None:
    there = Origin("assets", "status=Fail&page=2")
    assert str(there) == "assets?status=Fail&page=2" and parse_origin(str(there)) == there
    assert there.href == ".?status=Fail&page=2" and Origin("assets").href == "."
    assert Origin("queue", "project=A").href == "queue?project=A" and parse_origin("queue") == Origin("queue")


@pytest.mark.parametrize(
    "text", ["", "?", "https://example.org", "//example.org", "javascript:x", "Assets", "assets/x"]
)
def test_other_text_names_no_list(text: str) -> None:
    assert parse_origin(text) is None
    assert parse_origin("assets?" + "x" * 2001) is None


@given(st.text())
def test_a_link_to_a_list_stays_in_the_portal(query: str) -> None:
    origin = parse_origin(f"queue?{query}")
    assert origin is None or origin.href.startswith("queue")
