"""A store's list of assets: the assets, what could not be read, and how fresh the list is."""

from dataclasses import dataclass
from datetime import datetime

from qc_core.assets.index import AssetSummary
from qc_core.assets.metrics import MetricChange, MetricRow
from qc_core.assets.query import QueryResult
from qc_core.errors import StoreUnavailable


@dataclass(frozen=True, slots=True)
class ListingProblem:
    """Something in the store that could not be listed: where it is, why, and what to do where that is known."""

    where: str
    reason: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class FolderProgress:
    """How far the reading of a folder is: first its folders are entered, then its `assets` are read.

    `assets` is None as long as it is not known how many there are.
    """

    folders: int
    read: int = 0
    assets: int | None = None


@dataclass(frozen=True, slots=True)
class RecordProgress:
    """How many records of a database were read, of about how many; `total` is None where that is not known."""

    read: int
    total: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexState:
    """How complete and how fresh a list of assets is.

    A large store lists the newest only: `limited_to` is then how many at most. While the store is still `reading`,
    more assets follow; `progress` is how far a folder is, `records` how far a database. `problems` could not be read.
    Where `error` is why
    the store cannot be read now, the list is as read at `read_at`. While it is read for the first time, assets may come
    from public tables without their statuses: `tables_at` is when the oldest of these was written.
    """

    problems: tuple[ListingProblem, ...] = ()
    limited_to: int | None = None
    reading: bool = False
    progress: FolderProgress | None = None
    records: RecordProgress | None = None
    read_at: datetime | None = None
    error: StoreUnavailable | None = None
    tables_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(IndexState):
    """All assets that a store lists."""

    summaries: tuple[AssetSummary, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetPage(IndexState):
    """The answer to a query, and the state of the index that gave it."""

    result: QueryResult


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricPage(IndexState):
    """The metrics that match a query, of the assets that were read; `assets` is how many assets match."""

    rows: tuple[MetricRow, ...]
    assets: int
    assets_read: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePage(IndexState):
    """The changes that match a query, newest first; `total` is how many there are, also beyond the query's limit."""

    changes: tuple[MetricChange, ...]
    total: int
