"""The figure store: find the file that a record's reference names, and read it from its location."""

import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count, islice
from pathlib import Path

from qc_core.assets.lineage import raw_of
from qc_core.errors import BadRecord, QcError, ReferenceUnreadable
from qc_core.json_document import parse
from qc_core.json_document.value import JsonValue
from qc_core.references.charts.vega import data_files
from qc_core.references.kachery import KacheryFile
from qc_core.references.kind import is_sliced
from qc_core.references.locations import RAW_PLACEHOLDER, Locations
from qc_core.references.reference import AssetFile, StoredFile, semicolon_names
from qc_core.references.s3 import S3File, is_location, under_location
from qc_core.references.shown import files_named, reads_as_pair
from qc_core.stores.cache import BoundedCache
from qc_core.stores.figures.folder import (
    TELL_PIPELINE_AUTHORS,
    SemicolonNames,
    file_inside,
    find_inside,
    find_zarr_inside,
    read_first_bytes,
    size_of_file,
    size_of_zarr,
)
from qc_core.stores.figures.kachery import KacheryFigures
from qc_core.stores.figures.s3 import S3Figures
from qc_core.stores.figures.s3_parts import open_parts
from qc_core.stores.parts import HostedParts
from qc_core.stores.ports import Measured, RecordStore, Redirect, StoredRecord

_RECORDS = 64
_LOOKED_UP_AGAIN_AFTER = 60.0
"""Seconds after which a raw asset that had no record, or another location, is looked up again."""
_ASKED_AGAIN_AFTER = 5.0
_MAX_ASKED = 20
"""How many names with a `;` S3 is asked about for one record; the others are pairs."""
_MAX_SPECIFICATION_BYTES = 20_000_000
_MAX_VALUES = 1_000_000
"""Values and keys in a chart that holds its own data; an empty list takes two bytes in the file, and sixty here."""
_CHARTS = 256
_COPIED_AT_ONCE, _MOST_HASHED = 20_000_000, 200_000_000
"""Bytes of a picture in S3 that is copied as a whole; and of a file in Kachery whose hash is compared for a slice."""
FoundFile = Path | S3File | KacheryFile
"""A file in the asset's folder, or in a hosted store."""


class Figures:
    """The figure store. Safe for many threads."""

    def __init__(
        self,
        records: RecordStore,
        s3: S3Figures,
        kachery: KacheryFigures,
        *,
        folder_of: Callable[[str], Path | None] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`folder_of` gives an asset's folder, where it has one: there its own files are looked for first."""
        self._records, self._s3, self._kachery, self._folder_of = records, s3, kachery, folder_of
        self._monotonic = monotonic
        self._locations: BoundedCache[tuple[str, str], tuple[float, Locations]] = BoundedCache(_RECORDS)
        self._next_to: BoundedCache[tuple[Path, int, int], dict[str, StoredFile]] = BoundedCache(_CHARTS)
        self._files: BoundedCache[tuple[str, str, Locations], dict[str, StoredFile]] = BoundedCache(_RECORDS)

    def locations(self, record: StoredRecord) -> Locations:
        """Where the record's asset is, and its raw asset; other records are asked only if a reference needs that."""
        version, now = (record.record_id, record.version), self._monotonic()
        known = self._locations.get(version)
        if known is None or known[0] < now:
            own = record.asset.location if is_location(record.asset.location) else None
            asked_for = any(RAW_PLACEHOLDER.search(reference or "") for reference in record.document.references())
            raw, again_after = self._raw_location(record) if asked_for else (None, _LOOKED_UP_AGAIN_AFTER)
            known = (now + again_after, Locations(own, raw, self._semicolon_names(record)))
            self._locations.put(version, known, 1)
        return known[1]

    def open(self, record_id: str, digest: str) -> Path | Redirect:
        """A figure for what a browser loads by itself. Raises as the port does."""
        record, file = self._find_record(record_id, digest)
        match file:
            case Path():
                return file
            case S3File():
                return self._s3.open(file, trusted=not record.uploaded)
            case KacheryFile():
                return self._kachery.open(file, trusted=not record.uploaded)

    def local_file(self, record_id: str, digest: str) -> Path:
        """A figure for what the portal, or a script in its page, reads. Raises as the port does."""
        record, file = self._find_record(record_id, digest)
        return self._local(record, file)

    def get_sliced_source(self, record_id: str, digest: str) -> Path | HostedParts:
        """What slices are read of: in S3 parts of it, where it is large or a folder. Raises as the port does."""
        record, file = self._find_named(record_id, digest)
        folder = self._folder_of(record_id) if self._folder_of and isinstance(file, AssetFile) else None
        zarr = find_zarr_inside(folder, file.path) if folder and isinstance(file, AssetFile) else None
        if zarr:
            return zarr
        found, trusted = self._find_file(record, file), not record.uploaded
        match found:
            case S3File() if is_sliced(found.name):
                return open_parts(self._s3, found, trusted=trusted)
            case S3File() if (size := self._s3.size(found, trusted=trusted)) and size.bytes > _COPIED_AT_ONCE:
                return open_parts(self._s3, found, trusted=trusted)
            case KacheryFile() if is_sliced(found.name):
                opened = self._kachery.open(found, trusted=trusted)
                return opened if isinstance(opened, Path) else self._compare_whole(found, trusted)
        return self._local(record, found)

    def _compare_whole(self, file: KacheryFile, trusted: bool) -> Path:
        """A copy of a file at a gateway, whose hash was compared. Raises ReferenceUnreadable where it is too large."""
        size = self._kachery.size(file, trusted=trusted)
        if size and size.bytes > _MOST_HASHED:
            raise ReferenceUnreadable(
                f"{file.name} is larger than {_MOST_HASHED // 1_000_000} MB, and of a file in Kachery no slices "
                "are shown before all of it was read, to compare its hash.",
                "Download it, or have a smaller one written.",
            )
        return self._kachery.local_file(file, trusted=trusted)

    def first_bytes(self, record_id: str, digest: str, count: int) -> bytes:
        """How a figure begins, b"" where that is not quickly known. Raises as the port does."""
        record, file = self._find_record(record_id, digest)
        match file:
            case Path():
                return read_first_bytes(file, count)
            case S3File():
                return self._s3.first_bytes(file, count, trusted=not record.uploaded)
            case KacheryFile():
                return self._kachery.first_bytes(file, count, trusted=not record.uploaded)

    def size(self, record_id: str, digest: str) -> Measured | None:
        """How large a figure is, of a Zarr folder in the asset too. Raises as the port does."""
        record, file = self._find_named(record_id, digest)
        folder = self._folder_of(record_id) if self._folder_of and isinstance(file, AssetFile) else None
        measured = size_of_zarr(folder, file.path) if folder and isinstance(file, AssetFile) else None
        if measured:
            return measured
        match found := self._find_file(record, file):
            case Path():
                return size_of_file(found)
            case S3File():
                return self._s3.size(found, trusted=not record.uploaded)
            case KacheryFile():
                return self._kachery.size(found, trusted=not record.uploaded)

    def public_address(self, record_id: str, digest: str) -> str | None:
        """Where a browser finds a figure in S3 that the portal may not read; None too for one that is missing."""
        record, named = self._find_named(record_id, digest)
        try:
            file = self._find_file(record, named)
        except ReferenceUnreadable:
            return None
        return self._s3.public_address(file, trusted=not record.uploaded) if isinstance(file, S3File) else None

    def specification(self, record_id: str, digest: str) -> dict[str, JsonValue] | None:
        """The JSON object in such a file, perhaps a chart; None where it holds none, or is too large to draw.

        Raises as `local_file` does.
        """
        record, file = self._find_named(record_id, digest)
        return _specification(self._local(record, self._find_file(record, file)), file.name)

    def data_file(self, record_id: str, digest: str, data_digest: str) -> Path:
        """A file that such a chart loads its data from, from where the chart lies. Raises as the port does."""
        record, chart = self._find_named(record_id, digest)
        path = self._local(record, self._find_file(record, chart))
        file = self._files_next_to(path, chart).get(data_digest)
        if file is None:
            raise ReferenceUnreadable("The chart names no such data.", "It may have changed: open the page again.")
        return self._local(record, self._find_file(record, file))

    def _files_next_to(self, path: Path, chart: StoredFile) -> dict[str, StoredFile]:
        """The files that a chart loads, by digest; cached until the chart changes, since a page asks once for each."""
        try:
            about = path.stat()
        except OSError as error:
            raise ReferenceUnreadable(f"The figure {chart.name} cannot be read.", TELL_PIPELINE_AUTHORS) from error
        version = (path, about.st_mtime_ns, about.st_size)
        files = self._next_to.get(version)
        if files is None:
            files = data_files(_specification(path, chart.name), chart)
            self._next_to.put(version, files, 1)
        return files

    def _find_record(self, record_id: str, digest: str) -> tuple[StoredRecord, FoundFile]:
        """The record, and where the file lies that its references name by that digest."""
        record, file = self._find_named(record_id, digest)
        return record, self._find_file(record, file)

    def _find_named(self, record_id: str, digest: str) -> tuple[StoredRecord, StoredFile]:
        """The record, and the file that its references name by that digest."""
        record = self._records.get_recent(record_id)
        file = self._files_of(record).get(digest)
        if file is None:  # it may name it by now
            record = self._records.get_fresh(record_id)
            file = self._files_of(record).get(digest)
        if file is None:
            raise ReferenceUnreadable(
                f"The record {record.name} names no such figure.", "It may have changed: open the page again."
            )
        return record, file

    def _files_of(self, record: StoredRecord) -> dict[str, StoredFile]:
        """The files that its references name, by digest."""
        locations = self.locations(record)
        version = (record.record_id, record.version, locations)
        named = self._files.get(version)
        if named is None:
            references = tuple(record.document.references())
            # A page that was drawn before a figure with a `;` in its name was there, or after, finds what it names.
            as_pairs = files_named(references, replace(locations, semicolon_names=frozenset()))
            named = as_pairs | files_named(references, locations)
            self._files.put(version, named, 1)
        return named

    def _semicolon_names(self, record: StoredRecord) -> frozenset[str]:
        """The names with a `;` of figures that exist: in the asset's folder, or else in a bucket that may be asked.

        A bucket is not asked about what reads well as a pair: each question is a request, and most are pairs.
        """
        folder = self._folder_of(record.record_id) if self._folder_of else None
        in_folder = SemicolonNames(folder) if folder else None
        asked = islice(count(), _MAX_ASKED)

        def exists(path: str) -> bool:
            if in_folder and in_folder.exist(path):
                return True
            hosted = under_location(record.asset.location, path)
            if hosted is None or reads_as_pair(path) or next(asked, None) is None:
                return False
            return self._s3.exists(hosted, trusted=not record.uploaded)

        return semicolon_names(record.document.references(), exists)

    def _find_file(self, record: StoredRecord, file: StoredFile) -> FoundFile:
        return self._in_asset(record, file) if isinstance(file, AssetFile) else file

    def _local(self, record: StoredRecord, found: FoundFile) -> Path:
        match found:
            case Path():
                return found
            case S3File():
                return self._s3.local_file(found, trusted=not record.uploaded)
            case KacheryFile():
                return self._kachery.local_file(found, trusted=not record.uploaded)

    def _in_asset(self, record: StoredRecord, file: AssetFile) -> Path | S3File:
        """A file of the asset: in its folder, else under its record's location."""
        hosted = under_location(record.asset.location, file.path)
        folder = self._folder_of(record.record_id) if self._folder_of else None
        found = find_inside(folder, file.path) if folder else None
        if found:
            return found
        if hosted:
            return hosted
        if folder:
            return file_inside(folder, file.path)
        raise ReferenceUnreadable(
            f"The record {record.name} does not state where its asset is, so {file.path} cannot be found.",
            "Tell the people who run the pipeline that wrote the record: its location is missing, or not in S3.",
        )

    def _raw_location(self, record: StoredRecord) -> tuple[str | None, float]:
        """Where the raw asset of a record is, and after how many seconds to look again.

        None too while it cannot be asked, for then it is asked again soon: a page depends on no other record.
        """
        try:
            raw = raw_of(record.asset, self._records.get_asset_metadata).record
        except QcError:
            return None, _ASKED_AGAIN_AFTER
        return (raw.location if raw and is_location(raw.location) else None), _LOOKED_UP_AGAIN_AFTER


def _specification(path: Path, name: str) -> dict[str, JsonValue] | None:
    try:
        if path.stat().st_size > _MAX_SPECIFICATION_BYTES:
            return None
        content = path.read_bytes()
        if sum(content.count(mark) for mark in (b",", b"[", b"{")) > _MAX_VALUES:  # counted before any is made
            return None
        found = parse(content, what=name)
    except BadRecord:
        return None
    except OSError as error:
        raise ReferenceUnreadable(f"The figure {name} cannot be read.", TELL_PIPELINE_AUTHORS) from error
    return found if isinstance(found, dict) else None
