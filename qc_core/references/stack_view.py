"""Which array of a file, and which of its pages or slices, are shown: as parameters of a URL.

The browser writes these parameters (`figure/stack_address.js`); here they are read and kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass

_LONGEST_NUMBER = 8


@dataclass(frozen=True, slots=True)
class StackView:
    """`array` is the name of one of several arrays, "" for the usual one. `page` counts from 1; of `window` pages from
    there on the maximum is drawn."""

    array: str = ""
    page: int = 1
    window: int = 1


def read_query(parameters: Mapping[str, str]) -> StackView:
    """The view in the parameters of a URL; a number that is none counts as 1. Others are ignored.

    `{"array": "/movie", "page": "7"}` gives `StackView("/movie", 7)`.
    """
    return StackView(
        parameters.get("array", ""), _count(parameters.get("page", "")), _count(parameters.get("window", ""))
    )


def format_query(view: StackView) -> dict[str, str]:
    """The parameters of a URL for a view; what is at its default is left out: `{"page": "7"}`."""
    numbers = {key: str(value) for key, value in (("page", view.page), ("window", view.window)) if value != 1}
    return ({"array": view.array} if view.array else {}) | numbers


def _count(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else 1
    return max(number, 1)
