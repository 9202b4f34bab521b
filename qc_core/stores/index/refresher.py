"""Bring an index file up to date with its source: first all records, then changes, and at intervals removed records.

The first reading continues where it was interrupted. A sweep compares keys and times of all records, and reads only
what differs: nothing reports deleted records, and not every writer changes the time of a record.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from qc_core.errors import StoreUnavailable
from qc_core.stores.index.file import FileState, IndexFile
from qc_core.stores.index.lines import IndexedLine, LineSource
from qc_core.stores.index.pace import Pace
from qc_core.stores.index.tables import UnreadableTableError, open_asset_table
from qc_core.times import parse_time

log = logging.getLogger("qc_portal")

NEWEST = 100
"""How many records are read before all others, so that there is something to see."""
_OVERLAP = timedelta(minutes=2)
"""Changes are asked for from a little before the last one seen: clocks differ, and writes take time."""
_CHANGES_EVERY = timedelta(minutes=1)
"""During a first reading, which may take an hour."""
_AT_ONCE = 50
"""The number of keys in the address of one request, at most."""
_VERSIONS_AT_ONCE = 1000


class Refresher:
    """Reads from a source into a file. For one process at a time, which has the lease."""

    def __init__(
        self,
        file: IndexFile,
        source: LineSource,
        clock: Callable[[], datetime],
        *,
        pace: Pace | None = None,
        sweep_every: timedelta = timedelta(hours=1),
        tables: Sequence[str] = (),
    ) -> None:
        """`sweep_every` is after how long all records are compared again. A new index begins with `tables`."""
        self._file, self._source, self._clock = file, source, clock
        self._pace, self._sweep_every = pace or Pace(), sweep_every
        self._tables = tables
        self.on_page: Callable[[], object] = lambda: None

    def refresh(self, *, only_changes: bool = False) -> bool:
        """Bring the file up to date; whether that went well: an error of the source is kept in the file.

        With `only_changes` nothing is swept, and of a file that is not complete only the newest records are read. After
        each page `on_page` is called.

        Raises BrokenIndexError, and StoreUnavailable where the file cannot be written.
        """
        try:
            if only_changes:
                self._refresh_changes(self._file.state())
            else:
                self._refresh(self._file.state())
        except StoreUnavailable as error:
            if self._file.state().error is None:
                log.warning("the index of assets cannot be refreshed: %s", error.message)
            self._file.put_state(error=(error.message, error.hint))
            return False
        self._file.put_state(error=None, read_at=self._clock())
        return True

    def read_newest(self) -> None:
        """Only the newest records, where nothing is known yet. Raises StoreUnavailable or BrokenIndexError."""
        if self._file.state().seq == 0:
            lines = self._source.read_newest(NEWEST)
            self._put(lines, newest=self._find_newest(lines))

    def _read_tables(self) -> None:
        """List the assets of public tables that are not known yet; a table that cannot be read is left out."""
        for address in self._tables:
            try:
                written, parts = open_asset_table(address)
                for lines in parts:
                    known = self._file.seqs([line.key for line in lines])
                    self._put([line for line in lines if line.key not in known])
            except UnreadableTableError as error:
                log.warning("a table of assets is not used: %s", error)
            else:
                before = self._file.state().tables_at
                self._file.put_state(tables_at=min(before or written, written))

    def _refresh(self, state: FileState) -> None:
        began = self._clock()
        if state.all_read_at is None:
            self.read_newest()
            self._file.put_state(total=self._source.count())
            if not state.building_after:
                self._read_tables()
            self._read_all(state.building_after)
            if self._file.state().tables_at is not None:
                self.sweep()  # a table may list records that are gone
            self._file.put_state(all_read_at=began, building_after="")
        elif began - state.all_read_at >= self._sweep_every:
            self.sweep()
            self._file.put_state(all_read_at=began)
        self._read_changes()
        self._read_keys(self._file.keys_due(began))

    def _refresh_changes(self, state: FileState) -> None:
        if state.all_read_at is None:
            self.read_newest()
        else:
            self._read_changes()
            self._read_keys(self._file.keys_due(self._clock()))

    def _read_all(self, after: str) -> None:
        """Read all records from a key on, in the order of keys, and remember after each page how far it is."""
        changes_read = self._clock()
        while lines := self._pace.ask(partial(self._source.read_after, after)):
            after = lines[-1].key
            self._put(lines, building_after=after)
            if self._clock() - changes_read >= _CHANGES_EVERY:
                self._read_changes()
                changes_read = self._clock()

    def _read_changes(self) -> None:
        newest = parse_time(self._file.state().newest)
        if newest is None or newest.instant > self._clock():
            lines = self._pace.ask(lambda _: self._source.read_newest(NEWEST))
            self._put(lines, newest=self._find_newest(lines))
            return
        since = (newest.instant - _OVERLAP).strftime("%Y-%m-%dT%H:%M:%S")
        pages = self._source.read_changes(since, self._pace.size)
        while lines := self._pace.ask(lambda _: next(pages, [])):
            self._put(lines, newest=max(self._file.state().newest, self._find_newest(lines)))

    def _find_newest(self, lines: Sequence[IndexedLine]) -> str:
        """The latest of their times, as written, "" for none; of those that are neither in the future nor illegible.

        From a time in the future on, nothing that is changed until then would be asked for.
        """
        now = self._clock()
        times = [line.modified for line in lines if (time := parse_time(line.modified)) and time.instant <= now]
        return max(times, default="")

    def sweep(self) -> None:
        """Compare all records with what is known; read those that differ, and mark those that are gone.

        Raises StoreUnavailable or BrokenIndexError.
        """
        after: str = ""
        while True:
            page = self._pace.ask(partial(self._read_versions, after))
            there = dict(page)
            end = page[-1][0] if page else None
            known = self._file.versions(after, end)
            gone = [key for key in known if key not in there]
            if gone:
                self._remove(gone)
            # One without a time may have changed at any time.
            self._read_keys([key for key, modified in there.items() if not modified or known.get(key) != modified])
            if end is None:
                return
            after = end

    def _remove(self, keys: Sequence[str]) -> None:
        """Mark records as gone, unless they are found after all: one may have been written a moment ago."""
        found = {line.key for some in _parts(keys) for line in self._source.read_keys(some)}
        self._file.remove([key for key in keys if key not in found])

    def _read_keys(self, keys: Sequence[str]) -> None:
        for some in _parts(keys):
            self._put(self._pace.ask(partial(self._read_some, some)))

    def _put(self, lines: Sequence[IndexedLine], **state: str) -> None:
        """Keep what the source answered: so it is well."""
        self.on_page()
        self._file.put(lines, error=None, **state)  # type: ignore[arg-type]  # fields of the state are texts here

    def _read_versions(self, after: str, _size: int) -> list[tuple[str, str]]:
        return self._source.read_versions_after(after, _VERSIONS_AT_ONCE)

    def _read_some(self, keys: Sequence[str], _size: int) -> list[IndexedLine]:
        return self._source.read_keys(keys)


def _parts(keys: Sequence[str]) -> "list[Sequence[str]]":
    return [keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE)]
