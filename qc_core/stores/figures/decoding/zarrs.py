"""Read slices of an array in a Zarr folder, and no other chunks: one, or the maximum of several."""

from collections.abc import AsyncIterator, Iterable
from math import prod
from typing import Any

import zarr
from zarr.abc.store import (
    ByteRequest,
    OffsetByteRequest,
    RangeByteRequest,
    Store,
    SuffixByteRequest,
)
from zarr.core.buffer import Buffer, BufferPrototype

from qc_core.stores.figures.decoding.array_choice import MOST_UNPACKED, choose_array, offer_arrays
from qc_core.stores.figures.decoding.sources import FigureSource
from qc_core.stores.figures.decoding.stacks import Pages, Stack, read_slices
from qc_core.stores.figures.decoding.undecodable import Undecodable
from qc_core.stores.figures.decoding.zarr_metadata import ZarrArray, find_arrays

_MOST_FILE = MOST_UNPACKED // 4
"""Bytes that are read of one file of a Zarr: a chunk that is packed."""


def read_zarr(source: FigureSource, wanted: Pages, most_pixels: int, array: str = "") -> Stack:
    """Slices of an array of numbers of a Zarr folder, over its last two dimensions. Raises Undecodable.

    It is the array of that name, or the one that `choose_array` takes.
    """
    arrays = find_arrays(source, most_pixels)
    offered = [one.found for one in arrays]
    name = choose_array(offered, array).name
    chosen = next(one for one in arrays if one.found.name == name)
    leading = chosen.found.shape[:-2]
    number = prod(leading)
    numbers = wanted.of(number)
    try:
        with zarr.config.set({"threading.max_workers": 1}):
            opened: Any = zarr.open_array(
                _OneArray(source, chosen),
                path=chosen.path,
                mode="r",
                zarr_format=2 if chosen.format == 2 else 3,
            )
            values = read_slices(opened, leading, numbers)
    except (Undecodable, MemoryError):
        raise
    except Exception as error:  # zarr and numcodecs raise of any kind for metadata and chunks that they did not expect
        raise Undecodable(f"It is damaged, or not of a kind that is read ({type(error).__name__}).") from error
    return Stack(values, numbers, number, name if name != "/" else "", offer_arrays(offered))


class _OneArray(Store):
    """The files of one array, to be read: its metadata as it was checked, and its chunks."""

    supports_writes = False
    supports_deletes = False
    supports_listing = False

    def __init__(self, source: FigureSource, array: ZarrArray) -> None:
        super().__init__(read_only=True)
        self._source, self._array = source, array

    def __eq__(self, value: object) -> bool:
        return self is value

    def __hash__(self) -> int:
        return id(self)

    async def get(self, key: str, prototype: BufferPrototype, byte_range: ByteRequest | None = None) -> Buffer | None:
        """The bytes of a file, None where there is none. Raises Undecodable for one that is too large."""
        if key == self._array.key:
            return prototype.buffer.from_bytes(self._array.metadata)
        if key.rpartition("/")[2].startswith((".z", "zarr.json")):
            return None
        match byte_range:
            case RangeByteRequest(start, end):
                content = self._source.read(key, start, min(end - start, _MOST_FILE + 1))
            case OffsetByteRequest(start):
                content = self._source.read(key, start, _MOST_FILE + 1)
            case SuffixByteRequest(length):
                content = self._source.read(key, -length, min(length, _MOST_FILE + 1))
            case _:
                content = self._source.read(key, 0, _MOST_FILE + 1)
        if content is None:
            return None
        if len(content) > _MOST_FILE:
            raise Undecodable("Its chunks are too large: for one slice too much would have to be read.")
        return prototype.buffer.from_bytes(content)

    async def get_partial_values(
        self, prototype: BufferPrototype, key_ranges: Iterable[tuple[str, ByteRequest | None]]
    ) -> list[Buffer | None]:
        """As `get`, of several."""
        return [await self.get(key, prototype, wanted) for key, wanted in key_ranges]

    async def exists(self, key: str) -> bool:
        """Whether there is such a file."""
        return key == self._array.key or self._source.read(key, 0, 1) is not None

    async def set(self, key: str, value: Buffer) -> None:
        """Nothing is written."""
        raise PermissionError(key)

    async def delete(self, key: str) -> None:
        """Nothing is deleted."""
        raise PermissionError(key)

    async def _list_nothing(self) -> AsyncIterator[str]:
        names: tuple[str, ...] = ()
        for name in names:
            yield name

    def list(self) -> AsyncIterator[str]:
        """Nothing is listed."""
        return self._list_nothing()

    def list_prefix(self, prefix: str) -> AsyncIterator[str]:
        """Nothing is listed."""
        return self._list_nothing()

    def list_dir(self, prefix: str) -> AsyncIterator[str]:
        """Nothing is listed."""
        return self._list_nothing()
