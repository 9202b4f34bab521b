from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.assets.index import AssetSummary, SortBy, sort
from qc_core.assets.query import AssetQuery
from tests.qc_core.assets.building import summary

ADA = summary("ecephys_776259", subject_id="776259", project="Learning mFISH", modalities=("ecephys",), status="Fail")
BOB = summary(
    "behavior_1", subject_id="1", project="Foraging", modalities=("behavior", "fib"), status="Pending", pending=3
)
CAT = summary("Zebra", modalities=("SPIM",), status="Pass", acquisition_time=datetime(2025, 1, 1, tzinfo=UTC))
EVE = summary("broken", problem="not JSON")
ALL = (ADA, BOB, CAT, EVE)


def search(summaries: Iterable[AssetSummary], text: str, statuses: Collection[str]) -> tuple[AssetSummary, ...]:
    return tuple(filter(AssetQuery(text=text, statuses=tuple(statuses)).matches, summaries))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ALL),
        ("  ", ALL),
        ("ECEPHYS", (ADA,)),
        ("mfish 7762", (ADA,)),
        ("fib foraging", (BOB,)),
        ("fib mfish", ()),
        ("spim", (CAT,)),
        ("behavior fib", (BOB,)),
        ("not JSON", ()),
    ],
)
def test_every_word_must_occur_whatever_its_case(text: str, found: tuple[AssetSummary, ...]) -> None:
    assert search(ALL, text, ()) == found


def test_only_the_chosen_statuses_are_found() -> None:
    assert search(ALL, "", {"Fail", "Pending"}) == (ADA, BOB)
    assert search(ALL, "e", {""}) == (EVE,)


def test_pending_finds_every_asset_with_a_pending_metric() -> None:
    failed = summary("failed with open work", status="Fail", pending=2)
    assert search((*ALL, failed), "", {"Pending"}) == (BOB, failed)
    assert search((*ALL, failed), "", {"Fail"}) == (ADA, failed)
    assert search((*ALL, failed), "", {"Pass"}) == (CAT,)


def test_missing_values_come_last_in_both_directions() -> None:
    assert sort(ALL, SortBy.PROJECT, descending=False) == (BOB, ADA, EVE, CAT)
    assert sort(ALL, SortBy.PROJECT, descending=True) == (ADA, BOB, EVE, CAT)
    assert sort(ALL, SortBy.ACQUISITION_TIME, descending=True)[0] == CAT
    changed = summary("a", changed_at=datetime(2025, 1, 1, tzinfo=UTC))
    for descending in (True, False):
        assert sort((*ALL, changed), SortBy.CHANGED_AT, descending=descending)[0] == changed


def test_status_sorts_by_what_needs_a_person_first() -> None:
    assert sort(reversed(ALL), SortBy.STATUS, descending=False) == (ADA, BOB, CAT, EVE)


def test_names_sort_whatever_their_case() -> None:
    assert sort(ALL, SortBy.NAME, descending=False) == (BOB, EVE, ADA, CAT)
    assert sort(ALL, SortBy.NAME, descending=True) == (CAT, ADA, EVE, BOB)


SUMMARIES = st.builds(
    summary,
    st.sampled_from(["a", "B", "c", "C"]),
    record_id=st.sampled_from("123"),
    subject_id=st.sampled_from([None, "1", "2"]),
    modalities=st.sampled_from([(), ("x",), ("x", "y")]),
    status=st.sampled_from(["", "Pass", "Fail", "Pending", "Odd"]),
    acquisition_time=st.none() | st.datetimes(timezones=st.just(UTC)),
    pending=st.integers(0, 2),
)


@settings(deadline=None, max_examples=200)
@given(st.lists(SUMMARIES, max_size=8), st.sampled_from(SortBy), st.booleans(), st.randoms())
def test_order_does_not_depend_on_positions(
    summaries: list[AssetSummary], by: SortBy, descending: bool, random: Any
) -> None:
    once = sort(summaries, by, descending)
    shuffled = list(summaries)
    random.shuffle(shuffled)
    again = sort(shuffled, by, descending)
    assert sorted(map(repr, once)) == sorted(map(repr, summaries))
    if len({(one.name, one.record_id) for one in summaries}) == len(summaries):
        assert once == again
