"""Read the files of one asset: their contents, which of them is the quality control, and their problems."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from qc_core.assets.names import NameKind, parse_name
from qc_core.assets.record import AssetRecord, read_record
from qc_core.errors import BadRecord, QcError, StoreUnavailable
from qc_core.json_document import parse
from qc_core.json_document.value import JsonPath, JsonValue, same_value
from qc_core.quality_control import document
from qc_core.stores.files.atomic import why, writable_file
from qc_core.stores.files.limited_reading import read_limited
from qc_core.stores.folder.scan import PARTS, QUALITY_CONTROL, RECORD, ScannedAsset, decode_path
from qc_core.stores.listing import ListingProblem
from qc_core.stores.ports import StoredRecord

_KEY = "quality_control"
_RESULTS = "results"


@dataclass(frozen=True, slots=True)
class RawFiles:
    """The bytes of an asset's files. `version` changes whenever any of them does; `problems` are the unreadable."""

    asset: ScannedAsset
    raw: Mapping[str, bytes]
    problems: tuple[ListingProblem, ...]
    version: str

    @property
    def size(self) -> int:
        """How many bytes of text there are."""
        return sum(len(raw) for raw in self.raw.values())


@dataclass(frozen=True, slots=True)
class AssetMetadata:
    """An asset's record without its quality control; not `complete` where a file could not be opened."""

    asset: ScannedAsset
    record: AssetRecord
    complete: bool


@dataclass(frozen=True, slots=True)
class Loaded:
    """An asset as read: its record (without the id that a store gives it), and what in its files is broken.

    `source` is the name of the file that holds the quality control.
    """

    stored: StoredRecord
    broken: tuple[ListingProblem, ...]
    asset: ScannedAsset
    source: str


def read_files(asset: ScannedAsset, names: tuple[str, ...] | None = None) -> RawFiles:
    """Read the asset's files, or those of these names; never raises."""
    raw: dict[str, bytes] = {}
    problems: list[ListingProblem] = []
    digest = hashlib.sha256()
    for name in asset.names if names is None else names:
        try:
            raw[name] = read_limited(asset.folder / name)
        except OSError as error:
            problems.append(ListingProblem(asset.from_root(name), f"It cannot be read, because {why(error)}."))
        digest.update(f"{name} {len(raw.get(name, b''))} {name in raw}\n".encode("utf-8", "surrogateescape"))
        digest.update(raw.get(name, b""))
    return RawFiles(asset, raw, tuple(problems), digest.hexdigest()[:20])


def read_asset_metadata(asset: ScannedAsset) -> AssetMetadata:
    """An asset's metadata, without reading a quality_control.json; never raises."""
    files = read_files(asset, tuple(name for name in asset.names if name != QUALITY_CONTROL))
    values, _ = _parse(files)
    record = read_record(_parts(asset, values), folder_name=folder_name(asset))
    return AssetMetadata(asset, record, complete=not files.problems)


def find_broken_files(files: RawFiles) -> tuple[ListingProblem, ...]:
    """What among the files is not readable or not JSON."""
    return (*files.problems, *_parse(files)[1])


def load(files: RawFiles) -> Loaded:
    """Read an asset from its files. Raises BadRecord or StoreUnavailable when its quality control cannot be read."""
    asset = files.asset
    values, broken = _parse(files)
    name, prefix = locate_document(asset, values)
    if name not in values:
        raise _unreadable(files, (*files.problems, *broken), name)
    raw = value_at(values[name], prefix)
    metadata = read_record(_parts(asset, values), folder_name=folder_name(asset))
    quality_control = document.read(raw)
    problems = [f"{problem.where}: {problem.reason}" for problem in (*files.problems, *broken)]
    if raw is not None and quality_control.generation is None:
        broken += (ListingProblem(asset.from_root(name), quality_control.read_only or "It is of no known shape."),)
    if name == QUALITY_CONTROL and not _agrees(raw, values.get(RECORD)):
        reason = f"{RECORD} holds another quality control than {QUALITY_CONTROL}; the latter is shown."
        problems.append(reason)
        broken += (ListingProblem(asset.from_root(RECORD), reason),)
    stored = StoredRecord(
        record_id="",
        name=metadata.name,
        version=files.version,
        quality_control=raw,
        document=quality_control,
        asset=metadata,
        problems=tuple(problems),
        read_only=quality_control.read_only,
        revision=files.version,
    )
    return Loaded(stored, (*files.problems, *broken), asset, name)


def as_stored(loaded: Loaded, record_id: str) -> StoredRecord:
    """The record under the id that the store knows it by, and whether it can be written at this moment."""
    read_only = loaded.stored.read_only or not_writable(loaded.asset, loaded.source)
    return replace(loaded.stored, record_id=record_id, read_only=read_only)


def locate_document(asset: ScannedAsset, values: Mapping[str, JsonValue]) -> tuple[str, JsonPath]:
    """The name of the file that holds the quality control, and the path of the document in it."""
    name = asset.loose or (QUALITY_CONTROL if QUALITY_CONTROL in asset.names else RECORD)
    if name == RECORD:
        return name, (_KEY,)
    value = values.get(name)
    if not isinstance(value, dict) or _KEY not in value:
        return name, ()
    by_itself = any(isinstance(value.get(key), list) for key in ("metrics", "evaluations"))
    return name, () if by_itself else (_KEY,)


def value_at(value: JsonValue, prefix: JsonPath) -> JsonValue:
    """The value at `prefix`, or None."""
    for step in prefix:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def folder_name(asset: ScannedAsset) -> str:
    """The name an asset has when its record gives none: that of its folder, or of the folder of its `results`.

    A document of another name is an asset by that name, as in a folder of many; `ecephys_1_2026-01-01_00-00-00/qc.json`
    has the name of the folder, since only that is the name of an asset.
    """
    if asset.loose:
        own, around = decode_path(Path(asset.loose).stem), decode_path(asset.folder.name or asset.folder.resolve().name)
        is_in_asset = NameKind.OTHER is parse_name(own).kind and NameKind.OTHER is not parse_name(around).kind
        return around if is_in_asset else own
    folder = asset.folder.resolve() if asset.where == "." else asset.folder
    outer = folder.parent.resolve().name
    return decode_path(outer if folder.name == _RESULTS and outer else folder.name) or "asset"


def _parse(files: RawFiles) -> tuple[dict[str, JsonValue], tuple[ListingProblem, ...]]:
    values: dict[str, JsonValue] = {}
    problems = []
    for name, raw in files.raw.items():
        where = files.asset.from_root(name)
        try:
            value = parse(raw, what="It")
        except BadRecord as error:
            problems.append(ListingProblem(where, str(error)))
            continue
        empty_part = value is None and name not in (RECORD, files.asset.loose)
        if name != QUALITY_CONTROL and not isinstance(value, dict) and not empty_part:
            problems.append(ListingProblem(where, "It holds no JSON object, so it is of no known shape."))
            continue
        values[name] = value
    return values, tuple(problems)


def _parts(asset: ScannedAsset, values: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """The parts of the record: those of the one file, under those of the separate files.

    A file that is a record of another name is more specific than the files next to it.
    """
    parts: dict[str, JsonValue] = {}
    record = values.get(asset.loose or RECORD)
    if isinstance(record, dict):
        parts.update(record)
    for part in PARTS:
        own_file = values.get(f"{part}.json")
        if own_file is not None and not (asset.loose and parts.get(part) is not None):
            parts[part] = own_file
    return parts


def _agrees(raw: JsonValue, record: JsonValue) -> bool:
    other = value_at(record, (_KEY,))
    return other is None or same_value(raw, other)


def _unreadable(files: RawFiles, problems: tuple[ListingProblem, ...], name: str) -> QcError:
    where = files.asset.from_root(name)
    reason = next((problem.reason for problem in problems if problem.where == where), "It is gone.")
    if name in files.raw:
        return BadRecord(f"{where} cannot be read as quality control. {reason}")
    return StoreUnavailable(f"{where} cannot be opened. {reason}", "Check the disk or share, and the permissions.")


def not_writable(asset: ScannedAsset, name: str) -> str | None:
    """Why one of the asset's files cannot be replaced, as a sentence, or None where it can."""
    try:
        file = writable_file(asset.folder / name, asset.folder, hint="")
    except StoreUnavailable as error:
        return error.message
    if not os.access(file, os.W_OK):
        return f"This account may not write {asset.from_root(name)}."
    if not os.access(file.parent, os.W_OK | os.X_OK):
        return f"This account may not write in the folder of {asset.from_root(name)}."
    return None
