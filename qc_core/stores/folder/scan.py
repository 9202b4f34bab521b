"""Finding the assets under a folder by the names of their files, reading as little as possible."""

import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qc_core.errors import BadRecord, StoreUnavailable
from qc_core.json_document import parse
from qc_core.json_document.value import JsonValue
from qc_core.stores.files.atomic import why
from qc_core.stores.folder.other_files import (
    folder_so_named,
    further_document,
    holds_metrics,
    is_nearly_right,
    may_be_further,
    near_miss,
)
from qc_core.stores.listing import ListingProblem

QUALITY_CONTROL = "quality_control.json"
RECORD = "metadata.nd.json"
PARTS = ("data_description", "subject", "session", "acquisition", "rig", "instrument", "processing")

_PART_FILES = tuple(f"{part}.json" for part in PARTS)
_OF_AN_ASSET = (QUALITY_CONTROL, RECORD, *_PART_FILES)
_NEVER_ENTERED = (".zarr", ".n5")
"""Arrays stored as folders: they hold up to millions of files, and no asset."""
_MAX_LOOSE_BYTES = 64 * 1024 * 1024
"""Bytes of a JSON file among others that is read to see whether it is a record."""
_SCHEMA_OF_QUALITY_CONTROL = "/core/quality_control.py"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which version of a file this is, as far as the file system shows without reading it."""

    modified_ns: int
    size: int
    inode: int


Stamps = tuple[tuple[str, Stamp], ...]


@dataclass(frozen=True, slots=True)
class ScannedAsset:
    """One asset as it was found: its folder, and those of its files that make the record.

    `where` is the path from the root, "." for the root itself. `loose` names the one file of an asset that is no
    folder of its own but a record, or a quality_control document, among others; the files next to it are read with it.
    """

    where: str
    folder: Path
    files: Stamps
    loose: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its files."""
        return tuple(name for name, _ in self.files)

    def from_root(self, name: str) -> str:
        """The path of one of its files from the root, for people."""
        if name == self.loose:
            return decode_path(self.where)
        folder = self.where.rpartition("/")[0] if self.loose else self.where
        return decode_path(f"{folder}/{name}" if folder not in ("", ".") else name)

    def rescan(self) -> "ScannedAsset | None":
        """The same asset with its files as they are now, or None where there is no asset any more."""
        names = _names_with(self.loose) if self.loose else _OF_AN_ASSET
        files = tuple((name, stamp) for name in names if (stamp := _stamp(self.folder / name)))
        has_record = any(name in (self.loose, QUALITY_CONTROL, RECORD) for name, _ in files)
        return ScannedAsset(self.where, self.folder, files, self.loose) if has_record else None


_KnownFiles = dict[str, tuple[Stamp, bool | str]]
"""What JSON files were found to be, in the versions that were read, by path."""
_Entries = Sequence[os.DirEntry[str]]


@dataclass(slots=True)
class Scan:
    """The assets found, by path, and what could not be read."""

    assets: list[ScannedAsset] = field(default_factory=list)
    problems: list[ListingProblem] = field(default_factory=list)


class FolderScan:
    """Walks one root again and again, and remembers what loose JSON files are. For one thread at a time.

    `entered` counts the folders of the walk that goes on, or was the last.
    """

    def __init__(self, root: Path) -> None:
        """`root` is one asset, or a folder of many."""
        self._root = root
        self._loose: _KnownFiles = {}
        self.entered = 0

    def walk(self) -> Scan:
        """All assets under the root, however deep; hidden folders and the inside of assets are not entered.

        Links to folders are followed, after all real folders, and each folder is entered once.
        Raises StoreUnavailable when the root itself cannot be read.
        """
        scan, seen, known = Scan(), set(), self._loose
        self.entered, self._loose = 0, {}
        folders, links = [(self._root, ".")], list[tuple[Path, str]]()
        near: list[ListingProblem] = []
        while folders or links:
            folder, where = (folders or links).pop()
            try:
                status = folder.stat()
                entries = sorted(_visible(folder), key=lambda entry: entry.name)
            except OSError as error:
                if where == ".":
                    raise _not_a_folder(folder, error) from error
                reason = f"The folder cannot be read, because {why(error)}."
                scan.problems.append(ListingProblem(decode_path(where), reason))
                continue
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            self.entered += 1
            asset = _asset_in(folder, where, entries, scan.problems)
            near += self._report_skipped(where, entries, asset, known, scan)
            if asset:
                scan.assets.append(asset)
                continue
            present = {entry.name for entry in entries}
            parts = tuple((n, s) for n in _PART_FILES if n in present and (s := _stamp(folder / n)))
            for entry in entries:
                inner = entry.name if where == "." else f"{where}/{entry.name}"
                if _is_folder(entry):
                    if not entry.is_symlink():
                        folders.append((Path(entry.path), inner))
                    elif not _holds(entry, self._root):
                        links.append((Path(entry.path), inner))
                elif entry.name.lower().endswith(".json"):
                    self._judge(Path(entry.path), inner, parts, known, scan)
        scan.problems += _not_read(near, scan.assets)
        scan.assets.sort(key=lambda asset: asset.where)
        scan.problems.sort(key=lambda problem: problem.where)
        return scan

    def scan_root_folder(self) -> list[ListingProblem]:
        """The files that are passed over in the root's own folder, where it is an asset; never raises."""
        scan = Scan()
        try:
            entries = sorted(_visible(self._root), key=lambda entry: entry.name)
        except OSError:
            return []
        asset = _asset_in(self._root, ".", entries, scan.problems)
        near = list(self._report_skipped(".", entries, asset, {}, scan)) if asset else []
        return [*scan.problems, *near]

    def _report_skipped(
        self, where: str, entries: _Entries, asset: ScannedAsset | None, known: _KnownFiles, scan: Scan
    ) -> Iterator[ListingProblem]:
        """The near misses of a folder's names; further documents of `asset` are problems at once."""
        read = next((name for name in (QUALITY_CONTROL, RECORD) if asset and name in asset.names), None)
        is_of_asset = where == "." or any(entry.name in _PART_FILES for entry in entries)
        for entry in entries:
            inner = entry.name if where == "." else f"{where}/{entry.name}"
            if entry.name in _OF_AN_ASSET:
                continue
            if _is_folder(entry):
                if read is None and is_of_asset and is_nearly_right(entry.name):
                    yield folder_so_named(decode_path(inner))
            elif read and may_be_further(entry.name) and self._holds_metrics(Path(entry.path), inner, known):
                scan.problems.append(further_document(decode_path(inner), read))
            elif miss := near_miss(Path(entry.path), decode_path(inner), read):
                yield miss

    def _holds_metrics(self, path: Path, where: str, known: _KnownFiles) -> bool:
        stamp = _stamp(path)
        if stamp is None:
            return False
        earlier = known.get(where)
        verdict = earlier[1] is True if earlier and earlier[0] == stamp else holds_metrics(path)
        self._loose[where] = (stamp, verdict)
        return verdict

    def _judge(self, path: Path, where: str, parts: Stamps, known: _KnownFiles, scan: Scan) -> None:
        """Take a JSON file among others for an asset where it is one; `parts` are the parts of a record next to it."""
        stamp = _stamp(path)
        if stamp is None:
            return
        earlier = known.get(where)
        verdict = earlier[1] if earlier and earlier[0] == stamp else _is_record(path, stamp)
        self._loose[where] = (stamp, verdict)
        if verdict is True:
            other_parts = tuple((name, of) for name, of in parts if name != path.name)
            scan.assets.append(ScannedAsset(where, path.parent, ((path.name, stamp), *other_parts), path.name))
        elif isinstance(verdict, str):
            scan.problems.append(ListingProblem(decode_path(where), verdict))


def decode_path(where: str) -> str:
    """A path as text for people: bytes that are not text become a replacement sign."""
    return where.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _not_read(near: Iterable[ListingProblem], assets: Iterable[ScannedAsset]) -> list[ListingProblem]:
    """The near misses that are not read, and contain no asset: JSON is read under any name."""
    read = {decode_path(asset.where) for asset in assets}
    holding = read | {where[: mark.start()] for where in read for mark in re.finditer("/", where)}
    return [problem for problem in near if problem.where not in holding]


def _names_with(loose: str) -> tuple[str, ...]:
    """The document of another name, and the parts of a record next to it."""
    return (loose, *(name for name in _PART_FILES if name != loose))


def _visible(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return [entry for entry in entries if not entry.name.startswith(".")]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir() and not entry.name.lower().endswith(_NEVER_ENTERED)
    except OSError:
        return False  # a link that goes in circles


def _holds(entry: os.DirEntry[str], root: Path) -> bool:
    """Whether a link leads to a folder that holds the root: entering it would list everything around the root."""
    try:
        return root.resolve().is_relative_to(Path(entry.path).resolve())
    except (OSError, RuntimeError):
        return True


def _stamp(path: Path) -> Stamp | None:
    """The version of a regular file; None where there is none. Nothing else is ever opened: a pipe would block."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return Stamp(status.st_mtime_ns, status.st_size, status.st_ino) if stat.S_ISREG(status.st_mode) else None


def _asset_in(folder: Path, where: str, entries: _Entries, problems: list[ListingProblem]) -> ScannedAsset | None:
    present = {entry.name for entry in entries}
    if not present & {QUALITY_CONTROL, RECORD}:
        return None
    files = tuple((n, s) for n in _OF_AN_ASSET if n in present and (s := _stamp(folder / n)))
    asset = ScannedAsset(where, folder, files)
    for name in _OF_AN_ASSET:
        if name in present and name not in asset.names:
            problems.append(ListingProblem(asset.from_root(name), "It is not a file, or a link that leads nowhere."))
    return asset if {QUALITY_CONTROL, RECORD} & set(asset.names) else None


def _is_record(path: Path, stamp: Stamp) -> bool | str:
    """Whether a loose JSON file is a record or a quality_control document; a sentence where it is a broken one."""
    if stamp.size > _MAX_LOOSE_BYTES:
        return False
    try:
        raw = path.read_bytes()
        if not any(word in raw for word in (b'"quality_control"', b'"metrics"', b'"evaluations"', b'"describedBy"')):
            return False
        top = parse(raw, what="The file")
    except (OSError, BadRecord):
        return False  # any program may leave JSON in a folder; only files named as records must be readable
    return _has_keys_of_record(top)


def _has_keys_of_record(top: JsonValue) -> bool | str:
    """Whether a document has the keys of a record or of quality control; a sentence where it only claims so."""
    if not isinstance(top, dict):
        return False
    if isinstance(top.get("metrics"), list) or isinstance(top.get("evaluations"), list):
        return True
    if isinstance(top.get("quality_control", False), dict | None):
        return True
    written_by = top.get("describedBy")
    if isinstance(written_by, str) and written_by.endswith(_SCHEMA_OF_QUALITY_CONTROL):
        return "It is marked as quality control, but has neither `metrics` nor `evaluations`."
    return False


def _not_a_folder(root: Path, error: OSError) -> StoreUnavailable:
    return StoreUnavailable(
        f"{root} cannot be opened as a folder, because {why(error)}.",
        "Check QC_PORTAL_ASSETS, and whether the disk or share is connected.",
    )
