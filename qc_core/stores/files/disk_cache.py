"""A cache of files in one folder, bounded in bytes: what was not used for longest goes first.

Ours, since no library fits: diskcache has had no release since 2023, pickles values that are not plain, and hands out
no plain file under a name with a suffix of our choice, which is what a route serves.
"""

import hashlib
import os
import secrets
import shutil
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from pathlib import Path

_LOCKS = 32
_ABANDONED_AFTER = 3600.0
"""Seconds after which a file that is not finished was left by a process that ended."""


class DiskCache:
    """Files by key. Safe for many threads, and for several processes over one folder.

    When a file was written stays as it is, since a browser gets that as its version; when it was used is its access
    time, which is set here and not left to the file system.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        """`limit` is in bytes, and at most half of the disk counts. The folder is made with the first file."""
        self.folder, self._limit = folder, limit
        self._locks = [threading.Lock() for _ in range(_LOCKS)]

    def lock(self, key: str) -> AbstractContextManager[bool]:
        """The lock to hold while a file is looked up and made, so that concurrent requests make it once."""
        return self._locks[int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") % _LOCKS]

    def get(self, name: str) -> Path | None:
        """The file of that name, as used just now; None where there is none."""
        path = self.folder / name
        try:
            os.utime(path, ns=(time.time_ns(), path.stat().st_mtime_ns))
        except OSError:
            return None
        return path

    def put(self, name: str, write: Callable[[Path], None]) -> Path:
        """Keep what `write` writes to the path that it is given, whole or not at all; others may go to make room.

        Raises OSError, and what `write` raises.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path, fresh = self.folder / name, self.temporary_file()
        try:
            write(fresh)
            fresh.replace(path)
        finally:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
        self._make_room(path)
        return path

    def temporary_file(self) -> Path:
        """A path in the folder that no file has; the writer of a file there removes it."""
        return self.folder / f".{secrets.token_hex(8)}.writing"

    def _make_room(self, newest: Path) -> None:
        """Remove files until the rest fits. Those that differ in their suffix alone go together."""
        groups: dict[str, list[tuple[int, int, Path]]] = {}
        for path in self.folder.iterdir():
            try:
                about = path.lstat()
            except OSError:  # another process was first
                continue
            is_being_written = path.name.startswith(".") and about.st_mtime > time.time() - _ABANDONED_AFTER
            if not is_being_written:
                groups.setdefault(path.stem, []).append((about.st_atime_ns, about.st_size, path))
        total = sum(size for files in groups.values() for _, size, _ in files)
        limit = min(self._limit, shutil.disk_usage(self.folder).total // 2)  # it may be a small one, in memory
        for stem, files in sorted(groups.items(), key=lambda group: max(group[1])):
            if total <= limit:
                return
            if stem != newest.stem:
                for _, size, path in files:
                    with suppress(OSError):
                        path.unlink(missing_ok=True)
                        total -= size
