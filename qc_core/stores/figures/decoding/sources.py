"""Read the file of a figure, or the files of a folder by their paths in it.

A folder is left by no path and no link: what leads out of it counts as missing.
"""

import os
from pathlib import Path
from typing import BinaryIO, Protocol

MAX_LISTED = 2000
"""Names that are read of one folder."""


class FigureSource(Protocol):
    """A file, or a folder of files."""

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder: then `open` is not called, else `read` and `list_names` are not."""
        ...

    def open(self) -> BinaryIO:
        """The file from its beginning, which may be moved in. Raises OSError."""
        ...

    def read(self, key: str, start: int = 0, length: int | None = None) -> bytes | None:
        """Bytes of a file of the folder, all from `start` on by default, from its end where `start` is negative.

        None where there is no such file. Raises OSError.
        """
        ...

    def list_names(self, key: str) -> list[str]:
        """The names in a folder of the folder ("" for itself), in order; [] where there is none."""
        ...


class LocalSource:
    """On this machine."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self.is_folder = self._path.is_dir()
        self._inside = Path(os.path.realpath(path))

    def open(self) -> BinaryIO:
        """As `FigureSource.open`."""
        return self._path.open("rb")

    def read(self, key: str, start: int = 0, length: int | None = None) -> bytes | None:
        """As `FigureSource.read`."""
        path = self._find(key)
        if path is None or not path.is_file():
            return None
        with path.open("rb") as file:
            if start:
                file.seek(start, os.SEEK_SET if start > 0 else os.SEEK_END)
            return file.read(-1 if length is None else length)

    def list_names(self, key: str) -> list[str]:
        """As `FigureSource.list_names`."""
        folder = self._find(key)
        if folder is None or not folder.is_dir():
            return []
        names = []
        with os.scandir(folder) as entries:
            for entry in entries:
                names.append(entry.name)
                if len(names) >= MAX_LISTED:
                    break
        return sorted(names)

    def _find(self, key: str) -> Path | None:
        try:
            real = (self._inside / key).resolve()
            return real if real.is_relative_to(self._inside) else None
        except (OSError, RuntimeError, ValueError):  # a link in circles, a path with a zero byte
            return None


def open_source(source: str) -> FigureSource:
    """The source that a task names."""
    return LocalSource(source)
