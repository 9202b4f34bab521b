"""The assets that one asset was made from, up to the raw ones, and those made from it."""

from typing import Any

from qc_core.assets.index import AssetSummary
from qc_core.assets.query import AssetQuery, QueryResult, evaluate
from qc_core.assets.related import MAX_DERIVED, RelatedAssets, find_related
from tests.qc_core.assets.building import summary

RAW = summary("raw", record_id="raw")
PROCESSED = summary("processed", record_id="processed", sources=("raw",))
SORTED = summary("sorted", record_id="sorted", sources=("processed",))
OTHER = summary("other", record_id="other")
ALL = [RAW, PROCESSED, SORTED, OTHER]


def find_relatives(asset: AssetSummary, assets: list[AssetSummary]) -> RelatedAssets:
    def find(query: AssetQuery) -> QueryResult:
        return evaluate(query, assets)

    return find_related(find, asset.record_id, asset.name, asset.sources)


def names(found: Any) -> list[str]:
    return [one.asset.name for one in found]


def test_a_derived_asset_leads_to_its_sources_up_to_the_raw_one() -> None:
    found = find_relatives(SORTED, ALL)
    assert (names(found.raw), names(found.sources), names(found.derived)) == (["raw"], ["processed"], [])
    found = find_relatives(PROCESSED, ALL)
    assert (names(found.raw), names(found.sources), names(found.derived)) == (["raw"], [], ["sorted"])


def test_a_raw_asset_leads_to_what_was_made_from_it() -> None:
    found = find_relatives(RAW, ALL)
    assert (found.raw, found.sources, names(found.derived), found.derived_total) == ((), (), ["processed"], 1)
    assert find_relatives(OTHER, ALL) == RelatedAssets()


def test_a_source_that_no_asset_has_is_named() -> None:
    orphan = summary("orphan", sources=("gone", "raw"))
    found = find_relatives(orphan, [*ALL, orphan])
    assert found.missing == ("gone",) and names(found.raw) == ["raw"]


def test_assets_that_go_in_circles_end() -> None:
    one, other = summary("one", record_id="1", sources=("other",)), summary("other", record_id="2", sources=("one",))
    found = find_relatives(one, [one, other])
    assert (found.raw, names(found.sources), names(found.derived)) == ((), ["other"], ["other"])
    own = summary("own", record_id="3", sources=("own",))
    assert find_relatives(own, [own]).derived == ()


def test_several_assets_of_a_source_name_are_all_shown_and_marked() -> None:
    twin = summary("raw", record_id="twin")
    found = find_relatives(PROCESSED, [*ALL, twin])
    assert names(found.raw) == ["raw", "raw"] and all(one.shares_name for one in found.raw)


def test_many_derived_assets_are_counted() -> None:
    many = [summary(f"d{number:03}", record_id=str(number), sources=("raw",)) for number in range(50)]
    found = find_relatives(RAW, [RAW, *many])
    assert (len(found.derived), found.derived_total) == (MAX_DERIVED, 50)
