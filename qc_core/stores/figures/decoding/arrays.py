"""Read slices of an array in an HDF5 or NWB file, and nothing else of it: one, or the maximum of several.

Nothing outside the file is read: external and soft links are not followed, and arrays whose values lie in other files
are left out. Only filters that come with HDF5 itself, or with h5py, are run.
"""

from collections.abc import Iterator
from itertools import islice
from math import prod
from typing import Any

from qc_core.stores.figures.decoding.array_choice import (
    MOST_CHUNK,
    FoundArray,
    choose_array,
    is_shown,
    measure_touched,
    offer_arrays,
)
from qc_core.stores.figures.decoding.sources import FigureSource
from qc_core.stores.figures.decoding.stacks import Pages, Stack, read_slices
from qc_core.stores.figures.decoding.undecodable import Undecodable

_SIGNATURE = b"\x89HDF\r\n\x1a\n"
_FILTERS = frozenset({1, 2, 3, 5, 6, 32000})
"""Deflate, shuffle, Fletcher's checksum, n-bit, scale and offset, LZF, by the numbers that HDF5 gives them."""
_MOST_OBJECTS, _DEEPEST = 5000, 16


def read_array(source: FigureSource, wanted: Pages, most_pixels: int, array: str = "") -> Stack | None:
    """Slices of an array of numbers of an HDF5 file, over its last two dimensions; None for another file.

    It is the array of that name, or the one that `choose_array` takes. Raises Undecodable.
    """
    with source.open() as file:
        if file.read(len(_SIGNATURE)) != _SIGNATURE:
            return None
        import h5py

        try:
            with h5py.File(file, "r", rdcc_nbytes=MOST_CHUNK) as opened:
                found = {
                    one.name: one
                    for one in islice(_arrays(opened), _MOST_OBJECTS)
                    if is_shown(one.shape, one.dtype.kind, most_pixels) and not (one.is_virtual or one.external)
                }
                offered = [_describe(one) for one in found.values()]
                chosen = found[choose_array(offered, array).name]
                return _read(chosen, wanted, offered)
        except Undecodable:
            raise
        except MemoryError:
            raise
        except (OSError, RuntimeError, ValueError, TypeError, LookupError, OverflowError) as error:
            raise Undecodable(f"It is damaged, or not of a kind that is read ({type(error).__name__}).") from error


def _arrays(root: Any) -> Iterator[Any]:
    """The arrays of a file by its hard links alone; of groups that hold one another some levels, and no more."""
    import h5py

    waiting, seen = [(root, 0)], 0
    while waiting:
        group, depth = waiting.pop(0)
        for name in group:
            seen += 1
            if seen > _MOST_OBJECTS:
                return
            if not isinstance(group.get(name, getlink=True), h5py.HardLink):
                continue
            found = group[name]
            if isinstance(found, h5py.Group) and depth < _DEEPEST:
                waiting.append((found, depth + 1))
            elif isinstance(found, h5py.Dataset):
                yield found


def _describe(array: Any) -> FoundArray:
    """An array, with the reason where a filter is not one of ours, or a slice would unpack too much."""
    stored = array.id.get_create_plist()
    filters = {stored.get_filter(number)[0] for number in range(stored.get_nfilters())}
    touched, problem = measure_touched(array.shape, array.chunks, array.dtype.itemsize)
    if not filters <= _FILTERS:
        problem = "It is packed in a way that the portal does not read. Deflate (gzip) and LZF are read."
    return FoundArray(array.name, array.shape, array.dtype.name, touched, problem)


def _read(array: Any, wanted: Pages, offered: list[FoundArray]) -> Stack:
    leading = array.shape[:-2]
    number = prod(leading)
    numbers = wanted.of(number)
    return Stack(read_slices(array, leading, numbers), numbers, number, array.name, offer_arrays(offered))
