"""The list of assets as its address states it: a query, and the columns that are shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from qc_core.assets.index import AssetSummary, SortBy
from qc_core.assets.query import AssetQuery, Facet
from qc_core.assets.query_text import format_query, parse_query


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list: its key in addresses, its title, and what it can be sorted by."""

    key: str
    title: str
    sort: SortBy | None = None


COLUMNS = (
    Column("name", "Name", SortBy.NAME),
    Column("subject", "Subject", SortBy.SUBJECT),
    Column("genotype", "Genotype"),
    Column("project", "Project", SortBy.PROJECT),
    Column("modalities", "Modalities", SortBy.MODALITIES),
    Column("platform", "Platform", SortBy.PLATFORM),
    Column("instrument", "Instrument", SortBy.INSTRUMENT),
    Column("experimenters", "Experimenters"),
    Column("key_experimenters", "Key experimenters"),
    Column("time", "Acquired", SortBy.ACQUISITION_TIME),
    Column("processed", "Processed"),
    Column("level", "Level", SortBy.DATA_LEVEL),
    Column("location", "Location"),
    Column("id", "Record id"),
    Column("changed", "Last change", SortBy.CHANGED_AT),
    Column("changed_by", "Changed by"),
    Column("status", "Status", SortBy.STATUS),
    Column("pending", "Pending", SortBy.PENDING),
)
"""All columns, in the order in which they are shown; the first one always is."""
DEFAULT_COLUMNS = ("name", "subject", "project", "modalities", "time", "level", "status", "pending")


@dataclass(frozen=True, slots=True)
class AssetListView:
    """What an address of the list shows. `columns` are keys of `COLUMNS`, in their order, with the name first."""

    query: AssetQuery = AssetQuery()  # noqa: RUF009  # it is frozen
    columns: tuple[str, ...] = DEFAULT_COLUMNS

    def toggle_column(self, key: str) -> "AssetListView":
        """The same list with a column shown that was not, or hidden that was."""
        wanted = {*self.columns} ^ {key}
        return replace(self, columns=_in_order(wanted))


def format_view(view: AssetListView) -> list[tuple[str, str]]:
    """The view as pairs of key and value, for `urllib.parse.urlencode`.

    >>> format_view(AssetListView(columns=("name", "status"))) == [("columns", "name,status")]
    """
    columns = [("columns", ",".join(view.columns))] if view.columns != DEFAULT_COLUMNS else []
    return format_query(view.query) + columns


def parse_view(pairs: Iterable[tuple[str, str]]) -> AssetListView:
    """The view that an address states. Never raises: a key or value that is not understood counts as absent."""
    pairs = list(pairs)
    stated = [value for key, value in pairs if key == "columns"]
    known = {column.key for column in COLUMNS}
    wanted = {key for key in stated[-1].split(",") if key in known} if stated else set()
    return AssetListView(parse_query(pairs), _in_order(wanted) if wanted else DEFAULT_COLUMNS)


def _in_order(keys: set[str]) -> tuple[str, ...]:
    return tuple(column.key for column in COLUMNS if column.key in keys or column is COLUMNS[0])


FACETS = {
    Facet.STATUS: ("status", "Status"),
    Facet.PROJECT: ("project", "Project"),
    Facet.MODALITY: ("modality", "Modality"),
    Facet.PLATFORM: ("platform", "Platform"),
    Facet.LEVEL: ("level", "Level"),
    Facet.INSTRUMENT: ("instrument", "Instrument"),
    Facet.EXPERIMENTER: ("experimenter", "Experimenter"),
    Facet.KEY_EXPERIMENTER: ("key_experimenter", "Key experimenter"),
}
"""The facets that the list offers, each with its key in addresses and its label."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a query as a reader sees it, and the query without it."""

    text: str
    without: AssetQuery


_LISTS = {
    "statuses": "Status",
    "projects": "Project",
    "modalities": "Modality",
    "platforms": "Platform",
    "levels": "Level",
    "instruments": "Instrument",
    "experimenters": "Experimenter",
    "key_experimenters": "Key experimenter",
    "people": "Responsible",
    "subjects": "Subject",
    "names": "Name",
    "ids": "Record id",
    "sources": "Made from",
}


def list_conditions(query: AssetQuery) -> tuple[Condition, ...]:
    """The conditions of a query but its text: `("Needs review", "Project: Learning mFISH")`, each removable alone."""
    first = replace(query, page=1)
    found = [Condition("Needs review", replace(first, pending=False))] if query.pending else []
    for field, label in _LISTS.items():
        for value in getattr(query, field):
            rest: Mapping[str, tuple[str, ...]] = {field: tuple(one for one in getattr(query, field) if one != value)}
            without = replace(first, **rest)  # type: ignore[arg-type]  # each of these conditions is a tuple of texts
            found.append(Condition(f"{label}: {value}", without))
    if query.acquired_from:
        found.append(Condition(f"Acquired from {query.acquired_from}", replace(first, acquired_from=None)))
    if query.acquired_to:
        found.append(Condition(f"Acquired until {query.acquired_to}", replace(first, acquired_to=None)))
    return tuple(found)


def clear_conditions(query: AssetQuery) -> AssetQuery:
    """A query in the same order without any condition, at its first page."""
    return AssetQuery(sort=query.sort, descending=query.descending)


def describe_cells(asset: AssetSummary) -> dict[str, str]:
    """The texts of an asset's cells by the key of their column; "" where there is no value. Times are in UTC."""
    return {
        "name": asset.name,
        "subject": asset.subject_id or "",
        "genotype": asset.genotype or "",
        "project": asset.project or "",
        "modalities": ", ".join(asset.modalities),
        "platform": asset.platform or "",
        "instrument": asset.instrument or "",
        "experimenters": ", ".join(asset.experimenters),
        "key_experimenters": ", ".join(asset.key_experimenters),
        "time": format_acquired(asset.acquisition_time),
        "processed": _format_time(asset.processed_at),
        "level": asset.data_level or "",
        "location": asset.location or "",
        "id": asset.record_id,
        "changed": _format_time(asset.changed_at),
        "changed_by": asset.changed_by or "",
        "status": asset.status,
        "pending": f"{asset.pending} of {asset.metrics}" if asset.metrics else "",
    }


def format_acquired(time: datetime | None) -> str:
    """The local time of an acquisition, as in the asset's name: "2025-01-20 13:04"; "" where it is not known."""
    return f"{time:%Y-%m-%d %H:%M}" if time else ""


def _format_time(time: datetime | None) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M}" if time else ""
