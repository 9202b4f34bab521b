"""A page of a TIFF of 2 GB, and a slice of such an HDF5 and Zarr: how long it takes, and how much of the file it reads.

The first one is asked for once the page of the review has named the file. The library is imported meanwhile.
The files are sparse: their 4,000 pages take little on the disk.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import h5py
import numpy as np
import tifffile
import zarr

from bench.figures import Aim, Figure
from bench.measures import Bench
from qc_core.stores.figures.conversions import Conversions
from qc_core.stores.figures.decoding.arrays import read_array
from qc_core.stores.figures.decoding.sources import LocalSource
from qc_core.stores.figures.decoding.stacks import Pages, read_stack
from qc_core.stores.figures.decoding.zarrs import read_zarr

_PAGES, _SIDE = 4000, 512


def stacks(bench: Bench) -> Iterator[Figure]:
    """The first page and others, none of which is kept in the cache."""
    tiff, hdf5, folder = (bench.folder / f"stack.{suffix}" for suffix in ("tif", "h5", "zarr"))
    tifffile.memmap(tiff, shape=(_PAGES, _SIDE, _SIDE), dtype="uint16", bigtiff=True)[_PAGES // 2] = 5
    with h5py.File(hdf5, "w") as file:
        file.create_dataset("movie", (_PAGES, _SIDE, _SIDE), "u2")[_PAGES // 2] = 5
    yield from _measure(bench, tiff, "page of a TIFF", read_stack)
    yield from _measure(bench, hdf5, "slice of an HDF5", read_array)
    stored = zarr.create_array(
        folder, shape=(_PAGES, _SIDE, _SIDE), chunks=(1, _SIDE, _SIDE), dtype="uint16", compressors=None
    )
    stored[0] = stored[_PAGES // 2] = 5
    yield from _measure(bench, folder, "slice of a Zarr", read_zarr)


def _measure(bench: Bench, path: Path, what: str, read: Callable[..., object]) -> Iterator[Figure]:
    conversions = Conversions(bench.folder / f"{path.name}-converted")
    record = f"{2 * _PAGES * _SIDE**2 / 1e9:.1f} GB"
    begun = time.perf_counter()
    conversions.prepare([path.name])  # as the page of a review does that names such a file
    _convert_another_file(bench, conversions)  # it waits for that
    yield Figure(
        f"the review of a {path.suffix} is open: its library is imported", record, [time.perf_counter() - begun]
    )
    first: list[float] = []
    others: list[float] = []
    for number in range(bench.rounds):
        page = number * (_PAGES // bench.rounds)
        (others if page else first).append(_measure_page(conversions, path, page))
    yield Figure(f"first {what}", record, first, aim=Aim(1))
    yield Figure(f"another {what}", record, others, aim=Aim(1))
    read_bytes = _measure_bytes(lambda: read(LocalSource(str(path)), Pages(_PAGES // 2), 10**8))
    yield Figure(f"what is read for a {what}", record, [read_bytes / 1e6], unit="MB", aim=Aim(20), digits=1)
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def _convert_another_file(bench: Bench, conversions: Conversions) -> None:
    small = bench.folder / "small.tif"
    tifffile.imwrite(small, np.zeros((8, 8), "u2"))
    conversions.png(small)


def _measure_page(conversions: Conversions, path: Path, page: int) -> float:
    begun = time.perf_counter()
    conversions.png(path, pages=(page, 1))
    return time.perf_counter() - begun


def _measure_bytes(read: Callable[[], object]) -> int:
    def count() -> int:
        return int(Path("/proc/self/io").read_text().split()[1])

    before = count()
    read()
    return count() - before
