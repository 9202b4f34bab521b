"""Choose which array of a file is shown: the one that was asked for, else the largest that is read quickly."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, prod

from qc_core.stores.figures.decoding.undecodable import Undecodable

LEAST_SIDE = 8
"""A narrower array is a table, and no picture."""
MOST_CHUNK, MOST_UNPACKED, QUICK = 64 * 1024**2, 512 * 1024**2, 20 * 1000**2
"""Bytes of one chunk, and of all chunks that a slice touches, once they are unpacked; and what is quickly read."""
MOST_OFFERED = 100


@dataclass(frozen=True, slots=True)
class FoundArray:
    """An array of numbers with slices over its last two dimensions, `touched` bytes unpacked for each.

    `kind` is the type of its numbers, as numpy names it. `problem` is why it cannot be read, "" where it can.
    """

    name: str
    shape: tuple[int, ...]
    kind: str
    touched: int
    problem: str = ""

    @property
    def description(self) -> str:
        """What the choice of arrays states of it: “/movie, 4,000 × 512 × 512, uint16”."""
        return f"{self.name}, {' × '.join(f'{length:,}' for length in self.shape)}, {self.kind}"


def is_shown(shape: Sequence[int] | None, kind: str, most_pixels: int) -> bool:
    """Whether an array of such a shape and kind of number (numpy's letter) has slices that could be pictures."""
    if shape is None or len(shape) < 2 or kind not in "iuf" or not prod(shape):
        return False
    height, width = shape[-2:]
    return min(height, width) >= LEAST_SIDE and height * width <= most_pixels


def measure_touched(shape: Sequence[int], chunks: Sequence[int] | None, itemsize: int) -> tuple[int, str]:
    """The bytes that one slice unpacks, and why that is too much, "" where it is not."""
    if chunks is None:
        return prod(shape[-2:]) * itemsize, ""
    chunk = prod(chunks) * itemsize
    touched = chunk * prod(ceil(length / part) for length, part in zip(shape[-2:], chunks[-2:], strict=True))
    if chunk > MOST_CHUNK or touched > MOST_UNPACKED:
        return touched, "Its chunks are too large: for one slice too much would have to be read."
    return touched, ""


def choose_array(arrays: Sequence[FoundArray], wanted: str) -> FoundArray:
    """The array of that name; where there is none, one that is quickly read, one with slices, the largest.

    Raises Undecodable where there is no array, or it cannot be read.
    """
    if not arrays:
        raise Undecodable("It holds no array of numbers that could be shown as pictures.")
    chosen = next((one for one in arrays if one.name == wanted), None) or max(
        arrays, key=lambda one: (not one.problem, one.touched <= QUICK, len(one.shape) > 2, prod(one.shape))
    )
    if chosen.problem:
        raise Undecodable(chosen.problem)
    return chosen


def offer_arrays(arrays: Sequence[FoundArray]) -> list[tuple[str, str]]:
    """The names and descriptions of those that may be chosen, of which there are several; else []."""
    readable = [(one.name, one.description) for one in arrays if not one.problem]
    return readable[:MOST_OFFERED] if len(readable) > 1 else []
