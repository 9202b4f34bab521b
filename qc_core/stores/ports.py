"""The ports of the stores: the protocols that stores of records and figures implement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from qc_core.assets.metrics import ChangeQuery, MetricQuery
from qc_core.assets.query import AssetQuery
from qc_core.assets.record import AssetRecord
from qc_core.errors import StoreUnavailable
from qc_core.json_document.patch import Patch
from qc_core.json_document.value import JsonValue
from qc_core.quality_control.annotating.note_history import LoggedNote
from qc_core.quality_control.document import QualityControl
from qc_core.references.locations import Locations
from qc_core.stores.listing import AssetPage, ChangePage, MetricPage
from qc_core.stores.parts import HostedParts


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """One record as read. `quality_control` is the raw document, untouched; `document` the same, parsed.

    `version` changes whenever the stored text does. `revision` is what `RecordStore.get_revision` gave for it then.
    `read_only` is why it cannot be written, or None.
    `uploaded` marks a record that a person brought to try it: nothing is signed, or read with the portal's own
    credentials, because such a record names it.
    """

    record_id: str
    name: str
    version: str
    quality_control: JsonValue
    document: QualityControl
    asset: AssetRecord
    problems: tuple[str, ...]
    read_only: str | None
    uploaded: bool = False
    revision: str = ""


@dataclass(frozen=True, slots=True)
class CachedRecord:
    """A record that may be stale: fresh where `error` is None, else as it was last read, at `read_at`."""

    record: StoredRecord
    read_at: datetime | None = None
    error: StoreUnavailable | None = None


@dataclass(frozen=True, slots=True)
class EntryMark:
    """Which status entry is meant: that of a metric by name, evaluator and time, as written in the record."""

    metric: str
    evaluator: str
    timestamp: str


@dataclass(frozen=True, slots=True)
class LoggedValue:
    """A metric's value before and after a submission."""

    was: JsonValue
    will: JsonValue


@dataclass(frozen=True, slots=True)
class Logged:
    """All that was logged for a record: values under the status entries that were signed with them, and notes."""

    values: Mapping[EntryMark, LoggedValue] = field(default_factory=dict)
    notes: tuple[LoggedNote, ...] = ()


class RecordStore(Protocol):
    """Where records are. The same contract tests run against every implementation (tests/qc_core/stores)."""

    def get_fresh(self, record_id: str) -> StoredRecord:
        """One record, never stale: what writes are based on. Raises RecordNotFound, BadRecord or StoreUnavailable."""
        ...

    def get_cached(self, record_id: str, timeout: float | None = None) -> CachedRecord:
        """One record to display: fresh if the store answers in time, else as last read. Never the base of a write.

        `timeout` is in seconds; None leaves it to the store. Raises RecordNotFound or BadRecord; without a cached
        record also StoreUnavailable, or StoreSlow while the read goes on.
        """
        ...

    def get_recent(self, record_id: str) -> StoredRecord:
        """One record as read within the last minutes, else as from `get_cached`, and raises as that."""
        ...

    def read_ahead(self, record_ids: Sequence[str]) -> None:
        """Read records at once, where the store can: the next read of each is answered by that. Never raises."""
        ...

    def get_revision(self, record_id: str) -> str:
        """A text that changes when others submit to the record, asked for without reading all of it.

        It notices what adds to a history, and what sets the record's time; a submission notices the rest. Raises as
        `get_cached` does, and StoreUnavailable where the store does not answer in time.
        """
        ...

    def get_asset_metadata(self, name: str) -> tuple[AssetRecord, ...]:
        """The metadata of all assets of that name, without quality control; may be stale. Raises as `find_ids`."""
        ...

    def find_ids(self, name: str, to_open: bool = False) -> tuple[str, ...]:
        """The ids of all records with that name, may be stale; empty when there is none.

        With `to_open` a record that is known to have the name may be read meanwhile, for the `get_cached` that follows.
        Raises StoreUnavailable where they cannot be read and are not cached.
        """
        ...

    def submit(self, record_id: str, patch: Patch) -> None:
        """Apply a patch in one atomic step.

        Raises ConditionFailed when a condition does not hold, RecordNotFound, BadRecord, NotAllowed, or
        StoreUnavailable (folder read-only, disk full, database down); as far as is known nothing was written then.
        Raises StoreFault when the store did what it must never do.
        """
        ...


class AssetIndex(Protocol):
    """Finds assets by a query. The same contract tests run against every implementation."""

    def query(self, query: AssetQuery) -> AssetPage:
        """The assets that match, fresh enough that a new one appears without a restart. Raises StoreUnavailable."""
        ...


class MetricIndex(Protocol):
    """Finds metrics, and changes of metrics, over many assets. The same contract tests run for every implementation."""

    def find_metrics(self, query: MetricQuery) -> MetricPage:
        """The metrics that match, asset by asset in the order of `query.assets`. Raises StoreUnavailable.

        While not all matching assets have been read, `reading` is set and what is known is given.
        """
        ...

    def find_changes(self, query: ChangeQuery) -> ChangePage:
        """The changes that match, newest first, as far as they are known. Raises StoreUnavailable."""
        ...


class ValueLog(Protocol):
    """Where old and new values and notes of submissions are kept: only ever added to."""

    def append(self, record_id: str, logged: Logged) -> None:
        """Keep what a submission changes, durably. Raises StoreUnavailable."""
        ...

    def read(self, record_id: str) -> Logged:
        """All that was kept for a record. Raises StoreUnavailable."""
        ...


@dataclass(frozen=True, slots=True)
class Redirect:
    """A figure that the browser loads from another host; it may cache the redirect for `max_age` seconds."""

    url: str
    max_age: int


@dataclass(frozen=True, slots=True)
class Measured:
    """The size of a file, or of all files in a folder; with `whole` False there were too many to count all."""

    bytes: int
    whole: bool = True


class FigureStore(Protocol):
    """Where the figures of records are. `digest` is the `reference_digest` of one that the record's references name.

    Every method that takes one raises ReferenceUnreadable when the record names no such figure, it is gone, or it lies
    where the portal may not read; RecordNotFound, BadRecord or StoreUnavailable where there is no record, or no
    location, to ask.
    """

    def locations(self, record: StoredRecord) -> Locations:
        """Where a record's asset is, and its raw asset, as far as the record's references ask for them."""
        ...

    def open(self, record_id: str, digest: str) -> Path | Redirect:
        """A figure for what a browser loads by itself: a picture, a video, a tab. A file as in `local_file`."""
        ...

    def local_file(self, record_id: str, digest: str) -> Path:
        """A figure for what the portal, or a script in its page, reads: the file itself, or a copy.

        Its suffix is the figure's own. Raises ReferenceUnreadable also if too large to copy, or only browsers may ask.
        """
        ...

    def get_sliced_source(self, record_id: str, digest: str) -> Path | HostedParts:
        """What slices are read of: a file or Zarr folder, or, in S3, one of which parts are read."""
        ...

    def first_bytes(self, record_id: str, digest: str, count: int) -> bytes:
        """The first bytes of a figure, without a copy; b"" where the portal may not read, or gets no quick answer."""
        ...

    def size(self, record_id: str, digest: str) -> Measured | None:
        """How large a figure is, without a copy; None where its location does not report it, or may not be asked."""
        ...

    def public_address(self, record_id: str, digest: str) -> str | None:
        """The https address of a figure in a bucket that the portal may not read; None for any other."""
        ...

    def specification(self, record_id: str, digest: str) -> dict[str, JsonValue] | None:
        """The JSON object in such a file; None where it holds none, or is too large to draw. Raises as `local_file`."""
        ...

    def data_file(self, record_id: str, digest: str, data_digest: str) -> Path:
        """A file that such a chart loads its data from, by that file's own digest.

        Raises as `local_file` does, also when the chart names no such file.
        """
        ...
