"""The history of a subject joins derived assets to those they were made from."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc_core.assets.index import AssetSummary
from qc_core.assets.subject_history import (
    build_history,
    build_joins,
    build_marks,
    list_missing_sources,
    list_rows,
    order_by_lineage,
)
from tests.qc_core.assets.building import summary

NOON = datetime(2025, 1, 20, 12, tzinfo=UTC)
RAW = summary(
    "ecephys_734812_2025-01-20_13-04-51",
    subject_id="734812",
    modalities=("ecephys", "behavior-videos"),
    acquisition_time=NOON,
    data_level="raw",
)
SORTED = summary(
    "ecephys_734812_2025-01-20_13-04-51_sorted_2025-01-21_02-17-44",
    subject_id="734812",
    modalities=("ecephys",),
    acquisition_time=NOON,
    processed_at=NOON + timedelta(days=1),
    data_level="derived",
    sources=(RAW.name,),
)


def test_no_assets_have_no_history() -> None:
    assert build_history(()) == () and build_marks(()) == () and build_joins(()) == () and order_by_lineage(()) == ()


def test_derived_asset_is_joined_to_its_source_in_the_modality_of_both() -> None:
    raw, derived = build_history([SORTED, RAW])
    assert (raw.asset, raw.is_derived, raw.time) == (RAW, False, NOON)
    assert (derived.is_derived, derived.is_orphan, derived.process) == (True, False, "sorted")
    assert derived.time == NOON + timedelta(days=1)
    assert [(source.name, source.assets, source.inferred) for source in derived.sources] == [(RAW.name, (RAW,), False)]
    marks = build_marks((raw, derived))
    assert list_rows(marks) == ("behavior-videos · raw", "ecephys · raw", "ecephys · derived")
    [join] = build_joins(marks)
    assert (join.source.row, join.derived.row) == ("ecephys · raw", "ecephys · derived")


def test_source_of_another_modality_is_joined_all_the_same() -> None:
    marks = build_marks(build_history([RAW, replace(SORTED, modalities=("behavior",))]))
    assert [(join.source.row, join.derived.row) for join in build_joins(marks)] == [
        ("ecephys · raw", "behavior · derived")
    ]


def test_derived_asset_without_a_known_source_is_an_orphan() -> None:
    [entry] = build_history([SORTED])
    assert entry.is_orphan and entry.sources[0].assets == ()
    [unnamed] = build_history([summary("analysis", data_level="derived")])
    assert unnamed.is_orphan and unnamed.sources == ()
    [raw] = build_history([RAW])
    assert not raw.is_orphan
    assert list_missing_sources([SORTED]) == (RAW.name,) and list_missing_sources([SORTED, RAW]) == ()


def test_source_may_be_an_asset_of_another_subject() -> None:
    other = replace(RAW, subject_id=None)
    [entry] = build_history([SORTED], [other])
    assert entry.sources[0].assets == (other,) and not entry.is_orphan
    assert build_joins(build_marks([entry])) == (), "it has no mark in the timeline of this subject"


def test_source_by_name_is_used_where_no_named_source_is_known() -> None:
    _, entry = build_history([RAW, replace(SORTED, sources=("renamed",))])
    assert [(source.name, source.assets, source.inferred) for source in entry.sources] == [
        ("renamed", (), False),
        (RAW.name, (RAW,), True),
    ]
    assert not entry.is_orphan
    [alone] = build_history([replace(SORTED, sources=("renamed",))])
    assert [source.name for source in alone.sources] == ["renamed"]


def test_source_in_the_same_bucket_counts_among_several_of_one_name() -> None:
    here, there = (replace(RAW, record_id=bucket, location=f"s3://{bucket}/x") for bucket in ("here", "there"))
    history = build_history([here, there, replace(SORTED, location="s3://there/y")])
    assert history[-1].sources[0].assets == (there,)
    assert set(build_history([here, there, SORTED])[-1].sources[0].assets) == {here, there}


def test_asset_without_a_time_has_no_mark_and_is_last() -> None:
    timeless = summary("timeless", modalities=("ecephys",))
    history = build_history([timeless, RAW])
    assert [entry.asset.name for entry in history] == [RAW.name, "timeless"]
    assert {mark.entry.asset.name for mark in build_marks(history)} == {RAW.name}


def test_asset_without_a_modality_has_a_row_of_its_own() -> None:
    [mark] = build_marks(build_history([replace(RAW, modalities=())]))
    assert mark.row == "no modality · raw"


def test_derived_assets_are_below_their_source_and_newest_first() -> None:
    later = replace(RAW, record_id="later", name="later", acquisition_time=NOON + timedelta(days=7))
    curated = replace(SORTED, record_id="curated", name="curated", sources=(SORTED.name,))
    ordered = order_by_lineage(build_history([RAW, SORTED, later, curated]))
    assert [(entry.asset.name, depth) for entry, depth in ordered] == [
        ("later", 0),
        (RAW.name, 0),
        (SORTED.name, 1),
        ("curated", 2),
    ]


def test_assets_that_name_each_other_are_each_listed_once() -> None:
    one = summary("one", sources=("other",), acquisition_time=NOON)
    other = summary("other", sources=("one", "other"), acquisition_time=NOON)
    ordered = order_by_lineage(build_history([one, other]))
    assert sorted(entry.asset.name for entry, _ in ordered) == ["one", "other"]
    assert len(build_joins(build_marks(build_history([one, other])))) == 2


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdefg"), max_size=3)), max_size=8))
def test_any_lineage_lists_each_asset_once(named: list[tuple[str, list[str]]]) -> None:
    assets: list[AssetSummary] = [
        summary(name, record_id=str(number), sources=tuple(sources)) for number, (name, sources) in enumerate(named)
    ]
    ordered = order_by_lineage(build_history(assets))
    assert sorted(entry.asset.record_id for entry, _ in ordered) == sorted(asset.record_id for asset in assets)


@pytest.mark.parametrize("level", [None, "raw", "simulated"])
def test_asset_with_sources_is_derived_whatever_its_level(level: str | None) -> None:
    assert build_history([replace(SORTED, data_level=level)])[0].is_derived
