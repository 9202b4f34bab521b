"""Read a whole file up to a limit, so that an oversized one cannot exhaust the memory."""

import os
from pathlib import Path

MAX_DOCUMENT_BYTES = 100_000_000
"""Bytes of a JSON file that is read whole. The largest real documents that are known have a few million."""


class FileTooLargeError(OSError):
    """A file is larger than what is read of its kind; as text a clause that can follow "because"."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"it is larger than {limit // 1_000_000:,} MB, more than is read")


def read_limited(path: Path, limit: int = MAX_DOCUMENT_BYTES) -> bytes:
    """All bytes of a file. Raises FileTooLargeError where it has more than `limit`, and OSError."""
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size > limit:  # also of a sparse file, which costs nothing to make
            raise FileTooLargeError(limit)
        raw = file.read(limit + 1)
    if len(raw) > limit:
        raise FileTooLargeError(limit)
    return raw
