"""Read slices of an array in an HDF5 or NWB file, and nothing else of it: one, or the maximum of several.

Nothing outside the file is read: external and soft links are not followed, and arrays whose values lie in other files
are left out. Only filters that come with HDF5 itself, or with h5py, are run.
"""

from collections.abc import Iterator
from itertools import islice
from math import ceil, prod
from pathlib import Path
from typing import Any

from qc_core.stores.figures.decoding.stacks import Pages, Stack
from qc_core.stores.figures.decoding.undecodable import Undecodable, check_size

_SIGNATURE = b"\x89HDF\r\n\x1a\n"
_FILTERS = frozenset({1, 2, 3, 5, 6, 32000})
"""Deflate, shuffle, Fletcher's checksum, n-bit, scale and offset, LZF, by the numbers that HDF5 gives them."""
_LEAST_SIDE = 8
"""A narrower array is a table, and no picture."""
_MOST_OBJECTS, _DEEPEST = 5000, 16
_MOST_CHUNK, _MOST_UNPACKED = 64 * 1024**2, 512 * 1024**2
"""Bytes of one chunk, and of all chunks that a slice touches, once they are unpacked."""


def read_array(source: str, wanted: Pages, most_pixels: int) -> Stack | None:
    """Slices of the largest array of numbers of an HDF5 file, over its last two dimensions; None for another file.

    An array with three dimensions or more comes before one with two. Raises Undecodable.
    """
    with Path(source).open("rb") as file:
        if file.read(len(_SIGNATURE)) != _SIGNATURE:
            return None
    import h5py

    try:
        with h5py.File(source, "r", locking=False, rdcc_nbytes=_MOST_CHUNK) as opened:
            fitting = [array for array in islice(_arrays(opened), _MOST_OBJECTS) if _fits(array, most_pixels)]
            if not fitting:
                raise Undecodable("It holds no array of numbers that could be shown as pictures.")
            return _read(max(fitting, key=lambda array: (array.ndim > 2, array.size)), wanted, most_pixels)
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


def _fits(array: Any, most_pixels: int) -> bool:
    """Whether its values are numbers in this very file, in planes that can be shown."""
    if array.shape is None or len(array.shape) < 2 or array.dtype.kind not in "iuf" or not array.size:
        return False
    height, width = array.shape[-2:]
    if min(height, width) < _LEAST_SIDE or height * width > most_pixels:
        return False
    return not (array.is_virtual or array.external)


def _read(array: Any, wanted: Pages, most_pixels: int) -> Stack:
    import numpy as np

    *leading, height, width = array.shape
    check_size(width, height, most_pixels)
    _check_storage(array)
    number = prod(leading)
    numbers = wanted.of(number)
    values: Any = None
    for page in numbers:
        at = tuple(int(one) for one in np.unravel_index(page, leading)) if leading else ()
        plane = array[(*at, slice(None), slice(None))]
        values = plane if values is None else np.maximum(values, plane)
    return Stack(values, numbers, number, array.name)


def _check_storage(array: Any) -> None:
    """Raises Undecodable where a filter is not one of ours, or where a slice would unpack too much."""
    stored = array.id.get_create_plist()
    filters = {stored.get_filter(number)[0] for number in range(stored.get_nfilters())}
    if not filters <= _FILTERS:
        raise Undecodable("It is packed in a way that the portal does not read. Deflate (gzip) and LZF are read.")
    if array.chunks is None:
        return
    chunk = prod(array.chunks) * array.dtype.itemsize
    touched = prod(ceil(length / part) for length, part in zip(array.shape[-2:], array.chunks[-2:], strict=True))
    if chunk > _MOST_CHUNK or chunk * touched > _MOST_UNPACKED:
        raise Undecodable("Its chunks are too large: for one slice too much would have to be read.")
