"""Read pages of a TIFF by number, and no others: one, or the maximum of several."""

import struct
from dataclasses import dataclass, field
from typing import Any

from qc_core.stores.figures.decoding.sources import FigureSource
from qc_core.stores.figures.decoding.undecodable import Undecodable, check_size

MAX_WINDOW = 50
"""Pages at most whose maximum is drawn."""
_UNREADABLE = (OSError, ValueError, TypeError, EOFError, LookupError, OverflowError, struct.error)


@dataclass(frozen=True, slots=True)
class Pages:
    """Which pages of a stack are wanted: `window` from `first` on, counted from 0."""

    first: int = 0
    window: int = 1

    def of(self, number: int) -> range:
        """Those that a file with so many pages has: at least one, and `MAX_WINDOW` at most."""
        first = min(max(self.first, 0), max(number, 1) - 1)
        return range(first, max(first + 1, min(first + min(self.window, MAX_WINDOW), number)))


@dataclass(frozen=True, slots=True)
class Stack:
    """What was read of a file with several pages: `values` of the `pages` that are drawn, of `number` in all.

    `array` is which array of the file, "" for a TIFF; `arrays` the names and descriptions of all, where there are
    several.
    """

    values: Any
    pages: range
    number: int
    array: str = ""
    arrays: list[tuple[str, str]] = field(default_factory=list)


def read_stack(source: FigureSource, wanted: Pages, most_pixels: int) -> Stack | None:
    """Pages of a greyscale TIFF with several; None for any other file, and for what tifffile does not decompress.

    tifffile finds a page of thousands by its number, where Pillow reads the head of each page before it. Raises
    Undecodable.
    """
    with source.open() as file:
        if file.read(2) not in (b"II", b"MM"):
            return None
    import tifffile

    try:
        with source.open() as file, tifffile.TiffFile(file) as stack:
            number = len(stack.pages)
            pages = wanted.of(number)
            if number < 2 or not _is_grey(stack.pages[pages.start]):
                return None
            return Stack(read_maximum(stack, pages, most_pixels), pages, number)
    except Undecodable:
        raise
    except (tifffile.TiffFileError, *_UNREADABLE):
        return None


def _is_grey(page: Any) -> bool:
    return bool(page.ndim == 2 and page.dtype is not None and page.dtype.kind in "iuf" and page.photometric.value == 1)


def read_maximum(stack: Any, numbers: range, most_pixels: int) -> Any:
    """The maximum of some pages of a TIFF, pixel by pixel; only these are read."""
    import numpy as np

    values: Any = None
    for number in numbers:
        page = stack.pages[number]
        check_size(page.imagewidth, page.imagelength, most_pixels)
        check_size(1, int(np.prod(page.shape, dtype=object)), 4 * most_pixels)  # it can have depth, and samples
        if values is not None and (page.shape != values.shape or page.dtype != values.dtype):
            raise Undecodable("Its pages differ in size or kind, so they have no maximum.")
        values = page.asarray() if values is None else np.maximum(values, page.asarray())
    return values


def read_slices(array: Any, leading: tuple[int, ...], numbers: range) -> Any:
    """The maximum of some slices over the last two dimensions, which are counted through those before (`leading`)."""
    import numpy as np

    values: Any = None
    for number in numbers:
        at = tuple(int(one) for one in np.unravel_index(number, leading)) if leading else ()
        plane = array[(*at, slice(None), slice(None))]
        values = plane if values is None else np.maximum(values, plane)
    return values
