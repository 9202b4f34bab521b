"""Where a number lies among the values of the same metric of other assets: its rank, and whether it is an outlier.

The mark is a hint for people. It never sets a status.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qc_core.assets.metrics import MetricRow, acquisition_order

FEWEST = 8
"""Other values that it takes to call one unusual: of fewer, median and spread say little."""
MAX_DEVIATIONS = 3.0
"""Robust standard deviations from the median beyond which a value is unusual."""
_PER_MAD = 1.4826
"""Standard deviations in one median absolute deviation of a normal distribution, 1 / 0.6745."""
_DRAWN = 6.0
"""Robust standard deviations on either side of the median that are drawn to scale where a value lies farther out."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A number among `others` other values: how many of them are lower, and how many higher.

    `median` is that of the others, None without any. `deviations` is the modified z-score, with its sign; None where
    it is not defined: of fewer than `FEWEST` others, or where more than half of them are equal (`same`).
    """

    others: int
    lower: int
    higher: int
    median: float | None
    deviations: float | None
    same: bool = False

    @property
    def is_unusual(self) -> bool:
        """Whether the number is a robust outlier."""
        return self.deviations is not None and abs(self.deviations) > MAX_DEVIATIONS


def compare(number: float, others: Sequence[float]) -> Comparison:
    """Where a finite number lies among other finite numbers.

    The modified z-score is `(number - median) / (1.4826 * MAD)`, MAD the median absolute deviation from the median
    (Iglewicz and Hoaglin 1993, How to Detect and Handle Outliers, ASQC Basic References in Quality Control 16). They
    advise 3.5 as the limit; 3 is the usual one for median and MAD (Leys et al. 2013, J. Exp. Soc. Psychol. 49:764).
    Where more than half of the values are equal, the MAD is 0 and nothing is called unusual.

    >>> compare(30, [9, 10, 10, 11, 11, 12, 12, 13]).is_unusual
    True
    """
    lower, higher = sum(other < number for other in others), sum(other > number for other in others)
    if not others:
        return Comparison(0, 0, 0, None, None)
    middle, spread = _median_and_spread(others)
    if len(others) < FEWEST:
        return Comparison(len(others), lower, higher, middle, None)
    if spread == 0:
        return Comparison(len(others), lower, higher, middle, None, same=True)
    return Comparison(len(others), lower, higher, middle, (number / spread) - (middle / spread))


def describe_rank(comparison: Comparison) -> str:
    """ "Higher than 93 % of 199 other values". Shares are rounded down, so that 100 % means all of them."""
    count = comparison.others
    if count == 0:
        return "There is no other value to compare with"
    of = f"of {count:,} other values" if count > 1 else "of one other value"
    if count == 1:
        return (
            "Higher than the only other value"
            if comparison.lower
            else ("Lower than the only other value" if comparison.higher else "The same as the only other value")
        )
    if comparison.lower == comparison.higher == 0:
        return f"The same as all {of.removeprefix('of ')}"
    if comparison.lower >= comparison.higher:
        return f"Higher than {100 * comparison.lower // count} % {of}"
    return f"Lower than {100 * comparison.higher // count} % {of}"


def describe_outlier(comparison: Comparison) -> str:
    """The hint in words; "" where the number is not unusual."""
    if comparison.is_unusual:
        assert comparison.deviations is not None
        side = "above" if comparison.deviations > 0 else "below"
        far = abs(comparison.deviations)
        amount = f"{far:.1f}" if far < 100 else "more than 100"
        return f"Unusual: {amount} robust standard deviations {side} the median"
    if comparison.same and (comparison.lower or comparison.higher):
        return f"More than half of the others are {comparison.median:.6g}, so that none is called unusual"
    if 0 < comparison.others < FEWEST:
        return f"Fewer than {FEWEST} other values are too few to call one unusual"
    return ""


def choose_axis_range(numbers: Sequence[float]) -> tuple[float, float] | None:
    """The lowest and highest value of an axis for these numbers; values beyond are drawn at its edge. None for none.

    The axis ends 6 robust standard deviations from the median, so that one outlier does not compress all other values.
    """
    if not numbers:
        return None
    low, high = min(numbers), max(numbers)
    middle, spread = _median_and_spread(numbers)
    if spread > 0:
        low, high = max(low, middle - _DRAWN * spread), min(high, middle + _DRAWN * spread)
    return low, high


def select_same(rows: Iterable[MetricRow], same_metric: tuple[str, str, tuple[str, ...]], most: int) -> list[MetricRow]:
    """The rows of one metric that have a number: the last `most` by acquisition time, in that order.

    Those without a time come first, and are the first to be left out.
    """
    same = [row for row in rows if row.number is not None and row.same_metric == same_metric]
    same.sort(key=acquisition_order)
    return same[-most:] if most else []


def _median_and_spread(numbers: Sequence[float]) -> tuple[float, float]:
    """The median, and 1.4826 times the median absolute deviation from it."""
    middle = _median(numbers)
    return middle, min(_PER_MAD * _median([abs(number - middle) for number in numbers]), _MAX_FLOAT)


_MAX_FLOAT = 1.7e308
"""Below the largest float: what is larger than all floats is none."""


def _median(numbers: Sequence[float]) -> float:
    ordered, half = sorted(numbers), len(numbers) // 2
    if len(ordered) % 2:
        return ordered[half]
    low, high = ordered[half - 1], ordered[half]
    middle = low + (high - low) / 2
    return middle if math.isfinite(middle) else low / 2 + high / 2
