"""Wrappers of a record store: they override what they change, and everything else is forwarded here."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from qc_core.assets.record import AssetRecord
from qc_core.json_document.patch import Patch
from qc_core.stores.ports import CachedRecord, RecordStore, StoredRecord

Result = TypeVar("Result")


class ForwardingRecords:
    """A record store that forwards each call to `inner`; a subclass overrides methods, or `_forward` for all."""

    def __init__(self, inner: RecordStore) -> None:
        self.inner = inner

    def _forward(self, _method: str, call: Callable[[], Result]) -> Result:
        """Make one call to `inner`; `_method` is the name of the method."""
        return call()

    def get_fresh(self, record_id: str) -> StoredRecord:
        """See `RecordStore.get_fresh`."""
        return self._forward("get_fresh", lambda: self.inner.get_fresh(record_id))

    def get_cached(self, record_id: str, timeout: float | None = None) -> CachedRecord:
        """See `RecordStore.get_cached`."""
        return self._forward("get_cached", lambda: self.inner.get_cached(record_id, timeout))

    def get_recent(self, record_id: str) -> StoredRecord:
        """See `RecordStore.get_recent`."""
        return self._forward("get_recent", lambda: self.inner.get_recent(record_id))

    def read_ahead(self, record_ids: Sequence[str]) -> None:
        """See `RecordStore.read_ahead`."""
        self._forward("read_ahead", lambda: self.inner.read_ahead(record_ids))

    def get_revision(self, record_id: str) -> str:
        """See `RecordStore.get_revision`."""
        return self._forward("get_revision", lambda: self.inner.get_revision(record_id))

    def get_asset_metadata(self, name: str) -> tuple[AssetRecord, ...]:
        """See `RecordStore.get_asset_metadata`."""
        return self._forward("get_asset_metadata", lambda: self.inner.get_asset_metadata(name))

    def find_ids(self, name: str, to_open: bool = False) -> tuple[str, ...]:
        """See `RecordStore.find_ids`."""
        return self._forward("find_ids", lambda: self.inner.find_ids(name, to_open))

    def submit(self, record_id: str, patch: Patch) -> None:
        """See `RecordStore.submit`."""
        self._forward("submit", lambda: self.inner.submit(record_id, patch))
