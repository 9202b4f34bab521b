"""A store of records that tells how long each question to it took."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from qc_core.assets.record import AssetRecord
from qc_core.json_document.patch import Patch
from qc_core.stores.ports import Listing, Look, RecordStore, StoredRecord

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

    def fetch(self, record_id: str) -> StoredRecord:
        """One record."""
        with self._timed("fetch"):
            return self.real.fetch(record_id)

    def look(self, record_id: str, patience: float | None = None) -> Look:
        """One record to be looked at."""
        with self._timed("look"):
            return self.real.look(record_id, patience)

    def recent(self, record_id: str) -> StoredRecord:
        """One record, not long ago."""
        with self._timed("recent"):
            return self.real.recent(record_id)

    def around(self, name: str) -> tuple[AssetRecord, ...]:
        """All assets of a name, without their quality control."""
        with self._timed("around"):
            return self.real.around(name)

    def ids_named(self, name: str) -> tuple[str, ...]:
        """The records of a name."""
        with self._timed("ids_named"):
            return self.real.ids_named(name)

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
