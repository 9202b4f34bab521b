"""Read the file of a figure, or the files of a folder by their paths in it.

A folder is left by no path and no link: what leads out of it counts as missing.
"""

import errno
import io
import json
import os
from collections import OrderedDict
from pathlib import Path
from typing import Any, BinaryIO, Protocol

MAX_LISTED = 2000
"""Names that are read of one folder."""
_BLOCK, _KEPT, _MOST_AT_ONCE, _PIECE = 256 * 1024, 128, 64 * 1024**2, 1 << 20
"""Bytes of a block of a hosted file, how many are kept, and the bytes of one request and of one piece of its answer."""


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


class HostedSource:
    """In a hosted store, of which the portal gives parts at request: the limited process has no credentials for it."""

    def __init__(self, size: int | None) -> None:
        self.is_folder = size is None
        self._size = size or 0

    def open(self) -> BinaryIO:
        """As `FigureSource.open`."""
        return io.BufferedReader(_PartsOfFile(self._size), _BLOCK)

    def read(self, key: str, start: int = 0, length: int | None = None) -> bytes | None:
        """As `FigureSource.read`."""
        return _ask("read", key, start, _MOST_AT_ONCE if length is None else length)

    def list_names(self, key: str) -> list[str]:
        """As `FigureSource.list_names`."""
        return [str(name) for name in json.loads(_ask("list", key, 0, 0) or b"[]")][:MAX_LISTED]


class _PartsOfFile(io.RawIOBase):
    """A file by its parts, in whole blocks, of which the last ones are kept."""

    def __init__(self, size: int) -> None:
        self._size, self._at = size, 0
        self._blocks: OrderedDict[int, bytes] = OrderedDict()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        self._at = base + offset
        return self._at

    def readinto(self, buffer: Any) -> int:
        wanted = memoryview(buffer).cast("B")
        end = min(self._at + min(len(wanted), _MOST_AT_ONCE), self._size)
        if end <= self._at:
            return 0
        first, last = self._at // _BLOCK, (end - 1) // _BLOCK
        missing = [number for number in range(first, last + 1) if number not in self._blocks]
        if missing:
            self._load(missing[0], missing[-1])
        content = b"".join(self._blocks[number] for number in range(first, last + 1))
        part = content[self._at - first * _BLOCK :][: end - self._at]
        wanted[: len(part)] = part
        self._at += len(part)
        while len(self._blocks) > _KEPT:
            self._blocks.popitem(last=False)
        return len(part)

    def _load(self, first: int, last: int) -> None:
        content = _ask("read", "", first * _BLOCK, min((last + 1) * _BLOCK, self._size) - first * _BLOCK) or b""
        for number in range(first, last + 1):
            at = (number - first) * _BLOCK
            self._blocks[number] = content[at : at + _BLOCK]


def connect(channel: int) -> None:
    """Which file descriptor the portal answers requests for parts on."""
    _connected[:] = [channel]


def _ask(what: str, key: str, start: int, length: int) -> bytes | None:
    """Have the portal read. It ends this process where it does not."""
    (channel,) = _connected
    request = b"read " + json.dumps([what, key, start, length]).encode() + b"\n"
    while request:
        request = request[os.write(channel, request) :]
    count = int.from_bytes(_receive(channel, 8), "big", signed=True)
    return None if count < 0 else _receive(channel, count)


def _receive(channel: int, count: int) -> bytes:
    received = bytearray()
    while len(received) < count:
        piece = os.read(channel, min(count - len(received), _PIECE))
        if not piece:
            raise OSError(errno.EPIPE, os.strerror(errno.EPIPE))
        received += piece
    return bytes(received)


_connected: list[int] = []


def open_source(source: str | dict[str, Any]) -> FigureSource:
    """The source that a task names: by its path, or by `{"name": …, "size": …}` where the portal gives parts of it."""
    return LocalSource(source) if isinstance(source, str) else HostedSource(source["size"])
