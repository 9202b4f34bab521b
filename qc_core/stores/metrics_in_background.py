"""The metrics of many assets, read in the background in small steps, newest asset first, and kept for some minutes."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Condition

from qc_core.assets.index import SortBy
from qc_core.assets.metrics import MetricQuery, MetricRow
from qc_core.errors import QcError, StoreUnavailable
from qc_core.stores.background import start_thread
from qc_core.stores.cache import BoundedCache
from qc_core.stores.ports import MetricIndex

SameMetric = tuple[str, str, tuple[str, ...]]

KEPT_FOR = timedelta(minutes=5)
ASSETS_AT_ONCE = 50
MAX_ASSETS = 5_000
"""Assets that are read at most for one query."""
MAX_ROWS = 200_000
"""Rows that are kept at most, of all queries together: some 150 MB."""


@dataclass(frozen=True, slots=True)
class MetricsSoFar:
    """What is known of a query: `rows`, of `read` of `assets` assets (None before the first answer), newest first.

    While `reading`, more follow. `ended` is set where all assets were read, or as many as are read at most; `partial`
    where the index itself was not complete yet. `error` is why the reading ended early.
    """

    rows: tuple[MetricRow, ...]
    assets: int | None
    read: int
    reading: bool
    ended: bool
    partial: bool = False
    error: QcError | None = None


class MetricsInBackground:
    """Reads on threads of its own, one a query. Safe for threads."""

    def __init__(
        self,
        index: MetricIndex,
        clock: Callable[[], datetime],
        *,
        at_once: int = ASSETS_AT_ONCE,
        most: int = MAX_ASSETS,
    ) -> None:
        """`at_once` assets are asked for in one step, `most` in all."""
        self._index, self._clock, self._at_once, self._most = index, clock, at_once, most
        self._readings: BoundedCache[MetricQuery, _QueryReading] = BoundedCache(MAX_ROWS)

    def get(self, query: MetricQuery, wanted: SameMetric | None, count: int, *, timeout: float) -> MetricsSoFar:
        """What is known, after `timeout` seconds at most. Order and page of `query` are ignored.

        Assets are read until `count` rows of the metric `wanted`, or of any where it is None, are known. Raises
        StoreUnavailable where no thread can be started.
        """
        reading = self._readings.get(query)
        if reading is None or reading.began_at + KEPT_FOR < self._clock():
            reading = _QueryReading(self._index, query, self._clock(), self._at_once, self._most)
            self._readings.put(query, reading, 1)
        found = reading.get(wanted, count, timeout)
        if found.error is not None or (found.partial and not found.reading):
            self._readings.drop(query)  # the next one to ask reads again
        elif self._readings.get(query) is reading:
            self._readings.put(query, reading, 1 + len(found.rows))
        return found


class _QueryReading:
    """One query, read page by page."""

    def __init__(self, index: MetricIndex, query: MetricQuery, at: datetime, at_once: int, most: int) -> None:
        self.began_at = at
        newest_first = replace(query.assets, sort=SortBy.ACQUISITION_TIME, descending=True, facets=())
        self._index, self._query, self._at_once, self._most = index, replace(query, assets=newest_first), at_once, most
        self._changed = Condition()
        self._rows: dict[tuple[str, str], MetricRow] = {}
        self._counts: Counter[SameMetric | None] = Counter()
        self._wanted: dict[SameMetric | None, int] = {}
        self._page, self._read = 1, 0
        self._assets: int | None = None
        self._reading, self._ended, self._partial = False, False, False
        self._error: QcError | None = None

    def get(self, wanted: SameMetric | None, count: int, timeout: float) -> MetricsSoFar:
        with self._changed:
            self._wanted[wanted] = max(count, self._wanted.get(wanted, 0))
            if not (self._reading or self._ended or self._is_enough()):
                start_thread("metrics in background", self._read_pages)
                self._reading = True
            self._changed.wait_for(lambda: not self._reading or self._counts[wanted] >= count, timeout)
            rows, state = tuple(self._rows.values()), (self._reading, self._ended, self._partial)
            return MetricsSoFar(rows, self._assets, self._read, *state, self._error)

    def _is_enough(self) -> bool:
        return all(self._counts[wanted] >= count for wanted, count in self._wanted.items())

    def _read_pages(self) -> None:
        error: QcError | None = StoreUnavailable("The metrics of other assets could not be read.", "Try again.")
        try:
            while self._read_page():
                pass
            error = None
        except QcError as failure:
            error = failure
        finally:
            if error is not None:
                self._stop(error)

    def _stop(self, error: QcError) -> None:
        with self._changed:
            self._error, self._reading = error, False
            self._changed.notify_all()

    def _read_page(self) -> bool:
        """Read the next page; whether to go on. What ends the reading is noted under the same lock."""
        assets = replace(self._query.assets, page=self._page, limit=self._at_once)
        found = self._index.find_metrics(replace(self._query, assets=assets))
        with self._changed:
            for row in found.rows:
                if self._rows.setdefault((row.asset.record_id, row.key), row) is row:
                    self._counts[row.same_metric] += 1
                    self._counts[None] += 1
            self._assets = found.assets
            self._read = min(self._page * self._at_once, found.assets)
            self._page += 1
            self._partial |= found.reading
            self._ended = self._read >= min(found.assets, self._most)
            self._changed.notify_all()
            if self._ended or self._is_enough():
                self._reading = False
                return False
            return True
