"""A store of records that tells how long each question to it took."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from qc_core.assets.record import AssetRecord
from qc_core.json_document.patch import Patch
from qc_core.stores.ports import CachedRecord, Listing, RecordStore, StoredRecord

Observe = Callable[[str, float], None]
"""Is told what was asked, by the name of the method, and the seconds it took, well or not."""

ObserveRequest = Callable[[str, float, bool], None]
"""Is told of each request to a database: the operation, the seconds it took, and whether it was answered well."""


def no_measure(_what: str, _seconds: float) -> None:
    """Nobody wants to know."""


def no_request_measure(_operation: str, _seconds: float, _well: bool) -> None:
    """Nobody wants to know."""


class MeasuredRecords:
    """Passes everything on, and tells the time."""

    def __init__(self, records: RecordStore, observe: Observe, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.real, self._observe, self._monotonic = records, observe, monotonic

    def listing(self) -> Listing:
        """All assets."""
        with self._timed("listing"):
            return self.real.listing()

    def get_fresh(self, record_id: str) -> StoredRecord:
        """One record."""
        with self._timed("get_fresh"):
            return self.real.get_fresh(record_id)

    def get_cached(self, record_id: str, timeout: float | None = None) -> CachedRecord:
        """One record to be looked at."""
        with self._timed("get_cached"):
            return self.real.get_cached(record_id, timeout)

    def get_recent(self, record_id: str) -> StoredRecord:
        """One record, not long ago."""
        with self._timed("get_recent"):
            return self.real.get_recent(record_id)

    def get_asset_metadata(self, name: str) -> tuple[AssetRecord, ...]:
        """All assets of a name, without their quality control."""
        with self._timed("get_asset_metadata"):
            return self.real.get_asset_metadata(name)

    def find_ids(self, name: str) -> tuple[str, ...]:
        """The records of a name."""
        with self._timed("find_ids"):
            return self.real.find_ids(name)

    def submit(self, record_id: str, patch: Patch) -> None:
        """Carry out a patch."""
        with self._timed("submit"):
            self.real.submit(record_id, patch)

    @contextmanager
    def _timed(self, what: str) -> Iterator[None]:
        begun = self._monotonic()
        try:
            yield
        finally:
            self._observe(what, self._monotonic() - begun)
