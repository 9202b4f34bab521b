"""The lease of an index: one process at a time may write it, by a lock on a file that ends with the process."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from qc_core.errors import StoreUnavailable


@contextmanager
def lease(path: Path, *, wait: float = 0.0) -> Iterator[bool]:
    """Whether this process, and thread, has the lease of the index at a path, for the length of the block.

    Another one has it where it is not there within `wait` seconds. Raises StoreUnavailable where no lock can be taken.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(f"{path}.lease", timeout=wait, mode=0o600, thread_local=False)
        lock.acquire()
    except Timeout:
        yield False
        return
    except OSError as error:
        raise StoreUnavailable(f"The index of assets cannot be locked: {error}.") from error
    try:
        yield True
    finally:
        lock.release()
