"""Where a number lies among others, and which rows are compared."""

import math
import statistics
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc_core.assets.comparison import (
    FEWEST,
    choose_axis_range,
    compare,
    describe_outlier,
    describe_rank,
    select_same,
)
from qc_core.assets.metrics import MetricRow
from tests.qc_core.assets.building import NOON, row, summary

TEN = [9.0, 10, 10, 11, 11, 12, 12, 13, 10.5, 11.5]
any_number = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("number", "others", "words"),
    [
        (14, TEN, "Higher than 100 % of 10 other values"),
        (8, TEN, "Lower than 100 % of 10 other values"),
        (12.5, TEN, "Higher than 90 % of 10 other values"),
        (11, [11.0] * 4, "The same as all 4 other values"),
        (3, [1.0], "Higher than the only other value"),
        (1, [3.0], "Lower than the only other value"),
        (1, [1.0], "The same as the only other value"),
        (1, [], "There is no other value to compare with"),
        (5, [*range(2000), 0], "Lower than 99 % of 2,001 other values"),
    ],
)
def test_the_rank_is_described(number: float, others: list[float], words: str) -> None:
    assert describe_rank(compare(number, others)) == words


def test_a_number_far_from_the_median_is_unusual() -> None:
    found = compare(30, TEN)
    median, mad = statistics.median(TEN), statistics.median(abs(x - statistics.median(TEN)) for x in TEN)
    assert found.deviations == pytest.approx((30 - median) / (1.4826 * mad))
    assert found.is_unusual
    assert describe_outlier(found).startswith("Unusual: 12.8 robust standard deviations above the median")
    assert describe_outlier(compare(-1e9, TEN)) == "Unusual: more than 100 robust standard deviations below the median"
    assert describe_outlier(compare(12, TEN)) == ""


def test_fewer_than_eight_others_call_nothing_unusual() -> None:
    found = compare(1000, TEN[: FEWEST - 1])
    assert not found.is_unusual and found.deviations is None
    assert "Fewer than 8" in describe_outlier(found)


def test_nothing_is_unusual_where_more_than_half_are_equal() -> None:
    found = compare(5, [0.0] * 6 + [1.0] * 4)
    assert not found.is_unusual and found.same
    assert describe_outlier(found) == "More than half of the others are 0, so that none is called unusual"
    assert describe_outlier(compare(0, [0.0] * 10)) == ""


@given(any_number, st.lists(any_number, max_size=30))
def test_any_numbers_are_compared(number: float, others: list[float]) -> None:
    found = compare(number, others)
    assert found.lower + found.higher + sum(other == number for other in others) == found.others == len(others)
    assert found.deviations is None or not math.isnan(found.deviations)
    assert describe_rank(found)
    assert not (found.is_unusual and len(others) < FEWEST)
    assert isinstance(describe_outlier(found), str)


@given(st.lists(st.integers(-1000, 1000), min_size=FEWEST, max_size=40), st.integers(-1000, 1000))
def test_unusual_numbers_do_not_depend_on_the_unit(others: list[int], number: int) -> None:
    found, scaled = compare(number, others), compare(8 * number + 4096, [8 * other + 4096 for other in others])
    assert (found.deviations is None) == (scaled.deviations is None)
    if found.deviations is not None:
        assert scaled.deviations == pytest.approx(found.deviations, abs=1e-6)


@given(st.lists(any_number, max_size=30))
def test_the_range_of_the_axis_lies_within_the_numbers(numbers: list[float]) -> None:
    found = choose_axis_range(numbers)
    if not numbers:
        assert found is None
        return
    assert found is not None
    low, high = found
    assert min(numbers) <= low <= high <= max(numbers)


def test_one_value_far_out_does_not_press_the_others_together() -> None:
    drawn = choose_axis_range([*TEN, 1e6])
    assert drawn is not None and drawn[0] == 9 and drawn[1] < 30


NAMED = ("Drift", "Raw data", ("probe:A",))


def build_row(
    number: float | None, day: int | None, name: str = "Drift", tags: tuple[str, ...] = ("probe:A",)
) -> MetricRow:
    time = NOON + timedelta(days=day) if day is not None else None
    asset = summary(f"asset {day}", acquisition_time=time)
    return row(name, asset=asset, stage="Raw data", tags=tags, number=number)


def test_the_last_values_of_the_same_metric_are_selected_in_order_of_time() -> None:
    rows = [
        build_row(3, 3),
        build_row(1, 1),
        build_row(9, 9, name="Noise"),
        build_row(8, 8, tags=("probe:B",)),
        build_row(None, 4),
        build_row(2, 2),
        build_row(0, None),
    ]
    assert [one.number for one in select_same(rows, NAMED, 10)] == [0, 1, 2, 3]
    assert [one.number for one in select_same(rows, NAMED, 2)] == [2, 3]
    assert select_same(rows, NAMED, 0) == []


def test_the_order_of_tags_does_not_matter() -> None:
    one, other = build_row(1, 1, tags=("a:1", "b:2")), build_row(2, 2, tags=("b:2", "a:1"))
    assert [found.number for found in select_same([one, other], one.same_metric, 10)] == [1, 2]
