"""Files that are read while another program writes them in place: shortly afterwards they are whole."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from qc_core.errors import BadRecord

Answer = TypeVar("Answer")
ATTEMPTS = 10
"""How often a file is read again that was written just now and cannot be understood: for a quarter of a second."""
PAUSE = 0.025
_JUST_NOW_NS = 1_000_000_000


def is_being_written(path: Path) -> bool:
    """Whether a file was written within the last second, so that the rest of it may be still to come."""
    try:
        return abs(time.time_ns() - path.stat().st_mtime_ns) < _JUST_NOW_NS
    except OSError:
        return False


def read_whole(path: Path, read: Callable[[], Answer]) -> Answer:
    """What `read` makes of a file, again while the file is being written and that raises BadRecord."""
    for _ in range(ATTEMPTS - 1):
        try:
            return read()
        except BadRecord:
            if not is_being_written(path):
                raise
        time.sleep(PAUSE)
    return read()
