"""Round the parameters of generated figures to coarse steps, each of which is generated once and cached."""

from bisect import bisect_left

WIDTHS = (200, 300, 400, 500, 600, 700, 800, 1000, 1200, 1400, 1700, 2000)
"""Widths in pixels of a pair of pictures."""
PERCENTILES = (
    *(0.0, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 40.0, 50.0),
    *(60.0, 70.0, 75.0, 80.0, 85.0, 90.0, 95.0, 98.0, 99.0, 99.5, 99.9, 100.0),
)
"""Percentiles that become black or white."""


def width_step(width: int) -> int:
    """The least step that is as wide, so that the picture is sharp; the widest one above all.

    >>> width_step(431)
    500
    """
    return WIDTHS[min(len(WIDTHS) - 1, bisect_left(WIDTHS, width))]


def percentile_steps(low: float, high: float) -> tuple[float, float]:
    """The steps nearest to two percentiles, 0 ≤ `low` < `high` ≤ 100; two different ones.

    >>> percentile_steps(0.37, 97.2)
    (0.5, 98.0)
    """
    first, second = (min(range(len(PERCENTILES)), key=lambda at: abs(PERCENTILES[at] - one)) for one in (low, high))
    if first == second:
        first, second = max(0, first - 1), max(1, second)
    return PERCENTILES[first], PERCENTILES[second]
