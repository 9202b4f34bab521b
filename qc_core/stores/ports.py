"""What the portal asks of the places that hold records, drafts and figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from qc_core.assets.index import AssetSummary
from qc_core.assets.record import AssetRecord
from qc_core.json_value import JsonValue
from qc_core.patch import Patch
from qc_core.quality_control.changes import DraftEntry
from qc_core.quality_control.document import QualityControl


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """One record as read. `quality_control` is the raw document, untouched; `document` the same, parsed.

    `version` changes whenever the stored text does. `read_only` says why it cannot be written, or is None.
    """

    record_id: str
    name: str
    version: str
    quality_control: JsonValue
    document: QualityControl
    asset: AssetRecord
    problems: tuple[str, ...]
    read_only: str | None


@dataclass(frozen=True, slots=True)
class ListingProblem:
    """Something in the store that could not be listed: where it is, and why."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Listing:
    """All assets of a store, and what could not be read."""

    summaries: tuple[AssetSummary, ...]
    problems: tuple[ListingProblem, ...]


class RecordStore(Protocol):
    """Where records are. The same contract tests run against every implementation (tests/stores)."""

    def listing(self) -> Listing:
        """All assets, fresh enough that a new one appears without a restart. Raises StoreUnavailable."""
        ...

    def fetch(self, record_id: str) -> StoredRecord:
        """One record, as it is now. Raises RecordNotFound, BadRecord or StoreUnavailable."""
        ...

    def ids_named(self, name: str) -> tuple[str, ...]:
        """The ids of all records with that name; empty when there is none. Raises StoreUnavailable."""
        ...

    def submit(self, record_id: str, patch: Patch) -> None:
        """Carry out a patch in one atomic step.

        Raises ConditionFailed when a condition does not hold, RecordNotFound, BadRecord, or StoreUnavailable
        (folder read-only, disk full, database down); nothing is written then.
        """
        ...


class DraftStore(Protocol):
    """Where drafts are: one object per person, record and tab; only that tab writes it."""

    def read(self, person: str, record_id: str) -> Mapping[str, Mapping[str, DraftEntry]]:
        """What every tab of this person holds for a record: tab -> edit key -> entry. Raises StoreUnavailable."""
        ...

    def problems(self, person: str, record_id: str) -> tuple[str, ...]:
        """Sentences about drafts of this person for a record that are there and cannot be understood."""
        ...

    def write(self, person: str, record_id: str, tab: str, entries: Mapping[str, DraftEntry]) -> None:
        """Replace what one tab holds, durably, before returning. Nothing is stored for no entries.

        Raises StoreUnavailable when the draft could not be kept.
        """
        ...


class FigureStore(Protocol):
    """Where the figures of records are."""

    def local_file(self, record_id: str, digest: str) -> Path:
        """The file of a figure that the record's references name, by `reference_digest`, inside the asset's folder.

        Raises ReferenceUnreadable when the record does not name it, it is gone, or it leads out of the asset.
        """
        ...

    def specification(self, record_id: str, digest: str) -> dict[str, JsonValue] | None:
        """The JSON object in such a file, perhaps a chart; None where it holds none, or is too large to draw.

        Raises as `local_file` does.
        """
        ...

    def data_file(self, record_id: str, digest: str, data_digest: str) -> Path:
        """A file that such a chart loads its data from, by the digest of its path, inside the asset's folder.

        Raises as `local_file` does, also when the chart names no such file.
        """
        ...
