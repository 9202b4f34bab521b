"""The line of a folder's asset in the list of assets, cached as long as its files stay the same."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock
from typing import Generic, TypeVar

from qc_core.assets.index import AssetSummary
from qc_core.errors import BadRecord, StoreUnavailable
from qc_core.stores.folder.asset_files import RawFiles, find_broken_files, load, read_files
from qc_core.stores.folder.scan import ScannedAsset, Stamp
from qc_core.stores.listing import ListingProblem
from qc_core.stores.summary import status_valid_until, summary_of

What = TypeVar("What")
SETTLED_AFTER_NS = 2_000_000_000
"""A file written within this time before it was read may be written once more without its stamp changing."""
_TOO_MUCH = (MemoryError, RecursionError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError)
"""What a hostile file may cause in code that does not expect it; it must not take the other assets with it."""


@dataclass(frozen=True, slots=True)
class VersionedValue(Generic[What]):
    """Something made from an asset's files, and whether they still are the same.

    Not `settled` where a file was written so shortly before that its stamp proves nothing.
    """

    files: tuple[tuple[str, Stamp], ...]
    settled: bool
    version: str
    what: What


@dataclass(frozen=True, slots=True)
class Line:
    """What the list shows of one asset: `summary` is None where its quality control cannot be read.

    It holds `until` that moment, where an entry of a history lies in the future.
    """

    summary: AssetSummary | None
    broken: tuple[ListingProblem, ...]
    until: datetime | None


class ListedSummaries:
    """Gives summaries the ids of their assets; where nothing changed the same objects as before, quick to compare.

    Safe for many threads.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: dict[str, tuple[Line, AssetSummary]] = {}

    def with_ids(self, lines: Iterable[tuple[str, Line]]) -> tuple[AssetSummary, ...]:
        """The summaries of the lines that have one; those of ids that are not among them are forgotten."""
        with self._lock:
            earlier, self._known = self._known, {}
            for record_id, line in lines:
                if line.summary is not None:
                    known = earlier.get(record_id)
                    if known is None or known[0] is not line:
                        known = line, replace(line.summary, record_id=record_id)
                    self._known[record_id] = known
            return tuple(summary for _, summary in self._known.values())


def keep(files: RawFiles, what: What, at: datetime) -> VersionedValue[What]:
    """What was made from files that were read at a moment."""
    now = at.timestamp() * 1e9
    settled = all(now - stamp.modified_ns > SETTLED_AFTER_NS for _, stamp in files.asset.files)
    return VersionedValue(files.asset.files, settled and not files.problems, files.version, what)


def confirm_kept(kept: VersionedValue[What] | None, asset: ScannedAsset, at: datetime) -> VersionedValue[What] | None:
    """What was kept, if the files are still the same; they are read where their stamps do not prove it."""
    if kept is None or kept.files != asset.files:
        return None
    if kept.settled:
        return kept
    files = read_files(asset)
    return keep(files, kept.what, at) if files.version == kept.version else None


def read_line(asset: ScannedAsset, at: datetime) -> VersionedValue[Line]:
    """The line of an asset, read from its files; whatever is wrong with them is a problem of this asset alone."""
    files = read_files(asset)
    try:
        loaded = load(files)
        line = Line(summary_of(loaded.stored, at), loaded.broken, status_valid_until(loaded.stored, at))
    except (BadRecord, StoreUnavailable):
        line = Line(None, find_broken_files(files), None)
    except _TOO_MUCH as error:
        reason = f"It cannot be read as an asset: {type(error).__name__}. Please report this."
        line = Line(None, (ListingProblem(asset.from_root(asset.loose or "."), reason),), None)
    return keep(files, line, at)


def present_line(
    kept: VersionedValue[Line] | None, asset: ScannedAsset, at: datetime
) -> tuple[VersionedValue[Line], bool]:
    """The line of an asset as its files are now, and whether it was read; what was kept where that still holds."""
    same = confirm_kept(kept, asset, at)
    return (same, False) if same is not None and still_holds(same, at) else (read_line(asset, at), True)


def still_holds(kept: VersionedValue[Line], at: datetime) -> bool:
    """Whether no status entry has come to count since."""
    return kept.what.until is None or kept.what.until > at


def line_version(kept: VersionedValue[Line]) -> int:
    """A number for the files that a line was made from, and for the moment that it holds until."""
    digest = hashlib.sha256(f"{kept.version} {kept.what.until}".encode()).digest()
    return int.from_bytes(digest[:7])
