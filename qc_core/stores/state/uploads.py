"""Records that people and pipelines uploaded to view them for a day, next to those of the real store.

They are found by their id and their name, never listed, and nothing can be written to them. Each is one object in the
state folder, or in the bucket that containers share.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from qc_core.assets.record import read_record
from qc_core.errors import BadRecord, NotAllowed, RecordNotFound, StoreUnavailable
from qc_core.json_document import parse
from qc_core.json_document.patch import Patch
from qc_core.json_document.value import JsonValue
from qc_core.quality_control import document
from qc_core.stores.forwarding import ForwardingRecords
from qc_core.stores.ports import CachedRecord, RecordStore, StoredRecord
from qc_core.stores.state.objects import Objects, ObjectsUnavailableError
from qc_core.times import parse_time, write_time

KEPT_FOR = timedelta(days=1)
MAX_UPLOADS = 200
"""At most so many are kept at once: a gigabyte, at 5 MB each. The oldest go first."""
TEST_RECORD = "This is an uploaded test record. Nothing is signed for it, and it is removed after a day."
_ID = "upload-"
_FOLDER = "uploads"


def is_upload(record_id: str) -> bool:
    """Whether this is the id of a record that was uploaded."""
    return record_id.startswith(_ID)


@dataclass(frozen=True, slots=True)
class _Kept:
    name: str
    at: datetime
    record: Mapping[str, JsonValue]
    version: str


class Uploads:
    """The uploaded records. Safe for many threads."""

    def __init__(self, objects: Objects, clock: Callable[[], datetime]) -> None:
        self._objects, self._clock = objects, clock
        self._uploaded: dict[str, datetime] = {}

    def put(self, name: str, record: Mapping[str, JsonValue], by: str) -> str:
        """Keep a record for a day; another of that name by the same person or token goes. Gives its id.

        Raises StoreUnavailable.
        """
        of_name = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:24]
        of_person = hashlib.sha256(by.encode("utf-8", "replace")).hexdigest()[:16]
        kept = {"name": name, "uploaded_at": write_time(self._clock()), "record": dict(record)}
        try:
            self._objects.write(f"{_FOLDER}/{of_name}/{of_person}", json.dumps(kept).encode())
            self._tidy()
        except ObjectsUnavailableError as error:
            raise StoreUnavailable(f"The record could not be kept, because {error}.", "Try again later.") from error
        return f"{_ID}{of_name}-{of_person}"

    def tidy(self) -> None:
        """Remove those whose day is over, and what cannot be read as one. Raises StoreUnavailable."""
        try:
            self._tidy()
        except ObjectsUnavailableError as error:
            raise StoreUnavailable(f"Old test records could not be removed, because {error}.") from error

    def get(self, record_id: str) -> StoredRecord:
        """One uploaded record. Raises RecordNotFound, also once its day is over, or StoreUnavailable."""
        kept = (
            self._read(f"{_FOLDER}/{record_id.removeprefix(_ID).replace('-', '/', 1)}") if _is_id(record_id) else None
        )
        if kept is None:
            raise RecordNotFound(
                "There is no such test record.", "Test records are removed after a day: upload it again."
            )
        raw = kept.record.get("quality_control")
        asset = read_record({**kept.record, "name": kept.name}, folder_name=kept.name)
        return StoredRecord(
            record_id=record_id,
            name=kept.name,
            version=kept.version,
            quality_control=raw,
            document=document.read(raw),
            asset=asset,
            problems=(),
            read_only=TEST_RECORD,
            uploaded=True,
            revision=kept.version,
        )

    def find_ids(self, name: str) -> tuple[str, ...]:
        """The ids of the uploaded records of that name, the newest first; () where they cannot be asked for."""
        of_name = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:24]
        try:
            found = [(key, self._read(key)) for key in self._objects.keys(f"{_FOLDER}/{of_name}")]
        except (ObjectsUnavailableError, StoreUnavailable):
            return ()
        there = sorted(((kept.at, key) for key, kept in found if kept), reverse=True)
        return tuple(f"{_ID}{'-'.join(key.split('/')[1:])}" for _, key in there)

    def _read(self, key: str) -> _Kept | None:
        try:
            data = self._objects.read(key)
        except ObjectsUnavailableError as error:
            raise StoreUnavailable(f"The test record cannot be read, because {error}.", "Try again later.") from error
        kept = _parse_upload(data) if data is not None else None
        return kept if kept is not None and kept.at <= self._clock() < kept.at + KEPT_FOR else None

    def _tidy(self) -> None:
        keys = self._objects.keys(_FOLDER)
        times = {key: at for key in keys if (at := self._time(key)) is not None}
        newest = sorted(times, key=lambda key: times[key], reverse=True)[:MAX_UPLOADS]
        for key in set(keys) - set(newest):
            self._objects.remove(key)
        self._uploaded = {key: times[key] for key in newest}

    def _time(self, key: str) -> datetime | None:
        """When it was uploaded, or earlier, where that is not old yet; None where its day is over."""
        known = self._uploaded.get(key)
        if known is not None and known <= self._clock() < known + KEPT_FOR:
            return known  # it may have been uploaded again since: then it stays all the longer
        kept = self._read(key)
        return kept.at if kept else None


class WithUploads(ForwardingRecords):
    """A record store with the uploaded records in it; real records of a name come first.

    The asset metadata is that of real assets alone: an uploaded record could claim to be anything.
    """

    def __init__(self, inner: RecordStore, uploads: Uploads) -> None:
        super().__init__(inner)
        self._uploads = uploads

    def get_fresh(self, record_id: str) -> StoredRecord:
        """One record, real or uploaded. Raises as both do."""
        return self._uploads.get(record_id) if is_upload(record_id) else super().get_fresh(record_id)

    def get_cached(self, record_id: str, timeout: float | None = None) -> CachedRecord:
        """One record to display; an uploaded one is always fresh. Raises as both do."""
        if is_upload(record_id):
            return CachedRecord(self._uploads.get(record_id))
        return super().get_cached(record_id, timeout)

    def get_recent(self, record_id: str) -> StoredRecord:
        """One record as read in the last minutes. Raises as both do."""
        return self._uploads.get(record_id) if is_upload(record_id) else super().get_recent(record_id)

    def read_ahead(self, record_ids: Sequence[str]) -> None:
        """Read the real ones of these records at once. Never raises."""
        super().read_ahead([record_id for record_id in record_ids if not is_upload(record_id)])

    def get_revision(self, record_id: str) -> str:
        """A text that changes when the record does; an uploaded one is read for it. Raises as both do."""
        return self._uploads.get(record_id).revision if is_upload(record_id) else super().get_revision(record_id)

    def find_ids(self, name: str, to_open: bool = False) -> tuple[str, ...]:
        """The real records of that name, then the uploaded ones. Raises StoreUnavailable."""
        return (*super().find_ids(name, to_open), *self._uploads.find_ids(name))

    def submit(self, record_id: str, patch: Patch) -> None:
        """Apply a patch. Raises NotAllowed for an uploaded record, else what the real store raises."""
        if is_upload(record_id):
            raise NotAllowed(TEST_RECORD, "Annotate the real record, once it is there.")
        super().submit(record_id, patch)


def _is_id(record_id: str) -> bool:
    words = record_id.removeprefix(_ID).split("-")
    hexadecimal = all(letter in "0123456789abcdef" for word in words for letter in word)
    return is_upload(record_id) and hexadecimal and [len(word) for word in words] == [24, 16]


def _parse_upload(data: bytes) -> _Kept | None:
    try:
        content = parse(data, what="the test record")
    except BadRecord:
        return None
    if not isinstance(content, dict):
        return None
    name, record, at = content.get("name"), content.get("record"), parse_time(content.get("uploaded_at"))
    if not isinstance(name, str) or not isinstance(record, dict) or at is None:
        return None
    return _Kept(name, at.utc, record, hashlib.sha256(data).hexdigest())
