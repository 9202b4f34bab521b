"""The `MetricIndex` next to an index file: the metrics of assets that were asked for, read once and kept.

Few assets are read at once, while the caller waits; many behind it, gently, and what is known so far is given. Kept
metrics hold as long as the version of their asset's line does: a change of the record changes that, too.
"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, Protocol, TypeVar

import msgspec

from qc_core.assets.index import AssetSummary
from qc_core.assets.metrics import ChangeQuery, MetricQuery, MetricRow
from qc_core.errors import StoreUnavailable
from qc_core.stores.background import start_thread
from qc_core.stores.cache import BoundedCache
from qc_core.stores.index.file import IndexFile
from qc_core.stores.index.kept_metrics import KeptMetrics, changes_of, decode_metrics, encode_metrics
from qc_core.stores.index.pace import Backoff, Pace
from qc_core.stores.index.schema import BrokenIndexError
from qc_core.stores.listing import AssetPage, ChangePage, IndexState, MetricPage, RecordProgress
from qc_core.stores.ports import AssetIndex

log = logging.getLogger("qc_portal")
Result = TypeVar("Result")
FindVersions = Callable[[IndexFile, Sequence[str]], dict[str, int]]
"""Gives the version of each asset's line, by key, as far as the assets are known."""
FEW = 50
"""So many assets that are not known yet are read while the caller waits."""
MOST = 20_000
"""Assets that one answer is made of at most."""
_AT_ONCE = 25
_ROWS_IN_MEMORY = 250_000


class MetricSource(Protocol):
    """Where the metrics of records are read."""

    def read_metrics(self, keys: Sequence[str]) -> dict[str, KeptMetrics]:
        """The metrics of the records with these keys; () for one without, none for one that cannot be read now.

        Raises StoreUnavailable.
        """
        ...


@dataclass(frozen=True, slots=True)
class _Known:
    """The metrics of an asset as kept for a version of its line, and the history of each."""

    version: int
    rows: tuple[MetricRow, ...]
    histories: tuple[msgspec.Raw, ...]


class StoredMetrics:
    """Answers from kept metrics. Safe for many threads; one of them at most reads in the background."""

    def __init__(
        self,
        path: Path | Callable[[], Path],
        index: AssetIndex,
        source: MetricSource,
        *,
        find_versions: FindVersions = IndexFile.seqs,
        few: int = FEW,
        most: int = MOST,
        make_pace: Callable[[], Pace] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`index` finds the assets that a query is about; `path` is that of the file that metrics are kept in.

        A function that gives it is called with the first query. `find_versions` is left out where
        that file holds the assets, too.
        """
        self._path, self._index, self._source, self._find_versions = path, index, source, find_versions
        self._few, self._most, self._make_pace = few, most, make_pace or partial(Pace, size=_AT_ONCE, largest=100)
        self._file: IndexFile | None = None
        self._file_lock = Lock()
        self._memory: BoundedCache[str, _Known] = BoundedCache(_ROWS_IN_MEMORY)
        self._lock = Lock()
        self._wanted: dict[str, None] = {}
        self._is_reading = False
        self._error: StoreUnavailable | None = None
        self._backoff = Backoff(monotonic)

    def find_metrics(self, query: MetricQuery) -> MetricPage:
        """The metrics that match, of the assets that are known by now. Raises StoreUnavailable."""
        page, known = self._find_known(query)
        checks = query.build_checks()
        rows = [row for one in known for row in one.rows]
        for check in checks:
            rows = list(filter(check, rows))
        return MetricPage(
            rows=tuple(rows), assets=page.result.total, assets_read=len(known), **self._state(page, known)
        )

    def find_changes(self, query: ChangeQuery) -> ChangePage:
        """The changes that match, newest first. Raises StoreUnavailable."""
        page, known = self._find_known(query.metrics)
        checks = query.of_any_status.build_checks()
        found = [
            change
            for one in known
            for row, history in zip(one.rows, one.histories, strict=True)
            if all(check(row) for check in checks)
            for change in changes_of(row, history)
            if query.matches(change)
        ]
        found.sort(key=lambda change: change.time, reverse=True)
        return ChangePage(changes=tuple(found[: query.limit]), total=len(found), **self._state(page, known))

    def _find_known(self, query: MetricQuery) -> tuple[AssetPage, list[_Known]]:
        """The assets that match, and the metrics of those that are known; the others are being read."""
        limit = self._most if query.assets.limit is None else min(query.assets.limit, self._most)
        page = self._index.query(replace(query.assets, limit=limit))
        assets = {asset.record_id: asset for asset in page.result.rows}
        known = self._use(partial(self._look_up, assets))
        missing = [key for key in assets if key not in known]
        if missing and not self._backoff.is_waiting():
            if len(missing) <= self._few:
                self._read_now(missing)
                known |= self._use(partial(self._look_up, {key: assets[key] for key in missing}))
            else:
                self._read_behind(missing)
        if missing and not known and self._error is not None and len(missing) <= self._few:
            raise self._error
        return page, [known[key] for key in assets if key in known]

    def _state(self, page: AssetPage, known: list[_Known]) -> dict[str, Any]:
        state = {field.name: getattr(page, field.name) for field in fields(IndexState)}
        with self._lock:
            is_reading, error = self._is_reading, self._error
        if len(known) < len(page.result.rows):
            state["error"] = state["error"] or error
            if is_reading and error is None:  # after a failure each query tries again; that is no progress
                state |= {"reading": True, "records": RecordProgress(len(known), len(page.result.rows))}
        if page.result.total > self._most:
            state["limited_to"] = self._most
        return state

    def _look_up(self, assets: dict[str, AssetSummary], file: IndexFile) -> dict[str, _Known]:
        found, unread = {}, {}
        for key, version in self._find_versions(file, list(assets)).items():
            held = self._memory.get(key)
            if held is not None and held.version == version:
                found[key] = held
            else:
                unread[key] = version
        for key, text in file.metrics(unread).items():
            kept, asset = decode_metrics(text), assets[key]
            rows, histories = tuple([one.row(asset) for one in kept]), tuple([one.history for one in kept])
            found[key] = _Known(unread[key], rows, histories)
            self._memory.put(key, found[key], 1 + len(rows))
        return found

    def _read_now(self, keys: Sequence[str]) -> None:
        """Read metrics while the caller waits. That the source fails is noted."""
        try:
            for some in _parts(keys):
                self._read_and_keep(some, self._source.read_metrics)
        except StoreUnavailable as error:
            self._note_failure(error)
        else:
            self._note_success()

    def _read_and_keep(self, keys: Sequence[str], read: Callable[[Sequence[str]], dict[str, KeptMetrics]]) -> None:
        """Keep metrics under the versions that the lines of their assets had before they were read."""
        versions = self._use(lambda file: self._find_versions(file, keys))
        found = read(keys)
        metrics = [(key, versions[key], encode_metrics(kept)) for key, kept in found.items() if key in versions]
        self._use(lambda file: file.put_metrics(metrics))

    def _note_failure(self, error: StoreUnavailable) -> None:
        with self._lock:
            self._error = error
            self._backoff.note_failure()

    def _note_success(self) -> None:
        with self._lock:
            self._error = None
            self._backoff.note_success()

    def _read_behind(self, keys: Sequence[str]) -> None:
        """Read metrics on a thread; what is asked for last is read first."""
        with self._lock:
            self._wanted = dict.fromkeys(keys) | self._wanted
            if self._is_reading:
                return
            self._is_reading = True
        try:
            start_thread("metrics of assets", self._read_wanted)
        except StoreUnavailable:
            self._is_reading = False
            raise

    def _read_wanted(self) -> None:
        error: StoreUnavailable | None = StoreUnavailable("The metrics of assets could not be read.", "Try again.")
        pace = self._make_pace()
        try:
            while some := self._take(pace.size):
                self._read_and_keep(some, lambda keys: pace.ask(lambda _: self._source.read_metrics(keys)))
            error = None
        except StoreUnavailable as failure:
            log.warning("metrics of assets cannot be read: %s", failure.message)
            error = failure
        finally:
            if error is not None:
                with self._lock:
                    self._is_reading = False
                    self._wanted.clear()
                self._note_failure(error)

    def _take(self, number: int) -> list[str]:
        """The next keys to read. None are left where it ends: then the next one to ask starts a thread again."""
        with self._lock:
            some = list(self._wanted)[:number]
            for key in some:
                del self._wanted[key]
            if not some:
                self._is_reading, self._error = False, None
                self._backoff.note_success()
            return some

    def _use(self, act: Callable[[IndexFile], Result]) -> Result:
        """The result of `act` on the open file."""
        with self._file_lock:
            for is_last in (False, True):
                if self._file is None or not self._file.is_current():
                    self._file = IndexFile(self._path if isinstance(self._path, Path) else self._path())
                try:
                    return act(self._file)
                except BrokenIndexError as error:
                    self._file.close()
                    self._file = None
                    if is_last:
                        raise StoreUnavailable("The index of assets is broken.", "Try again in a moment.") from error
        raise AssertionError("the second attempt ends above")


def _parts(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))
