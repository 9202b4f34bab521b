"""Records in a folder of assets. The files are the truth: everything kept in memory is checked against them."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from qc_core.assets.record import AssetRecord
from qc_core.errors import BadRecord, ConditionFailed, RecordNotFound, StoreUnavailable
from qc_core.json_document import apply, parse, splice
from qc_core.json_document.patch import Patch, failed_conditions, places_of, under
from qc_core.json_document.value import same_value
from qc_core.stores.cache import BoundedCache
from qc_core.stores.files.atomic import NOTHING_CHANGED, update_file, writable_file
from qc_core.stores.folder.asset_files import (
    Around,
    Loaded,
    as_stored,
    beneath,
    load,
    not_writable,
    read_around,
    read_files,
    where_it_stands,
)
from qc_core.stores.folder.folder_index import FolderIndex
from qc_core.stores.folder.folder_memory import FolderMemory
from qc_core.stores.folder.folder_scan import Place
from qc_core.stores.folder.summaries import Kept, confirmed, keep
from qc_core.stores.ports import Listing, Look, StoredRecord
from qc_core.stores.state.objects import Objects

_AROUND_KEPT = 1_000
"""Records around a quality control that are kept."""


class FolderStore:
    """The record store over a folder of assets, or over one asset's folder. Safe for many threads.

    What an asset is, and what its id: see `folder_scan` and `folder_catalogue`.
    """

    def __init__(
        self,
        root: Path,
        clock: Callable[[], datetime],
        *,
        monotonic: Callable[[], float] = time.monotonic,
        walk_every: float = 1.0,
        patience: float | None = None,
        memory: Objects | None = None,
        cache_bytes: int = 32 * 1024 * 1024,
    ) -> None:
        """`clock` gives the aware time; the folder is walked for new assets once in `walk_every` seconds at most.

        A question waits for the walk for `patience` seconds, None until it is done. What was seen is remembered in
        `memory`, where that is given.
        """
        self._clock = clock
        kept = FolderMemory(memory, root) if memory is not None else None
        self._index = FolderIndex(root, clock, monotonic, walk_every=walk_every, patience=patience, memory=kept)
        self._around: BoundedCache[str, Around] = BoundedCache(_AROUND_KEPT)
        self._records: BoundedCache[str, Kept[Loaded]] = BoundedCache(cache_bytes)

    def listing(self) -> Listing:
        """All assets by path, as they are now; a new one appears within a second. Raises StoreUnavailable.

        Where the walk takes longer than the store's patience, the assets as they were seen before, and how far it is.
        """
        return self._index.listing()

    def fetch(self, record_id: str) -> StoredRecord:
        """One record, never staler than the files. Raises RecordNotFound, BadRecord or StoreUnavailable."""
        place, at = self._index.entry(record_id).place, self._clock()
        kept = confirmed(self._records.get(record_id), place, at)
        if kept is None:
            files = read_files(place)
            kept = keep(files, load(files), at)
        self._records.put(record_id, kept, sum(stamp.size for _, stamp in kept.files))
        return as_stored(kept.what, record_id)

    def look(self, record_id: str, patience: float | None = None) -> Look:
        """One record as it is now: a folder answers at once, or not at all. Raises as `fetch` does."""
        return Look(self.fetch(record_id))

    def recent(self, record_id: str) -> StoredRecord:
        """One record as it is now: its files are at hand. Raises as `fetch` does."""
        return self.fetch(record_id)

    def around(self, name: str) -> tuple[AssetRecord, ...]:
        """What is known of all assets of that name, by path. Raises StoreSlow or StoreUnavailable."""
        found = []
        for record_id in self.ids_named(name):
            with suppress(RecordNotFound):  # gone since
                place = self._index.entry(record_id).place
                kept = self._around.get(record_id)
                if kept is None or kept.place != place or not kept.complete:
                    kept = read_around(place)
                    self._around.put(record_id, kept, 1)
                found.append(replace(kept.record, record_id=record_id))
        return tuple(found)

    def ids_named(self, name: str) -> tuple[str, ...]:
        """The ids of all assets of that name, by path. Raises StoreSlow or StoreUnavailable."""
        return self._index.ids_named(name)

    def folder_of(self, record_id: str) -> Path:
        """The folder of an asset. Raises RecordNotFound, StoreSlow or StoreUnavailable."""
        return self._index.entry(record_id).place.folder

    def submit(self, record_id: str, patch: Patch) -> None:
        """Carry out a patch under the file's lock; every byte outside the changed places stays.

        Raises ConditionFailed, RecordNotFound, BadRecord or StoreUnavailable; nothing is written then.
        """
        place = self._index.entry(record_id).place
        name, _ = where_it_stands(place, {})
        file = writable_file(place.folder / name, place.folder)
        refusal = not_writable(place, name)
        if refusal:
            raise StoreUnavailable(refusal, NOTHING_CHANGED)

        def change(text: bytes | None) -> bytes:
            now = place.looked_at_again()
            if text is None or now is None or where_it_stands(now, {})[0] != name:
                raise ConditionFailed("The files of the asset changed since they were read.", NOTHING_CHANGED)
            return _patched(text, place, name, patch)

        update_file(file, change)
        self._index.touched(record_id)


def _patched(raw: bytes, place: Place, name: str, patch: Patch) -> bytes:
    """The new text of the file from the present one."""
    whole = parse(raw, what=name)
    _, prefix = where_it_stands(place, {name: whole})
    failed = failed_conditions(beneath(whole, prefix), patch.conditions)
    if failed:
        raise ConditionFailed(f"The record changed since it was read: {places_of(failed)}.", NOTHING_CHANGED)
    operations = under(prefix, patch.operations)
    new = splice(raw, operations)
    if not same_value(parse(new, what=name), apply(whole, operations)):
        raise BadRecord(f"The change could not be put into {name} without changing more.", NOTHING_CHANGED)
    return new
