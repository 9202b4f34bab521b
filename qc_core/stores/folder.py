"""Records in a folder of assets. The files are the truth: everything kept in memory is checked against them."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from qc_core.assets.index import AssetSummary
from qc_core.assets.record import AssetRecord
from qc_core.errors import BadRecord, ConditionFailed, RecordNotFound, StoreUnavailable
from qc_core.json_text import apply, parse, splice
from qc_core.json_value import same_value
from qc_core.patch import Patch, failed_conditions, places_of, under
from qc_core.stores.atomic import DRAFT_KEPT, update_file, writable_file
from qc_core.stores.cache import BoundedCache
from qc_core.stores.folder_catalogue import Catalogue, Entry, catalogue_of
from qc_core.stores.folder_files import (
    Around,
    Loaded,
    RawFiles,
    as_stored,
    beneath,
    broken_files,
    load,
    not_writable,
    read_around,
    read_files,
    where_it_stands,
)
from qc_core.stores.folder_scan import FolderScan, Place, Stamp
from qc_core.stores.ports import Listing, ListingProblem, Look, StoredRecord
from qc_core.stores.summary import next_turn, summary_of

What = TypeVar("What")
_SETTLED_AFTER_NS = 2_000_000_000
"""A file written within this time before it was read may be written once more without its stamp changing."""


@dataclass(frozen=True, slots=True)
class _Kept(Generic[What]):
    """Something made from files, and how to tell whether they still are the same."""

    files: tuple[tuple[str, Stamp], ...]
    settled: bool
    version: str
    what: What


@dataclass(frozen=True, slots=True)
class _Line:
    """What the listing shows of one asset; `summary` is None where its quality control cannot be read."""

    summary: AssetSummary | None
    broken: tuple[ListingProblem, ...]
    until: datetime | None


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
        cache_bytes: int = 32 * 1024 * 1024,
    ) -> None:
        """`clock` gives the aware time; the folder is walked for new assets once in `walk_every` seconds at most."""
        self._clock, self._monotonic, self._walk_every = clock, monotonic, walk_every
        self._scan = FolderScan(root)
        self._walking, self._listing = Lock(), Lock()
        self._catalogue: tuple[float, Catalogue] | None = None
        self._around: dict[str, Around] = {}
        self._lines: dict[str, _Kept[_Line]] = {}
        self._records: BoundedCache[str, _Kept[Loaded]] = BoundedCache(cache_bytes)

    def listing(self) -> Listing:
        """All assets by path, as they are now; a new one appears within a second. Raises StoreUnavailable."""
        catalogue = self._look()
        with self._listing:
            lines = {entry.place.where: self._line(entry) for entry in catalogue.by_id.values()}
            self._lines = {where: kept for where, kept in self._lines.items() if where in lines}
        broken = (problem for line in lines.values() for problem in line.broken)
        summaries = tuple(line.summary for line in lines.values() if line.summary)
        return Listing(summaries, (*catalogue.problems, *broken))

    def fetch(self, record_id: str) -> StoredRecord:
        """One record, never staler than the files. Raises RecordNotFound, BadRecord or StoreUnavailable."""
        entry = self._entry(record_id)
        kept = self._confirmed(self._records.get(record_id), entry.place)
        if kept is None:
            files = read_files(entry.place)
            kept = self._keep(files, load(files))
        self._records.put(record_id, kept, sum(stamp.size for _, stamp in kept.files))
        return as_stored(kept.what, record_id)

    def look(self, record_id: str, patience: float | None = None) -> Look:
        """One record as it is now: a folder answers at once, or not at all. Raises as `fetch` does."""
        return Look(self.fetch(record_id))

    def recent(self, record_id: str) -> StoredRecord:
        """One record as it is now: its files are at hand. Raises as `fetch` does."""
        return self.fetch(record_id)

    def around(self, name: str) -> tuple[AssetRecord, ...]:
        """What is known of all assets of that name, by path. Raises StoreUnavailable."""
        by_id = self._look().by_id
        found = [by_id[record_id] for record_id in self.ids_named(name) if record_id in by_id]
        return tuple(replace(self._around[e.place.where].record, record_id=e.record_id) for e in found)

    def ids_named(self, name: str) -> tuple[str, ...]:
        """The ids of all assets of that name, by path. Raises StoreUnavailable."""
        return self._look().ids_by_name.get(name) or self._look(now=True).ids_by_name.get(name, ())

    def folder_of(self, record_id: str) -> Path:
        """The folder of an asset. Raises RecordNotFound or StoreUnavailable."""
        return self._entry(record_id).place.folder

    def submit(self, record_id: str, patch: Patch) -> None:
        """Carry out a patch under the file's lock; every byte outside the changed places stays.

        Raises ConditionFailed, RecordNotFound, BadRecord or StoreUnavailable; nothing is written then.
        """
        place = self._entry(record_id).place
        name, _ = where_it_stands(place, {})
        file = writable_file(place.folder / name, place.folder)
        refusal = not_writable(place, name)
        if refusal:
            raise StoreUnavailable(refusal, DRAFT_KEPT)

        def change(text: bytes | None) -> bytes:
            now = place.looked_at_again()
            if text is None or now is None or where_it_stands(now, {})[0] != name:
                raise ConditionFailed("The files of the asset changed since they were read.", DRAFT_KEPT)
            return _patched(text, place, name, patch)

        update_file(file, change)
        with self._walking:
            self._catalogue = None

    def _look(self, *, now: bool = False) -> Catalogue:
        """The catalogue, walked anew if it is older than the store allows, or if it must be of `now`."""
        with self._walking:
            time_now = self._monotonic()
            if not now and self._catalogue and time_now - self._catalogue[0] < self._walk_every:
                return self._catalogue[1]
            scan = self._scan.walk()
            earlier, self._around = self._around, {}
            for place in scan.places:
                kept = earlier.get(place.where)
                known = kept if kept and kept.place == place and kept.complete else read_around(place)
                self._around[place.where] = known
            catalogue = catalogue_of(scan, lambda place: self._around[place.where].record)
            self._catalogue = (time_now, catalogue)
            return catalogue

    def _entry(self, record_id: str) -> Entry:
        """The asset with that id now: where its files changed, the id may have come to mean another."""
        known = self._catalogue
        entry = known[1].by_id.get(record_id) if known else None
        if entry and entry.place.looked_at_again() == entry.place:
            return entry
        entry = self._look(now=True).by_id.get(record_id)
        if entry is None:
            raise RecordNotFound(
                f"There is no asset with the id {record_id}.", "It may have been moved or removed: look for it by name."
            )
        return entry

    def _line(self, entry: Entry) -> _Line:
        at = self._clock()
        kept = self._confirmed(self._lines.get(entry.place.where), entry.place)
        if kept is None or (kept.what.until and kept.what.until <= at):
            kept = self._read_line(entry, at)
        self._lines[entry.place.where] = kept
        line = kept.what
        if line.summary and line.summary.record_id != entry.record_id:
            line = replace(line, summary=replace(line.summary, record_id=entry.record_id))
        return line

    def _read_line(self, entry: Entry, at: datetime) -> _Kept[_Line]:
        files = read_files(entry.place)
        try:
            loaded = load(files)
        except (BadRecord, StoreUnavailable):
            return self._keep(files, _Line(None, broken_files(files), None))
        stored = replace(loaded.stored, record_id=entry.record_id)
        return self._keep(files, _Line(summary_of(stored, at), loaded.broken, next_turn(stored, at)))

    def _keep(self, files: RawFiles, what: What) -> _Kept[What]:
        return _Kept(files.place.files, self._settled(files.place) and not files.problems, files.version, what)

    def _confirmed(self, kept: _Kept[What] | None, place: Place) -> _Kept[What] | None:
        """What was kept, if the files still say the same; they are read where their stamps cannot tell."""
        if kept is None or kept.files != place.files:
            return None
        if kept.settled:
            return kept
        files = read_files(place)
        return self._keep(files, kept.what) if files.version == kept.version else None

    def _settled(self, place: Place) -> bool:
        now = self._clock().timestamp() * 1e9
        return all(now - stamp.modified_ns > _SETTLED_AFTER_NS for _, stamp in place.files)


def _patched(raw: bytes, place: Place, name: str, patch: Patch) -> bytes:
    """The new text of the file from the present one."""
    whole = parse(raw, what=name)
    _, prefix = where_it_stands(place, {name: whole})
    failed = failed_conditions(beneath(whole, prefix), patch.conditions)
    if failed:
        raise ConditionFailed(f"The record changed since it was read: {places_of(failed)}.", DRAFT_KEPT)
    operations = under(prefix, patch.operations)
    new = splice(raw, operations)
    if not same_value(parse(new, what=name), apply(whole, operations)):
        raise BadRecord(f"The change could not be put into {name} without changing more.", DRAFT_KEPT)
    return new
