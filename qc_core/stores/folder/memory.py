"""A cache of what was read of a folder of assets, kept between starts as one JSON object in the state.

It only saves work: each file is compared with the cached version before the cache is used.
"""

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from qc_core.assets.index import AssetSummary
from qc_core.stores.folder.catalogue import OwnNames
from qc_core.stores.folder.scan import ScannedAsset, Stamp
from qc_core.stores.folder.summaries import Line, VersionedValue
from qc_core.stores.listing import ListingProblem
from qc_core.stores.state.objects import Objects, ObjectsUnavailableError

VERSION = 4
"""Raised whenever the same files would give another line."""
log = logging.getLogger("qc_portal")


@dataclass(frozen=True, slots=True)
class RememberedAsset:
    """An asset as it was seen; `line` is None where its files were not read yet."""

    asset: ScannedAsset
    names: OwnNames
    line: VersionedValue[Line] | None


@dataclass(frozen=True, slots=True)
class Remembered:
    """A folder as it was seen at an aware time."""

    read_at: datetime
    assets: tuple[RememberedAsset, ...]


class FolderMemory:
    """The memory of one root, at `folders/<digest of its path>.json` among the portal's own objects."""

    def __init__(self, objects: Objects, root: Path) -> None:
        """Nothing is made before the first `write`."""
        self._objects, self._root = objects, root
        digest = hashlib.sha256(str(root.absolute()).encode("utf-8", "surrogateescape")).hexdigest()[:20]
        self._key = f"folders/{digest}.json"

    def read(self) -> Remembered | None:
        """What was kept last; None where there is nothing that can be used."""
        try:
            raw = self._objects.read(self._key)
            return None if raw is None else _read(json.loads(raw), self._root)
        except (ObjectsUnavailableError, ValueError, TypeError, KeyError, RecursionError) as error:
            log.warning("what was seen of the folder of assets before cannot be used: %s", type(error).__name__)
            return None

    def write(self, remembered: Remembered) -> None:
        """Keep what was seen; that this fails only costs time after the next start."""
        try:
            self._objects.write(self._key, json.dumps(_write(remembered)).encode())
        except ObjectsUnavailableError as error:
            log.warning("what was seen of the folder of assets cannot be kept: %s", error.detail)


def _write(remembered: Remembered) -> dict[str, Any]:
    return {
        "version": VERSION,
        "read_at": remembered.read_at.isoformat(),
        "assets": [_asset(one) for one in remembered.assets],
    }


def _asset(one: RememberedAsset) -> dict[str, Any]:
    asset, line = one.asset, one.line
    kept = None
    if line is not None and line.files == asset.files:
        summary, until = line.what.summary, line.what.until
        kept = {
            "settled": line.settled,
            "version": line.version,
            "summary": _summary(summary) if summary else None,
            "broken": [[problem.where, problem.reason, problem.hint] for problem in line.what.broken],
            "until": until.isoformat() if until else None,
        }
    return {
        "where": asset.where,
        "loose": asset.loose,
        "files": [[name, stamp.modified_ns, stamp.size, stamp.inode] for name, stamp in asset.files],
        "name": one.names.name,
        "id": one.names.own_id,
        "line": kept,
    }


def _summary(summary: AssetSummary) -> dict[str, Any]:
    times = {key: getattr(summary, key) for key in ("acquisition_time", "processed_at", "changed_at")}
    return asdict(summary) | {key: time.isoformat() if time else None for key, time in times.items()}


class _StoredLine(msgspec.Struct):
    settled: bool
    version: str
    summary: AssetSummary | None
    broken: list[tuple[str, str, str]]
    until: datetime | None


class _Asset(msgspec.Struct):
    where: str
    loose: str | None
    files: list[tuple[str, int, int, int]]
    name: str
    id: str | None
    line: _StoredLine | None


def _read(stored: Mapping[str, Any], root: Path) -> Remembered | None:
    if stored["version"] != VERSION:
        return None
    assets = (_read_asset(asset, root) for asset in stored["assets"])
    return Remembered(_aware(datetime.fromisoformat(stored["read_at"])), tuple(asset for asset in assets if asset))


def _read_asset(stored: Any, root: Path) -> RememberedAsset | None:
    """What is remembered of an asset; None where a value is missing or of another type: then it is read again."""
    try:
        kept = msgspec.convert(stored, _Asset)
        line = _read_line(kept.line) if kept.line else None
    except (msgspec.ValidationError, ValueError):
        return None
    files = tuple((name, Stamp(modified, size, inode)) for name, modified, size, inode in kept.files)
    path = root if kept.where == "." else root / kept.where
    asset = ScannedAsset(kept.where, path.parent if kept.loose else path, files, kept.loose)
    known = VersionedValue(files, kept.line.settled, kept.line.version, line) if kept.line and line else None
    return RememberedAsset(asset, OwnNames(kept.name, kept.id), known)


def _read_line(kept: _StoredLine) -> Line:
    broken = tuple(ListingProblem(where, reason, hint) for where, reason, hint in kept.broken)
    return Line(kept.summary, broken, _aware(kept.until) if kept.until else None)


def _aware(time: datetime) -> datetime:
    if time.tzinfo is None:
        raise ValueError("a remembered time has no zone")
    return time
