"""The process that keeps an index fresh, `python -m qc_core index --follow`: a portal starts it and ends with it."""

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event, Lock, Thread

from qc_core.errors import StoreUnavailable
from qc_core.stores.background import start_thread
from qc_core.stores.index.file import IndexFile
from qc_core.stores.index.lease import lease
from qc_core.stores.index.refresher import Refresher
from qc_core.stores.index.schema import BrokenIndexError, remove_file
from qc_core.stores.index.shared import SharedCopy

log = logging.getLogger("qc_portal")
_ROOT = Path(__file__).resolve().parents[3]
_AGAIN_AFTER = 30.0
"""Seconds after which a process that ended is started again."""


class IndexProcess:
    """Starts the process, and again where it ended; it ends with this one, however that ends."""

    def __init__(self, path: Path) -> None:
        """`path` is that of the index file."""
        self._command = [sys.executable, "-m", "qc_core", "index", "--follow", "--file", str(path)]
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = Event()
        self._starting = Lock()

    def start(self) -> None:
        """Start it, on a thread that watches over it. Raises StoreUnavailable where there are no more threads."""
        start_thread("index process", self._watch)

    def is_running(self) -> bool:
        """Whether it runs, or is just being started."""
        process = self._process
        return not self._stopped.is_set() and (process is None or process.poll() is None)

    def stop(self) -> None:
        """End it, and start it no more."""
        with self._starting:
            self._stopped.set()
        if self._process is not None:
            self._process.terminate()
            self._process.wait()

    def _watch(self) -> None:
        while not self._stopped.is_set():
            try:
                with self._starting:
                    if self._stopped.is_set():
                        return
                    # Its standard input ends with this process: that is how it learns of it.
                    self._process = subprocess.Popen(self._command, cwd=_ROOT, stdin=subprocess.PIPE)
            except OSError as error:
                log.warning("the process that keeps the index of assets cannot be started: %s", error)
                return
            code = self._process.wait()
            if not self._stopped.is_set():
                log.warning("the process that keeps the index of assets ended (%d); it is started again", code)
                self._stopped.wait(_AGAIN_AFTER)


def end_with_parent(act: Callable[[], object]) -> None:
    """Call `act` once the standard input ends: then the process that started this one is gone."""

    def wait() -> None:
        while os.read(sys.stdin.fileno(), 1024):
            pass
        act()

    Thread(target=wait, name="parent", daemon=True).start()


def keep_fresh(
    path: Path,
    make_refresher: Callable[[IndexFile], Refresher],
    every: float,
    stopped: Event,
    *,
    once: bool = False,
    shared: SharedCopy | None = None,
) -> bool:
    """Refresh the index at a path every so many seconds, until `stopped`; whether the last refresh went well.

    While another process of this computer has the lease, this one waits. Of those that have a `shared` copy, one reads
    all records, and the others start from its copy. With `once` it ends after the first refresh. Raises
    StoreUnavailable with `once`, where the file cannot be used.
    """
    well = False
    while not stopped.is_set():
        with lease(path, wait=1.0) as is_ours:
            while is_ours and not stopped.is_set():
                well = _refresh(path, make_refresher, shared, is_fatal=once)
                if once:
                    return well
                stopped.wait(every)
    return well


def _refresh(
    path: Path, make_refresher: Callable[[IndexFile], Refresher], shared: SharedCopy | None, *, is_fatal: bool
) -> bool:
    try:
        reads_all = shared is None or shared.hold()
        if shared is not None and not (reads_all and _is_complete(path)):
            shared.adopt()
        with closing(IndexFile(path)) as file:
            before = file.state().all_read_at
            refresher = make_refresher(file)
            if shared is not None and reads_all:
                refresher.on_page = shared.hold
            well = refresher.refresh(only_changes=not reads_all)
            if shared is not None and reads_all and file.state().all_read_at != before:
                shared.publish()
            return well
    except BrokenIndexError as error:
        log.warning("the index of assets is broken and is made again: %s", error)
        remove_file(path)
    except StoreUnavailable as error:
        if is_fatal:
            raise
        log.warning("the index of assets cannot be refreshed: %s", error)
    return False


def _is_complete(path: Path) -> bool:
    if not path.exists():
        return False
    with closing(IndexFile(path)) as file:
        return file.state().all_read_at is not None
