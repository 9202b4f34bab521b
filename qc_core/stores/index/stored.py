"""The `AssetIndex` over an index file: columns in memory that follow the file, also where another process writes it.

A process of its own keeps the file fresh (`qc_core/stores/index/process.py`); where there is none, a thread of this
process does. What this process writes itself is read again at once.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event, Lock, RLock
from typing import TYPE_CHECKING, TypeVar

from qc_core.assets.query import AssetQuery, QueryResult
from qc_core.errors import StoreUnavailable
from qc_core.stores.background import start_thread
from qc_core.stores.index.file import FileState, IndexFile
from qc_core.stores.index.lease import lease
from qc_core.stores.index.lines import IndexedLine, LineSource
from qc_core.stores.index.refresher import Refresher
from qc_core.stores.index.schema import BrokenIndexError, remove_file
from qc_core.stores.listing import AssetPage, RecordProgress

if TYPE_CHECKING:
    from qc_core.stores.index.columns import Columns

log = logging.getLogger("qc_portal")
Answer = TypeVar("Answer")
_KEEP_FOR = 30.0
_KEEP_FROM = 20_000
"""Rows that take as long to read as it takes to notice."""
_GONE = ("The index of assets was removed again and again while it was read.", "Try again.")


@dataclass(slots=True)
class _Loaded:
    """An open file, and what was read of it; `unkept` is how many rows since its columns were last kept."""

    file: IndexFile
    columns: "Columns"
    seq: int = 0
    data_version: int = -1
    unkept: int = 0
    state: FileState = field(default_factory=FileState)


class StoredIndex:
    """Answers queries from an index file. Safe for many threads."""

    def __init__(
        self,
        path: Path,
        source: LineSource,
        clock: Callable[[], datetime],
        *,
        every: float = 60.0,
        timeout: float = 2.0,
        monotonic: Callable[[], float] = time.monotonic,
        make_refresher: Callable[[IndexFile], Refresher] | None = None,
        keep_from: int = _KEEP_FROM,
    ) -> None:
        """`every` is after how many seconds the file is refreshed; columns are kept after `keep_from` new rows.

        A query waits for that up to `timeout` seconds, where nothing is known yet, or where `every` is 0.
        """
        self.path = path
        self._source, self._clock, self._monotonic = source, clock, monotonic
        self._every, self._timeout, self._keep_from = every, timeout, keep_from
        self._make_refresher = make_refresher or (lambda file: Refresher(file, source, clock))
        self._loaded: _Loaded | None = None
        self._loading = RLock()
        self._lock = Lock()
        self._refreshing: Event | None = None
        self._refreshed: float | None = None
        self._written: set[str] = set()
        self._reading_written: Event | None = None
        self._is_left: Callable[[], bool] = lambda: False

    def leave_to(self, is_running: Callable[[], bool]) -> None:
        """Refresh nothing but the first records here, as long as another process `is_running` that does it."""
        self._is_left = is_running

    def note_written(self, record_id: str) -> None:
        """This process wrote the record: it is read again now, and the next query waits for that."""
        with self._lock:
            self._written.add(record_id)
        self._read_written()

    def find_known_ids(self, name: str) -> tuple[str, ...]:
        """The ids of records with that name as far as they are known now; () where that cannot be read at once.

        Nothing is refreshed or waited for, so another record may have the name meanwhile, or one of these another name.
        """
        if not self._loading.acquire(blocking=False):
            return ()
        try:
            return self._loaded.file.find_keys(name) if self._loaded is not None else ()
        except (BrokenIndexError, StoreUnavailable):
            return ()
        finally:
            self._loading.release()

    def query(self, query: AssetQuery) -> AssetPage:
        """The assets that match. Raises StoreUnavailable where the file cannot be used."""
        refreshing, written = self._refresh_where_due(), self._read_written()
        if written is not None:
            written.wait(self._timeout)
        if refreshing is not None and (self._every <= 0 or not self._state().seq):
            refreshing.wait(self._timeout)
        with self._loading:
            return self._with_file(partial(self._answer, query))

    def _answer(self, query: AssetQuery, loaded: _Loaded) -> AssetPage:
        file, state = loaded.file, loaded.state
        selected = loaded.columns.select(query, file.find_rows)
        rows = tuple(file.summaries([int(row) for row in selected.rows]))
        result = QueryResult(
            rows,
            selected.total,
            selected.known,
            file.find_shared_names(row.name for row in rows),
            selected.facets,
            selected.pending,
            selected.pending_assets,
        )
        is_reading = state.all_read_at is None and state.error is None
        return AssetPage(
            result=result,
            problems=file.problems(),
            reading=is_reading,
            records=RecordProgress(selected.known, state.total) if is_reading and not state.tables_at else None,
            read_at=state.read_at,
            tables_at=state.tables_at if state.all_read_at is None else None,
            error=StoreUnavailable(*state.error) if state.error else None,
        )

    def _state(self) -> FileState:
        with self._loading:
            return self._with_file(lambda loaded: loaded.state)

    def _with_file(self, act: Callable[[_Loaded], Answer]) -> Answer:
        """The result of `act` on the open file; a broken file is created again."""
        for _ in range(3):
            try:
                return act(self._current())
            except BrokenIndexError as error:
                log.warning("the index of assets is broken and is made again: %s", error)
                self._discard()
        raise StoreUnavailable(*_GONE)

    def _current(self) -> _Loaded:
        """The file with all that was written to it so far."""
        loaded = self._loaded
        if loaded is None or not loaded.file.is_current():
            if loaded is not None:
                loaded.file.close()
            loaded = self._loaded = _open(self.path)
        version = loaded.file.data_version()
        if version != loaded.data_version:
            state = loaded.file.state()
            if state.seq != loaded.seq:
                for rows in loaded.file.rows_after(loaded.seq):
                    loaded.columns.put(rows)
                    loaded.unkept += len(rows)
            loaded.seq, loaded.state, loaded.data_version = state.seq, state, version
            if loaded.unkept >= self._keep_from and state.all_read_at is not None:
                self._keep_columns(loaded)
        return loaded

    def _keep_columns(self, loaded: _Loaded) -> None:
        """Keep the columns for the next start, on a thread."""
        from qc_core.stores.index.snapshot import write_snapshot

        table = loaded.columns.to_table({"seq": loaded.seq, "identity": loaded.state.identity})
        loaded.unkept = 0
        try:
            start_thread("columns of assets", partial(write_snapshot, self.path, table))
        except StoreUnavailable as error:
            log.warning("the columns of the index of assets are not kept: %s", error.message)

    def _discard(self) -> None:
        if self._loaded is not None:
            self._loaded.file.close()
            self._loaded = None
        remove_file(self.path)

    # Refreshing

    def _refresh_where_due(self) -> Event | None:
        """Start a refresh where it is time for one; what to wait for, or None where nothing is refreshed here."""
        only_first = self._is_left()
        if only_first and self._state().seq:
            return None
        with self._lock:
            now = self._monotonic()
            if self._refreshing is not None:
                return self._refreshing
            if self._refreshed is not None and now - self._refreshed < self._every:
                return None
            self._refreshed, self._refreshing = now, Event()
            done = self._refreshing
            try:
                start_thread("index of assets", partial(self._refresh, done, only_first=only_first))
            except StoreUnavailable:
                self._refreshed = self._refreshing = None
                raise
            return done

    def _refresh(self, done: Event, *, only_first: bool) -> None:
        try:
            with lease(self.path) as is_ours:
                if is_ours or only_first:
                    file = IndexFile(self.path)
                    try:
                        refresher = self._make_refresher(file)
                        refresher.read_newest() if only_first else refresher.refresh()
                    finally:
                        file.close()
        except (StoreUnavailable, BrokenIndexError) as error:
            log.warning("the index of assets cannot be refreshed: %s", error)
        finally:
            with self._lock:
                self._refreshing = None
            done.set()

    def _read_written(self) -> Event | None:
        """Read what this process wrote; what to wait for, or None where there is nothing."""
        with self._lock:
            if self._reading_written is not None or not self._written:
                return self._reading_written
            keys, self._written = self._written, set()
            done = self._reading_written = Event()
        start_thread("written records", partial(self._read_keys, keys, done))
        return done

    def _read_keys(self, keys: set[str], done: Event) -> None:
        try:
            lines = self._source.read_keys(sorted(keys))
            with self._loading:
                self._with_file(partial(_put_written, lines, keys - {line.key for line in lines}))
        except StoreUnavailable as error:
            log.warning("written records could not be read again for the index: %s", error.message)
            with self._lock:
                self._written |= keys
        finally:
            with self._lock:
                self._reading_written = None
            done.set()


def _open(path: Path) -> _Loaded:
    from qc_core.stores.index.columns import Columns  # with numpy and pyarrow, which take half a second
    from qc_core.stores.index.snapshot import read_snapshot

    file = IndexFile(path)
    columns, seq = read_snapshot(path, file.state().identity) or (Columns(), 0)
    return _Loaded(file, columns, seq)


def _put_written(lines: list[IndexedLine], gone: set[str], loaded: _Loaded) -> None:
    loaded.file.put(lines, keep_for=_KEEP_FOR)
    if gone:
        loaded.file.remove(gone)
    loaded.data_version = -1  # which changes only with the writes of others
