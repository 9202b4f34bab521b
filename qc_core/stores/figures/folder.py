"""Figures in an asset's own folder; nothing outside of it is read, whatever links and paths lead to."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from qc_core.errors import ReferenceUnreadable
from qc_core.references.kind import suffix
from qc_core.stores.ports import Measured

TELL_PIPELINE_AUTHORS = (
    "Tell the people who run the pipeline that wrote the record: the figure was never written, or was moved."
)


_MAX_FILES = 20_000
"""Of a Zarr, whose size is the sum of so many files: beyond that it is a lower bound."""


def file_inside(folder: Path, path: str) -> Path:
    """As `find_inside`, and raises ReferenceUnreadable also where nothing is there."""
    found = find_inside(folder, path)
    if found is None:
        raise ReferenceUnreadable(f"The figure {path} is missing from the asset.", TELL_PIPELINE_AUTHORS)
    return found


def find_inside(folder: Path, path: str) -> Path | None:
    """The real file at a relative path of a folder, links resolved, or None where nothing is there.

    `results/` may lie between, as in a pipeline's own paths. Nothing in the path is decoded. Raises
    ReferenceUnreadable for what is not a file, or outside.
    """
    for start in (folder, folder / "results"):
        try:
            real = (start / path).resolve()
            inside = real.is_relative_to(folder.resolve())
            mode = real.stat().st_mode if inside else 0
        except (OSError, RuntimeError, ValueError):  # gone, a link in circles, a path with a zero byte
            continue
        if not inside:
            raise ReferenceUnreadable(
                f"The figure {path} leads out of its asset, so it is not shown.", "Copy the file into the asset."
            )
        if not stat.S_ISREG(mode):
            raise ReferenceUnreadable(f"The figure {path} is not a file.", TELL_PIPELINE_AUTHORS)
        return real
    return None


class SemicolonNames:
    """Which relative paths of a folder are files with a `;` in their name; a folder is listed once at most."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._listed: dict[Path, set[str]] = {}

    def exist(self, path: str) -> bool:
        """Whether there is such a file inside; never raises. A path without a `;` is none."""
        before, mark, after = path.partition(";")
        parent, _, begin = before.rpartition("/")
        name = f"{begin}{mark}{after.partition('/')[0]}"
        if not mark or not any(
            name in self._names(start / parent) for start in (self._folder, self._folder / "results")
        ):
            return False
        try:
            return find_inside(self._folder, path) is not None
        except ReferenceUnreadable:
            return False

    def _names(self, folder: Path) -> set[str]:
        if folder not in self._listed:
            try:
                self._listed[folder] = {one.name for one in folder.iterdir() if ";" in one.name}
            except (OSError, ValueError):
                self._listed[folder] = set()
        return self._listed[folder]


def read_first_bytes(file: Path, count: int) -> bytes:
    """The first bytes of a file, b"" where it cannot be read."""
    try:
        with file.open("rb") as opened:
            return opened.read(count)
    except OSError:
        return b""


def size_of_file(file: Path) -> Measured | None:
    """The size of a file, None where it cannot be looked at."""
    try:
        return Measured(file.stat().st_size)
    except OSError:
        return None


def size_of_zarr(folder: Path, path: str, most: int = _MAX_FILES) -> Measured | None:
    """The size of all files in a Zarr inside a folder, of at most so many; None where the path names no such folder.

    Links are not followed.
    """
    real = find_zarr_inside(folder, path)
    if real is None:
        return None
    sizes = list(islice(_sizes_below(real), most + 1))
    return Measured(sum(sizes[:most]), len(sizes) <= most)


def find_zarr_inside(folder: Path, path: str) -> Path | None:
    """The real folder of a Zarr at a relative path of a folder, links resolved; None where the path names none."""
    for start in (folder, folder / "results"):
        try:
            real = (start / path).resolve()
            if suffix(path) == "zarr" and real.is_relative_to(folder.resolve()) and real.is_dir():
                return real
        except (OSError, RuntimeError, ValueError):
            continue
    return None


def _sizes_below(folder: Path) -> Iterator[int]:
    for where, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                yield os.lstat(Path(where) / name).st_size
