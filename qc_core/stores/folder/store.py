"""Records in a folder of assets. The files are authoritative: everything cached in memory is checked against them."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from qc_core.assets.record import AssetRecord
from qc_core.errors import BadRecord, ConditionFailed, RecordNotFound, StoreUnavailable
from qc_core.json_document import apply, parse, splice
from qc_core.json_document.patch import Patch, describe_paths, find_failed_conditions, with_prefix
from qc_core.json_document.value import same_value
from qc_core.stores.cache import BoundedCache
from qc_core.stores.files.atomic import NOTHING_CHANGED, update_file, writable_file
from qc_core.stores.files.half_written import read_whole
from qc_core.stores.folder.asset_files import (
    AssetMetadata,
    Loaded,
    as_stored,
    load,
    locate_document,
    not_writable,
    read_asset_metadata,
    read_files,
    value_at,
)
from qc_core.stores.folder.index import FolderIndex
from qc_core.stores.folder.memory import FolderMemory
from qc_core.stores.folder.scan import ScannedAsset
from qc_core.stores.folder.summaries import VersionedValue, confirm_kept, keep
from qc_core.stores.listing import Listing
from qc_core.stores.ports import CachedRecord, StoredRecord
from qc_core.stores.state.objects import Objects

_METADATA_KEPT = 1_000
"""How many assets' metadata is cached."""


class FolderStore:
    """The record store over a folder of assets, or over one asset's folder. Safe for many threads.

    What an asset is, and what its id: see `folder/scan.py` and `folder/catalogue.py`.
    """

    def __init__(
        self,
        root: Path,
        clock: Callable[[], datetime],
        *,
        monotonic: Callable[[], float] = time.monotonic,
        walk_every: float = 1.0,
        timeout: float | None = None,
        memory: Objects | None = None,
        cache_bytes: int = 32 * 1024 * 1024,
    ) -> None:
        """`clock` gives the aware time; the folder is walked for new assets once in `walk_every` seconds at most.

        A query waits for the walk for `timeout` seconds; None waits until it is done. What was seen is remembered in
        `memory`, where that is given.
        """
        self._clock = clock
        kept = FolderMemory(memory, root) if memory is not None else None
        self._index = FolderIndex(root, clock, monotonic, walk_every=walk_every, timeout=timeout, memory=kept)
        self._asset_metadata: BoundedCache[str, AssetMetadata] = BoundedCache(_METADATA_KEPT)
        self._records: BoundedCache[str, VersionedValue[Loaded]] = BoundedCache(cache_bytes)

    def read_listing(self) -> Listing:
        """All assets by path, as they are now; a new one appears within a second. Raises StoreUnavailable.

        Where the walk takes longer than the store's timeout, the assets as they were seen before, and how far it is.
        """
        return self._index.read_listing()

    def get_fresh(self, record_id: str) -> StoredRecord:
        """One record, never staler than the files. Raises RecordNotFound, BadRecord or StoreUnavailable."""
        asset, at = self._index.entry(record_id).asset, self._clock()
        kept = confirm_kept(self._records.get(record_id), asset, at)
        if kept is None:
            kept = read_whole(asset.folder / locate_document(asset, {})[0], lambda: _read_and_load(asset, at))
        self._records.put(record_id, kept, sum(stamp.size for _, stamp in kept.files))
        return as_stored(kept.what, record_id)

    def get_cached(self, record_id: str, timeout: float | None = None) -> CachedRecord:
        """One record, always fresh: a folder answers at once, or not at all. Raises as `get_fresh` does."""
        return CachedRecord(self.get_fresh(record_id))

    def get_recent(self, record_id: str) -> StoredRecord:
        """One record, always fresh: its files are local. Raises as `get_fresh` does."""
        return self.get_fresh(record_id)

    def read_ahead(self, record_ids: Sequence[str]) -> None:
        """Nothing: files are read one by one."""

    def get_revision(self, record_id: str) -> str:
        """A text that changes with the files, which are read only where they did. Raises as `get_fresh` does."""
        return self.get_fresh(record_id).revision

    def get_asset_metadata(self, name: str) -> tuple[AssetRecord, ...]:
        """The metadata of all assets of that name, by path. Raises StoreSlow or StoreUnavailable."""
        found = []
        for record_id in self.find_ids(name):
            with suppress(RecordNotFound):  # gone since
                asset = self._index.entry(record_id).asset
                kept = self._asset_metadata.get(record_id)
                if kept is None or kept.asset != asset or not kept.complete:
                    kept = read_asset_metadata(asset)
                    self._asset_metadata.put(record_id, kept, 1)
                found.append(replace(kept.record, record_id=record_id))
        return tuple(found)

    def line_versions(self, record_ids: Sequence[str]) -> dict[str, int]:
        """For each asset that was listed a number that changes with its files, and when a status comes to count."""
        return self._index.line_versions(record_ids)

    def find_ids(self, name: str, to_open: bool = False) -> tuple[str, ...]:
        """The ids of all assets of that name, by path. Raises StoreSlow or StoreUnavailable."""
        return self._index.find_ids(name)

    def folder_of(self, record_id: str) -> Path:
        """The folder of an asset. Raises RecordNotFound, StoreSlow or StoreUnavailable."""
        return self._index.entry(record_id).asset.folder

    def submit(self, record_id: str, patch: Patch) -> None:
        """Apply a patch under the file's lock; every byte outside the changed values stays.

        Raises ConditionFailed, RecordNotFound, BadRecord or StoreUnavailable; nothing is written then.
        """
        asset = self._index.entry(record_id).asset
        name, _ = locate_document(asset, {})
        file = writable_file(asset.folder / name, asset.folder)
        refusal = not_writable(asset, name)
        if refusal:
            raise StoreUnavailable(refusal, NOTHING_CHANGED)

        def change(text: bytes | None) -> bytes:
            now = asset.rescan()
            if text is None or now is None or locate_document(now, {})[0] != name:
                raise ConditionFailed("The files of the asset changed since they were read.", NOTHING_CHANGED)
            return _apply_patch(text, asset, name, patch)

        update_file(file, change)
        self._index.refresh_asset(record_id)


def _read_and_load(asset: ScannedAsset, at: datetime) -> VersionedValue[Loaded]:
    files = read_files(asset)
    return keep(files, load(files), at)


def _apply_patch(raw: bytes, asset: ScannedAsset, name: str, patch: Patch) -> bytes:
    """The new text of the file from the present one."""
    whole = parse(raw, what=name)
    _, prefix = locate_document(asset, {name: whole})
    failed = find_failed_conditions(value_at(whole, prefix), patch.conditions)
    if failed:
        raise ConditionFailed(f"The record changed since it was read: {describe_paths(failed)}.", NOTHING_CHANGED)
    operations = with_prefix(prefix, patch.operations)
    new = splice(raw, operations)
    if not same_value(parse(new, what=name), apply(whole, operations)):
        raise BadRecord(f"The change could not be put into {name} without changing more.", NOTHING_CHANGED)
    return new
