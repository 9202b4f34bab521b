"""Copies of figures from hosted stores, for what the portal itself reads: in a cache on disk."""

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from qc_core.errors import ReferenceUnreadable, StoreUnavailable
from qc_core.references.kind import suffix
from qc_core.stores.files.disk_cache import DiskCache

MAX_FILE_BYTES = 500_000_000
MAX_CACHE_BYTES = 4_000_000_000
"""Bytes of one copy, and of all."""
_MAX_SUFFIX_CHARACTERS = 10


class FigureCopies:
    """Files by what they are copies of. Safe for many threads, and for several processes with one folder."""

    def __init__(self, folder: Path, *, largest: int = MAX_FILE_BYTES, most: int = MAX_CACHE_BYTES) -> None:
        """The folder is made with the first copy."""
        self._cache, self._largest = DiskCache(folder, most), largest

    def copy_of(self, what: str, name: str, chunks: Callable[[], Iterable[bytes]], *, sha1: str | None = None) -> Path:
        """The copy of `what`, which names the version too; made from `chunks` where it is not there yet.

        `name` is how people know it. Raises ReferenceUnreadable when it is too large, or its bytes do not have the
        SHA-1 that they should, and whatever `chunks` raises; StoreUnavailable when it cannot be written.
        """
        digest = hashlib.sha256(what.encode("utf-8", "surrogatepass")).hexdigest()
        file = f"{digest}{_suffix(name)}"
        with self._cache.lock(digest):
            try:
                return self._cache.get(file) or self._cache.put(
                    file, lambda path: self._write(path, name, chunks(), sha1)
                )
            except OSError as error:
                raise _not_written(name, error) from error

    def link_under_name(self, file: Path, name: str) -> Path:
        """The same file under a path with the suffix of `name`. Raises StoreUnavailable when that cannot be made."""
        folder = self._cache.folder
        link = folder / f"{hashlib.sha256(os.fsencode(file)).hexdigest()}{_suffix(name)}"
        try:
            if not (link.is_symlink() and link.readlink() == file):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                fresh = self._cache.temporary_file()
                fresh.symlink_to(file)
                fresh.replace(link)
        except OSError as error:
            raise _not_written(name, error) from error
        return link

    def _write(self, path: Path, name: str, chunks: Iterable[bytes], sha1: str | None) -> None:
        seen, size = hashlib.sha1(usedforsecurity=False), 0
        with path.open("xb") as file:
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
                f"The figure {name} does not match the hash in its address.",
                "Tell the people who run the store: the file may be damaged.",
            )


def _suffix(name: str) -> str:
    """The suffix, by which the media type is chosen; no other part of a record's name becomes part of a path."""
    ending = suffix(name)
    return f".{ending}" if ending.isascii() and ending.isalnum() and len(ending) <= _MAX_SUFFIX_CHARACTERS else ""


def _not_written(name: str, error: OSError) -> StoreUnavailable:
    return StoreUnavailable(
        f"The figure {name} could not be copied here ({error.strerror or error}).",
        "Ask the administrators of this portal whether its disk is full.",
    )
