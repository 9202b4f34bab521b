"""A query selects, orders, pages and counts assets."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.assets.index import AssetSummary, SortBy
from qc_core.assets.people import format_person, names_of
from qc_core.assets.query import AssetQuery, Facet, evaluate
from tests.qc_core.assets.building import summary
from tests.qc_core.assets.test_index import ADA, ALL, BOB, CAT, EVE, SUMMARIES

FAILED = summary("failed with open work", status="Fail", pending=2, data_level="derived", modalities=("fib", "fib"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (AssetQuery(), ALL),
        (AssetQuery(ids=("Zebra", "broken")), (CAT, EVE)),
        (AssetQuery(names=("Zebra", "nobody")), (CAT,)),
        (AssetQuery(subjects=("1",)), (BOB,)),
        (AssetQuery(subjects=("",)), ()),
        (AssetQuery(projects=("Foraging", "Learning mFISH")), (ADA, BOB)),
        (AssetQuery(projects=("foraging",)), ()),
        (AssetQuery(modalities=("fib", "SPIM")), (BOB, CAT)),
        (AssetQuery(levels=("derived",)), ()),
        (AssetQuery(platforms=("ecephys",)), ()),
        (AssetQuery(sources=("raw",)), ()),
        (AssetQuery(pending=True), (BOB,)),
        (AssetQuery(statuses=("Pass",), text="zeb"), (CAT,)),
        (AssetQuery(acquired_from=date(2025, 1, 1), acquired_to=date(2025, 1, 1)), (CAT,)),
        (AssetQuery(acquired_from=date(2025, 1, 2)), ()),
        (AssetQuery(acquired_to=date(2024, 12, 31)), ()),
    ],
)
def test_all_conditions_must_hold(query: AssetQuery, found: tuple[AssetSummary, ...]) -> None:
    assert tuple(filter(query.matches, ALL)) == found
    assert query.has_conditions == (query != AssetQuery())


def test_platform_and_sources_are_compared_as_they_are() -> None:
    asset = summary("derived", platform="ecephys", sources=("raw", "other"))
    assert AssetQuery(platforms=("ecephys",), sources=("nobody", "other")).matches(asset)
    assert not AssetQuery(platforms=("Ecephys",)).matches(asset) and not AssetQuery(sources=("ra",)).matches(asset)
    assert evaluate(AssetQuery(facets=(Facet.PLATFORM,)), [asset, CAT]).facets == {Facet.PLATFORM: {"ecephys": 1}}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (("Ada Lovelace",), ("key", "both", "fallback")),
        (("ada  LOVELACE <ada@example.org>",), ("key", "both", "address", "fallback")),
        (("ADA@example.org",), ("both", "address")),
        (("Grace Hopper", "nobody"), ("key",)),
        (("Ada",), ()),
        (("",), ()),
    ],
)
def test_whole_names_and_addresses_name_who_is_responsible(asked: tuple[str, ...], found: tuple[str, ...]) -> None:
    assets = (
        summary("key", key_experimenters=("Grace Hopper", "Ada Lovelace"), experimenters=("Eve",)),
        summary("both", key_experimenters=("Ada Lovelace <ada@example.org>",)),
        summary("address", key_experimenters=("ada@example.org",)),
        summary("others", key_experimenters=("Mary Anning",), experimenters=("Ada Lovelace",)),
        summary("fallback", experimenters=("Ada\u00a0Lovelace",)),
        summary("nobody's"),
    )
    assert tuple(asset.name for asset in assets if AssetQuery(people=asked).matches(asset)) == found


@pytest.mark.parametrize(
    ("name", "address", "written"),
    [
        ("Ada Lovelace", "ada@example.org", "Ada Lovelace <ada@example.org>"),
        ("Ada Lovelace <ada@example.org>", "ada@example.org", "Ada Lovelace <ada@example.org>"),
        ("Ada Lovelace", "", "Ada Lovelace"),
        ("", "ada@example.org", "ada@example.org"),
        ("", "", ""),
    ],
)
def test_a_person_is_asked_for_by_name_and_address(name: str, address: str, written: str) -> None:
    assert format_person(name, address) == written
    if written:
        assert {name.casefold(), address} - {""} <= names_of(written)


def test_pending_metrics_are_counted_over_the_whole_result() -> None:
    assets = (summary("a", pending=3), summary("b", pending=4), summary("c", pending=0), summary("d", pending=9))
    found = evaluate(AssetQuery(names=("a", "b", "c"), limit=1), assets)
    assert (len(found.rows), found.pending, found.pending_assets) == (1, 7, 2)
    assert (evaluate(AssetQuery(), ()).pending, evaluate(AssetQuery(), ()).pending_assets) == (0, 0)


def test_days_are_days_in_utc() -> None:
    late = summary("late", acquisition_time=datetime(2025, 1, 1, 23, tzinfo=timezone(-timedelta(hours=8))))
    assert AssetQuery(acquired_from=date(2025, 1, 2)).matches(late)
    assert not AssetQuery(acquired_to=date(2025, 1, 1)).matches(late)


@pytest.mark.parametrize("other", [{"sort": SortBy.NAME}, {"descending": False}, {"page": 2}, {"limit": 1}])
def test_order_and_page_are_no_conditions(other: dict[str, Any]) -> None:
    assert not AssetQuery(**other).has_conditions and not AssetQuery(text="  ", **other).has_conditions


def test_facets_count_the_matching_assets_without_the_condition_of_the_facet_itself() -> None:
    query = AssetQuery(statuses=("Fail",), facets=tuple(Facet))
    counts = evaluate(query, (*ALL, FAILED)).facets
    assert counts[Facet.STATUS] == {"Fail": 2, "Pending": 2, "Pass": 1}, "Pending counts an asset that is Fail, too"
    assert counts[Facet.PROJECT] == {"Learning mFISH": 1}
    assert counts[Facet.SUBJECT] == {"776259": 1}
    assert counts[Facet.MODALITY] == {"ecephys": 1, "fib": 1}, "an asset counts once"
    assert counts[Facet.LEVEL] == {"derived": 1}
    assert evaluate(AssetQuery(), ALL).facets == {}, "none is counted unasked"


@settings(deadline=None, max_examples=100)
@given(st.lists(SUMMARIES, max_size=12), st.sampled_from(["Pass", "Fail", "Pending", "Odd"]))
def test_a_facet_counts_the_assets_that_its_value_would_find(assets: list[AssetSummary], status: str) -> None:
    counts = evaluate(AssetQuery(text="a", facets=(Facet.STATUS,)), assets).facets[Facet.STATUS]
    assert counts.get(status, 0) == evaluate(AssetQuery(text="a", statuses=(status,)), assets).total


@settings(deadline=None, max_examples=100)
@given(st.lists(SUMMARIES, max_size=12), st.sampled_from(SortBy), st.integers(1, 5))
def test_the_pages_of_a_query_add_up_to_all_of_it(assets: list[AssetSummary], by: SortBy, limit: int) -> None:
    query = AssetQuery(text="c", sort=by)
    whole = evaluate(query, assets)
    number = -(-whole.total // limit)
    pages = [evaluate(replace(query, limit=limit, page=page + 1), assets) for page in range(number)]
    assert tuple(row for page in pages for row in page.rows) == whole.rows
    assert all((page.total, page.known) == (whole.total, len(assets)) for page in pages)


def test_a_page_after_the_last_one_gives_the_last_one() -> None:
    query = AssetQuery(limit=3, sort=SortBy.NAME, descending=False)
    assert evaluate(replace(query, page=9), ALL).rows == evaluate(replace(query, page=2), ALL).rows == (CAT,)
    assert evaluate(replace(query, page=9), ()).rows == ()
    assert (evaluate(replace(query, limit=0), ALL).rows, evaluate(replace(query, limit=0), ALL).total) == ((), 4)


def test_names_that_several_assets_have_are_marked_also_where_only_one_of_them_matches() -> None:
    twins = (summary("twin", record_id="1", status="Pass"), summary("twin", record_id="2", status="Fail"))
    assert evaluate(AssetQuery(statuses=("Pass",)), (*twins, CAT)).shared_names == {"twin"}
    assert evaluate(AssetQuery(names=("Zebra",)), (*twins, CAT)).shared_names == frozenset()
