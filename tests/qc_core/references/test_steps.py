"""The steps of widths and percentiles, and what is asked for between them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc_core.references.steps import PERCENTILES, WIDTHS, percentile_steps, width_step


@pytest.mark.parametrize(("asked", "step"), [(0, 200), (200, 200), (201, 300), (431, 500), (2000, 2000), (9999, 2000)])
def test_a_width_is_the_next_wider_step(asked: int, step: int) -> None:
    assert width_step(asked) == step


@pytest.mark.parametrize(
    ("asked", "steps"),
    [
        ((0.5, 99.5), (0.5, 99.5)),
        ((0.37, 97.2), (0.5, 98.0)),
        ((10, 90), (10.0, 90.0)),
        ((50, 50.1), (40.0, 50.0)),
        ((0, 0.01), (0.0, 0.1)),
        ((99.99, 100), (99.9, 100.0)),
    ],
)
def test_percentiles_are_the_nearest_two_steps(asked: Any, steps: Any) -> None:
    assert percentile_steps(*asked) == steps


@given(st.floats(0, 100), st.floats(0, 100))
def test_two_percentiles_stay_two_in_order(one: Any, other: Any) -> None:
    low, high = percentile_steps(min(one, other), max(one, other))
    assert low < high
    assert {low, high} <= set(PERCENTILES)


def test_two_hundred_widths_are_few_pictures() -> None:
    assert len({width_step(width) for width in range(400, 600)}) == 3
    assert len(WIDTHS) < 15
