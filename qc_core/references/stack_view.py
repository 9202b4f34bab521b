"""Which array of a file, which of its pages or slices, and between which percentiles, are shown: parameters of a URL.

The browser writes these parameters (`figure/stack_address.js`); here they are read and kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass

_LONGEST_NUMBER = 8


@dataclass(frozen=True, slots=True)
class StackView:
    """`array` is the name of one of several arrays, "" for the usual one. `page` counts from 1; of `window` pages from
    there on the maximum is drawn. `percentiles` are what becomes black and white, None for the usual ones."""

    array: str = ""
    page: int = 1
    window: int = 1
    percentiles: tuple[float, float] | None = None


def read_query(parameters: Mapping[str, str]) -> StackView:
    """The view in the parameters of a URL; a number that is none counts as absent. Others are ignored.

    `{"array": "/movie", "page": "7", "low": "5", "high": "95"}` gives `StackView("/movie", 7, percentiles=(5, 95))`.
    """
    return StackView(
        parameters.get("array", ""),
        _count(parameters.get("page", "")),
        _count(parameters.get("window", "")),
        _percentiles(parameters.get("low", ""), parameters.get("high", "")),
    )


def format_query(view: StackView) -> dict[str, str]:
    """The parameters of a URL for a view; what is at its default is left out: `{"page": "7"}`."""
    numbers = {key: str(value) for key, value in (("page", view.page), ("window", view.window)) if value != 1}
    low_high = dict(zip(("low", "high"), map(_format_number, view.percentiles or ()), strict=False))
    return ({"array": view.array} if view.array else {}) | numbers | low_high


def _count(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else 1
    return max(number, 1)


def _percentiles(low: str, high: str) -> tuple[float, float] | None:
    """Both, from 0 to 100 and the first below the second; else None."""
    try:
        found = float(low), float(high)
    except ValueError:
        return None
    return found if 0 <= found[0] < found[1] <= 100 else None


def _format_number(number: float) -> str:
    """As the browser writes it: `5` for 5.0."""
    return str(number).removesuffix(".0")
