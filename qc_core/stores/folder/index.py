"""The assets of a folder: walked and read in the background, by one thread at a time, and cached between starts.

A page waits for that up to a timeout; then it shows what is known from before. So on a network share
of thousands of assets no click waits for the whole folder.
"""

import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event, Lock

from qc_core.errors import RecordNotFound, StoreSlow, StoreUnavailable
from qc_core.stores.background import start_thread
from qc_core.stores.folder.catalogue import Catalogue, Entry, KnownAsset, catalogue_of, get_known_asset, read_names
from qc_core.stores.folder.memory import FolderMemory, Remembered, RememberedAsset
from qc_core.stores.folder.scan import FolderScan, Scan
from qc_core.stores.folder.summaries import (
    Line,
    ListedSummaries,
    VersionedValue,
    line_version,
    present_line,
    read_line,
    still_holds,
)
from qc_core.stores.listing import FolderProgress, Listing

log = logging.getLogger("qc_portal")

_SLOW = 0.5
"""Seconds from which on a walk is slow. What a slow one saw is worth remembering; and after it nothing is walked for as
long as it took, so that what was not found counts as missing until then, however often somebody asks."""
_MISSING = 10.0
"""Seconds for which what the last walk did not find is missing while the next walk goes on."""
_AT_ONCE = 8
"""How many assets are read at once: over a network share reading is mostly waiting."""


@dataclass(slots=True)
class _WalkState:
    catalogue: Catalogue | None = None
    known: dict[str, KnownAsset] = field(default_factory=dict)
    lines: dict[str, VersionedValue[Line]] = field(default_factory=dict)
    progress: FolderProgress | None = None
    error: StoreUnavailable | None = None
    read_at: datetime | None = None
    started: float | None = None
    ended: float = 0.0
    took: float = 0.0
    done: Event | None = None


class FolderIndex:
    """All assets under one root. Safe for many threads."""

    def __init__(
        self,
        root: Path,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
        *,
        walk_every: float = 1.0,
        timeout: float | None = None,
        memory: FolderMemory | None = None,
    ) -> None:
        """`timeout` is how many seconds a query waits for the walk; None waits until it is done."""
        self._scan, self._clock, self._monotonic = FolderScan(root), clock, monotonic
        self._walk_every, self._timeout, self._memory = walk_every, timeout, memory
        self._lock = Lock()
        self._state = _WalkState()
        self._remembered = memory is None
        self._listed = ListedSummaries()

    def read_listing(self) -> Listing:
        """What is known of all assets, by path, after waiting for a new walk. Raises StoreUnavailable."""
        self._wait(self._refresh())
        at = self._clock()
        with self._lock:
            state = self._state
            if state.error:
                raise state.error
            entries = list(state.catalogue.by_id.values()) if state.catalogue else []
            lines = [(entry, state.lines.get(entry.asset.where)) for entry in entries]
            problems = state.catalogue.problems if state.catalogue else ()
            reading, progress, read_at = state.done is not None, state.progress, state.read_at
        there = [(entry, self._line(entry, kept, at)) for entry, kept in lines if kept is not None]
        summaries = self._listed.with_ids((entry.record_id, line) for entry, line in there)
        broken = tuple(problem for _, line in there for problem in line.broken)
        if reading and progress is None:
            progress = FolderProgress(self._scan.entered)
        return Listing(
            summaries=summaries,
            problems=(*problems, *broken),
            reading=reading,
            progress=progress if reading else None,
            read_at=read_at,
        )

    def entry(self, record_id: str) -> Entry:
        """The asset with that id, its files as they are now, without a walk where it is known.

        Raises RecordNotFound, StoreSlow where the folder is still walked, and StoreUnavailable.
        """
        found = self._entry_now(record_id)
        if found is None:
            has_ended = self._walk_for_new()
            found = self._entry_now(record_id)
        if found is None:
            self._raise_if_unread(has_ended)
            raise RecordNotFound(
                f"There is no asset with the id {record_id}.", "It may have been moved or removed: look for it by name."
            )
        return found

    def find_ids(self, name: str) -> tuple[str, ...]:
        """The ids of all assets of that name, by path. Raises StoreSlow or StoreUnavailable."""
        found, has_ended = self._ids_named(name), True
        if not found:
            has_ended = self._walk_for_new()
            found = self._ids_named(name)
        if not found:
            self._raise_if_unread(has_ended)
        return found

    def line_versions(self, record_ids: Sequence[str]) -> dict[str, int]:
        """For each asset that is listed a number that changes with its files, and when a status comes to count."""
        with self._lock:
            known = self._state.catalogue.by_id if self._state.catalogue else {}
            entries = [(record_id, known[record_id]) for record_id in record_ids if record_id in known]
            lines = [(record_id, self._state.lines.get(entry.asset.where)) for record_id, entry in entries]
        return {record_id: line_version(line) for record_id, line in lines if line is not None}

    def refresh_asset(self, record_id: str) -> None:
        """This portal wrote the asset: its line is read again now, so that the list shows it at once."""
        with self._lock:
            entry = self._state.catalogue.by_id.get(record_id) if self._state.catalogue else None
        asset = entry.asset.rescan() if entry else None
        if entry and asset:
            line = read_line(asset, self._clock())
            with self._lock:
                self._put(replace(entry, asset=asset))
                self._state.lines[asset.where] = line

    def _line(self, entry: Entry, kept: VersionedValue[Line], at: datetime) -> Line:
        if not still_holds(kept, at):
            kept = read_line(entry.asset, at)
            with self._lock:
                self._state.lines[entry.asset.where] = kept
        return kept.what

    def _ids_named(self, name: str) -> tuple[str, ...]:
        self._remember()
        with self._lock:
            return self._state.catalogue.ids_by_name.get(name, ()) if self._state.catalogue else ()

    def _entry_now(self, record_id: str) -> Entry | None:
        """A known asset with its files as they are now; None where it is gone, or its files give it another id."""
        self._remember()
        with self._lock:
            state = self._state
            entry = state.catalogue.by_id.get(record_id) if state.catalogue else None
            known = state.known.get(entry.asset.where) if entry else None
        if entry is None or known is None:
            return None
        asset = entry.asset.rescan()
        if asset is None or asset == entry.asset:
            return entry if asset else None
        names = read_names(asset)
        if names.names != known.names:
            return None
        entry = replace(entry, asset=asset)
        with self._lock:
            self._state.known[asset.where] = names
            self._put(entry)
        return entry

    def _put(self, entry: Entry) -> None:
        """Update an asset of the catalogue with its present files. The caller holds the lock."""
        if self._state.catalogue and entry.record_id in self._state.catalogue.by_id:
            self._state.catalogue.by_id[entry.record_id] = entry

    def _walk_for_new(self) -> bool:
        """Walk for an asset that is not known, unless that was done just now; whether the walk has ended."""
        with self._lock:
            running = self._state.done
        self._wait(running)  # which may have passed where the asset is by now
        return self._wait(self._refresh(for_new=True))

    def _raise_if_unread(self, has_ended: bool) -> None:
        with self._lock:
            state = self._state
            if state.error:
                raise state.error
            is_known = has_ended or (state.took and self._monotonic() - state.ended < _MISSING)
            if state.catalogue is None or not is_known:
                hint = "It is large, or on a slow share: the asset is shown once it is found."
                raise StoreSlow("The folder of assets is still being read.", hint)

    def _wait(self, done: Event | None) -> bool:
        return done is None or done.wait(self._timeout)

    def _remember(self) -> None:
        """Before the first walk: what was seen before the last start. Every file is checked before it is used."""
        with self._lock:
            if self._remembered or self._memory is None:
                return
            self._remembered = True
            kept = self._memory.read()
            if kept is not None:
                self._take(kept)

    def _take(self, kept: Remembered) -> None:
        state = self._state
        state.known = {a.asset.where: KnownAsset(a.asset, a.names, complete=True) for a in kept.assets}
        state.lines = {a.asset.where: a.line for a in kept.assets if a.line is not None}
        scan = Scan([a.asset for a in kept.assets])
        state.catalogue = catalogue_of(scan, lambda asset: state.known[asset.where].names)
        state.read_at = kept.read_at

    def _refresh(self, *, for_new: bool = False) -> Event | None:
        """Start a walk where it is time for one; what to wait for, or None where the last one is fresh."""
        self._remember()
        with self._lock:
            state, now = self._state, self._monotonic()
            if state.done is not None:
                return state.done
            if state.took > _SLOW and now - state.ended < state.took:
                return None
            if not for_new and state.started is not None and now - state.started < self._walk_every:
                return None
            state.started, state.done, state.progress = now, Event(), None
            try:
                start_thread("assets of the folder", partial(self._walk, state.done))
            except StoreUnavailable:
                state.started = state.done = None  # nobody would set it
                raise
            return state.done

    def _walk(self, done: Event) -> None:
        began, trouble = self._monotonic(), None
        try:
            self._read_all()
        except StoreUnavailable as error:
            trouble = error
        except Exception as error:  # any fault of ours: else it would look like a folder without assets
            log.exception("the folder of assets could not be read")
            trouble = StoreUnavailable(
                f"The folder of assets could not be read: {type(error).__name__}.", "Try again, and report this."
            )
        finally:
            with self._lock:
                state = self._state
                state.error, state.done, state.progress = trouble, None, None
                state.ended = self._monotonic()
                state.took = state.ended - began
            done.set()

    def _read_all(self) -> None:
        began = self._monotonic()
        scan, at = self._scan.walk(), self._clock()
        with self._lock:
            earlier, lines = dict(self._state.known), dict(self._state.lines)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            known = dict(
                pool.map(lambda asset: (asset.where, get_known_asset(asset, earlier.get(asset.where))), scan.assets)
            )
            catalogue = catalogue_of(scan, lambda asset: known[asset.where].names)
            with self._lock:
                state = self._state
                state.known, state.catalogue, state.error = known, catalogue, None
                state.lines = {where: line for where, line in lines.items() if where in known}
                state.progress = FolderProgress(self._scan.entered, 0, len(known))
            changed = 0
            read = pool.map(lambda asset: (asset, *present_line(lines.get(asset.where), asset, at)), scan.assets)
            for number, (asset, line, is_new) in enumerate(read):
                changed += is_new
                with self._lock:
                    self._state.lines[asset.where] = line
                    self._state.progress = FolderProgress(self._scan.entered, number + 1, len(known))
        with self._lock:
            self._state.read_at = at
        is_news = changed or known.keys() != earlier.keys()
        if self._memory is not None and is_news and self._monotonic() - began > _SLOW:
            self._memory.write(self._to_remember(at))

    def _to_remember(self, at: datetime) -> Remembered:
        with self._lock:
            state = self._state
            assets = tuple(
                RememberedAsset(one.asset, one.names, state.lines.get(where))
                for where, one in state.known.items()
                if one.complete
            )
        return Remembered(at, assets)
