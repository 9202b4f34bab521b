"""Read a pipeline's results on disk: a folder, or one file."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from qc_core.errors import BadRecord, QcError, ReferenceUnreadable, StoreUnavailable
from qc_core.json_document import parse
from qc_core.json_document.value import JsonPath, JsonValue
from qc_core.stores.figures.folder import file_inside
from qc_core.stores.files.atomic import update_file, why
from qc_core.stores.files.limited_reading import read_limited
from qc_core.stores.folder.asset_files import load, locate_document, read_files, value_at
from qc_core.stores.folder.other_files import is_nearly_right
from qc_core.stores.folder.scan import QUALITY_CONTROL, RECORD, FolderScan, Scan, ScannedAsset, decode_path
from qc_core.stores.listing import ListingProblem
from qc_core.stores.ports import StoredRecord

_DESCRIPTION = "data_description"
_ODD_NUMBERS = (b"NaN", b"Infinity")


@dataclass(frozen=True, slots=True)
class Results:
    """One asset's results. `record` is None where its quality control cannot be read, and `broken` gives the reason.

    `described` is whether there is a data description, in a file of its own or in the record. `not_read` are files next
    to those that were read, which somebody may take for read: further documents, and names that are nearly right;
    `name_is_nearly_right` is whether the document's own name is one. `parts_with_odd_numbers` are the other files of
    the record, by path, that may hold NaN or Infinity, without the quality control in them.
    """

    path: str
    folder: Path
    record: StoredRecord | None
    described: bool
    broken: tuple[str, ...]
    not_read: tuple[ListingProblem, ...] = ()
    name_is_nearly_right: bool = False
    parts_with_odd_numbers: Mapping[str, JsonValue] = field(default_factory=dict)

    def explain_missing(self, path: str) -> str | None:
        """Why there is no figure at a relative path of the asset, or None if there is one."""
        try:
            file_inside(self.folder, path)
        except ReferenceUnreadable as error:
            return error.message
        return None


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """A JSON file that holds a quality_control document, at the path `prefix` in it."""

    path: Path
    raw: bytes
    prefix: JsonPath
    quality_control: JsonValue


def read_results(path: Path) -> tuple[Results, ...]:
    """All assets at a path: a folder of one or of many, or one file.

    What lies in no asset and was not read, such as a file whose name is nearly right, comes last, without a record.
    Raises StoreUnavailable when it cannot be opened, or when there is neither an asset nor anything meant as one.
    """
    scan = _scan(path)
    if not scan.assets and not scan.problems:
        raise StoreUnavailable(
            f"There is no {QUALITY_CONTROL} and no {RECORD} in {path}.", "Name the folder that holds it, or the file."
        )
    found = []
    for asset in scan.assets:
        problems = tuple(problem for problem in scan.problems if _is_in(problem, asset))
        found.append(_results(asset, path, problems))
    left = [one for one in scan.problems if not any(_is_in(one, asset) for asset in scan.assets)]
    for one in left:
        file = path / one.where
        found.append(Results(str(file), file.parent, None, described=False, broken=(one.reason,), not_read=(one,)))
    return tuple(found)


def read_document(path: Path, texts: Mapping[Path, bytes] | None = None) -> DocumentFile:
    """The document in a file, or in a folder's quality_control.json or metadata.nd.json.

    `texts` has the bytes of files that were read already, by their resolved paths.
    Raises BadRecord for what is not JSON, StoreUnavailable for what cannot be read.
    """
    asset = _scan_asset(path / QUALITY_CONTROL if path.is_dir() else path)
    if asset is None:
        raise _not_there(path)
    name = asset.loose or (QUALITY_CONTROL if QUALITY_CONTROL in asset.names else RECORD)
    file = asset.folder / name
    try:
        known = (texts or {}).get(file.resolve())
        raw = read_limited(file) if known is None else known
    except OSError as error:
        raise StoreUnavailable(f"{file} cannot be read, because {why(error)}.", "Check the path.") from error
    value = parse(raw, what=str(file))
    _, prefix = locate_document(asset, {name: value})
    return DocumentFile(file, raw, prefix, value_at(value, prefix))


def update_document(path: Path, change: Callable[[bytes | None], bytes]) -> None:
    """Let `change` make the text of the document at a path from the present one, None where there is none.

    The portal's own submissions wait meanwhile. Raises StoreUnavailable, and what `change` raises.
    """
    if not path.parent.is_dir():
        raise StoreUnavailable(f"There is no folder {path.parent}.", "Make it first.")
    update_file(path.resolve(), change, hint="Nothing was changed.")


def _scan(path: Path) -> Scan:
    if path.is_dir():
        return FolderScan(path).walk()
    asset = _scan_asset(path)
    if asset is None:
        raise _not_there(path)
    return Scan([asset], [] if asset.loose else FolderScan(path.parent).scan_root_folder())


def _is_in(problem: ListingProblem, asset: ScannedAsset) -> bool:
    """Whether a file lies in the folder of an asset; an asset of one file has no folder of its own."""
    where = decode_path(asset.where)
    if asset.loose:
        return problem.where == where
    return where == "." or problem.where == where or problem.where.startswith(f"{where}/")


def _scan_asset(path: Path) -> ScannedAsset | None:
    """One file as an asset; a quality_control.json or metadata.nd.json means its folder."""
    inside = path.name in (QUALITY_CONTROL, RECORD)
    return ScannedAsset("." if inside else path.name, path.parent, (), None if inside else path.name).rescan()


def _results(asset: ScannedAsset, path: Path, not_read: tuple[ListingProblem, ...]) -> Results:
    where = str(path) if asset.where == "." or not path.is_dir() else str(path / asset.where)
    files = read_files(asset)
    try:
        loaded = load(files)
    except (BadRecord, StoreUnavailable) as error:
        return Results(where, asset.folder, None, described=False, broken=(str(error),), not_read=not_read)
    described = f"{_DESCRIPTION}.json" in files.raw or _in_record(files.raw, asset)
    return Results(
        path=where,
        folder=asset.folder,
        record=loaded.stored,
        described=described,
        broken=loaded.stored.problems,
        not_read=not_read,
        name_is_nearly_right=bool(asset.loose) and is_nearly_right(str(asset.loose)),
        parts_with_odd_numbers=dict(_odd_parts(files.raw, loaded.source, asset)),
    )


def _odd_parts(raw: Mapping[str, bytes], source: str, asset: ScannedAsset) -> Iterator[tuple[str, JsonValue]]:
    for name, text in raw.items():
        if name == QUALITY_CONTROL or not any(word in text for word in _ODD_NUMBERS):
            continue
        try:
            value = parse(text, what=name)
        except QcError:
            continue
        if name == source and not locate_document(asset, {name: value})[1]:
            continue  # a document of another name: the quality control itself
        if isinstance(value, dict):
            value = {key: part for key, part in value.items() if key != "quality_control"}
        yield asset.from_root(name), value


def _in_record(raw: Mapping[str, bytes], asset: ScannedAsset) -> bool:
    name = asset.loose or RECORD
    try:
        record = parse(raw[name], what=name) if name in raw else None
    except QcError:
        return False
    return isinstance(record, dict) and isinstance(record.get(_DESCRIPTION), dict)


def _not_there(path: Path) -> StoreUnavailable:
    return StoreUnavailable(
        f"There is no file {path}." if not path.is_dir() else f"There is no {QUALITY_CONTROL} in {path}.",
        "Name the folder that holds the quality_control.json, or the file.",
    )
