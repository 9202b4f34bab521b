"""A page of a TIFF of 2 GB, and a slice of such an HDF5: how long it takes, and how much of the file it reads.

The file is sparse: its 4,000 pages take 2 MB on the disk.
"""

import time
from collections.abc import Iterator
from pathlib import Path

import tifffile

from bench.figures import Aim, Figure
from bench.measures import Bench
from qc_core.stores.figures.conversions import Conversions
from qc_core.stores.figures.decoding import stacks as stack_files
from qc_core.stores.figures.decoding.stacks import Pages

_PAGES, _SIDE = 4000, 512


def stacks(bench: Bench) -> Iterator[Figure]:
    """The first page and others, none of which is kept in the cache."""
    path = bench.folder / "stack.tif"
    tifffile.memmap(path, shape=(_PAGES, _SIDE, _SIDE), dtype="uint16", bigtiff=True)[_PAGES // 2] = 5
    conversions = Conversions(bench.folder / "stack-converted")
    record = f"{path.stat().st_size / 1e9:.1f} GB"
    first: list[float] = []
    others: list[float] = []
    for number in range(bench.rounds):
        page = number * (_PAGES // bench.rounds)
        (others if page else first).append(_measure_page(conversions, path, page))
    yield Figure("first page of a TIFF", record, first, aim=Aim(1))
    yield Figure("another page of it", record, others, aim=Aim(1))
    yield Figure("what is read for a page", record, [_measure_bytes(path) / 1e6], unit="MB", aim=Aim(20), digits=1)
    path.unlink()


def _measure_page(conversions: Conversions, path: Path, page: int) -> float:
    begun = time.perf_counter()
    conversions.png(path, pages=(page, 1))
    return time.perf_counter() - begun


def _measure_bytes(path: Path) -> int:
    def count() -> int:
        return int(Path("/proc/self/io").read_text().split()[1])

    before = count()
    stack_files.read_stack(str(path), Pages(_PAGES // 2), 10**8)
    return count() - before
