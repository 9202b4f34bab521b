"""Copies of figures from hosted stores, for what the portal itself reads: on disk, with a limit; oldest go first."""

import hashlib
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from qc_core.errors import ReferenceUnreadable, StoreUnavailable
from qc_core.references.kind import suffix

LARGEST = 500_000_000
MOST = 4_000_000_000
"""Bytes of one copy, and of all."""
_LOCKS = 32
_LONGEST_SUFFIX = 10


class FigureCopies:
    """Files by what they are copies of. Safe for many threads, and for several processes with one folder."""

    def __init__(self, folder: Path, *, largest: int = LARGEST, most: int = MOST) -> None:
        """The folder is made with the first copy."""
        self._folder, self._largest, self._most = folder, largest, most
        self._locks = [threading.Lock() for _ in range(_LOCKS)]

    def copy_of(self, what: str, name: str, chunks: Callable[[], Iterable[bytes]], *, sha1: str | None = None) -> Path:
        """The copy of `what`, which says the version too; made from `chunks` where it is not there yet.

        `name` is how people know it. Raises ReferenceUnreadable when it is too large, or its bytes do not have the
        SHA-1 that they should, and whatever `chunks` raises; StoreUnavailable when it cannot be written.
        """
        digest = hashlib.sha256(what.encode("utf-8", "surrogatepass")).hexdigest()
        path = self._folder / f"{digest}{_suffix(name)}"
        with self._locks[int(digest[:8], 16) % _LOCKS]:  # two that ask at once load it once
            if self._is_there(path):
                return path
            try:
                self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                self._write(path, name, chunks(), sha1)
                self._make_room(path)
            except OSError as error:
                raise _not_written(name, error) from error
        return path

    def named(self, file: Path, name: str) -> Path:
        """The same file under a path with the suffix of `name`. Raises StoreUnavailable when that cannot be made."""
        link = self._folder / f"{hashlib.sha256(os.fsencode(file)).hexdigest()}{_suffix(name)}"
        try:
            if not (link.is_symlink() and link.readlink() == file):
                self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                with tempfile.TemporaryDirectory(dir=self._folder) as beside:
                    (Path(beside) / "link").symlink_to(file)
                    (Path(beside) / "link").replace(link)
        except OSError as error:
            raise _not_written(name, error) from error
        return link

    def _is_there(self, path: Path) -> bool:
        try:
            # When it was used last; when it was written stays, since the browser is told that as its version.
            os.utime(path, ns=(time.time_ns(), path.stat().st_mtime_ns))
        except OSError:
            return False
        return True

    def _write(self, path: Path, name: str, chunks: Iterable[bytes], sha1: str | None) -> None:
        descriptor, temporary = tempfile.mkstemp(dir=self._folder, suffix=".writing")
        seen, size = hashlib.sha1(usedforsecurity=False), 0
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in chunks:
                    size += len(chunk)
                    if size > self._largest:
                        raise ReferenceUnreadable(
                            f"The figure {name} is larger than {self._largest // 1_000_000} MB.",
                            "That is too large to read here: download it, or have a smaller one written.",
                        )
                    seen.update(chunk)
                    file.write(chunk)
            if sha1 is not None and seen.hexdigest() != sha1:
                raise ReferenceUnreadable(
                    f"The figure {name} does not have the bytes that its address promises.",
                    "Tell the people who run the store: the file may be damaged.",
                )
            Path(temporary).replace(path)
        finally:
            Path(temporary).unlink(missing_ok=True)

    def _make_room(self, newest: Path) -> None:
        copies = []
        for path in self._folder.iterdir():
            try:
                copies.append((path.stat().st_atime_ns, path.stat().st_size, path))
            except OSError:  # another process was first
                continue
        total = sum(size for _, size, _ in copies)
        most = min(self._most, shutil.disk_usage(self._folder).total // 2)  # it may be a small one, in memory
        for _, size, path in sorted(copies):
            if total <= most:
                return
            if path != newest:
                path.unlink(missing_ok=True)
                total -= size


def _suffix(name: str) -> str:
    """What the media type is told by; nothing else of a name that a record gives becomes part of a path."""
    said = suffix(name)
    return f".{said}" if said.isascii() and said.isalnum() and len(said) <= _LONGEST_SUFFIX else ""


def _not_written(name: str, error: OSError) -> StoreUnavailable:
    return StoreUnavailable(
        f"The figure {name} could not be copied here ({error.strerror or error}).",
        "Ask the administrators of this portal whether its disk is full.",
    )
