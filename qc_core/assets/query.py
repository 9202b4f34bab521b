"""The query for assets that the list, the export and the pipeline share, and its evaluation. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import StrEnum

from qc_core.assets.index import AssetSummary, SortBy, has_every_word, has_status, sort
from qc_core.assets.people import is_among


class Facet(StrEnum):
    """What the matching assets can be counted by."""

    STATUS = "status"
    PROJECT = "project"
    SUBJECT = "subject"
    MODALITY = "modality"
    PLATFORM = "platform"
    LEVEL = "level"
    INSTRUMENT = "instrument"
    EXPERIMENTER = "experimenter"
    KEY_EXPERIMENTER = "key_experimenter"


@dataclass(frozen=True, slots=True)
class AssetQuery:
    """Conditions that an asset must meet, all of them; one that is left out holds for any asset.

    Of a tuple, one value must be equal; `modalities` compares labels such as "ecephys"; `sources` are names of assets,
    one of which the asset was made from. Of `people`, one must be responsible for its quality control: be one of its
    key experimenters, or, where it names none, one of its experimenters (`people.is_among`). `text` is words, each of
    which occurs in name, subject, project or modality, whatever its case. The status "Pending", and `pending`, hold for
    an asset with a Pending metric, also where its own status is Fail. `acquired_from` and `acquired_to` are days in
    UTC, both inclusive.

    `page` counts from 1; a `limit` of None means all rows. `facets` are counted only where they are asked for.

    >>> AssetQuery(text="mfish", statuses=("Fail",), limit=100)
    """

    text: str = ""
    ids: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    experimenters: tuple[str, ...] = ()
    key_experimenters: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    pending: bool = False
    acquired_from: date | None = None
    acquired_to: date | None = None
    sort: SortBy = SortBy.ACQUISITION_TIME
    descending: bool = True
    page: int = 1
    limit: int | None = None
    facets: tuple[Facet, ...] = ()

    @property
    def has_conditions(self) -> bool:
        """Whether any asset can fail to match."""
        order = {"sort", "descending", "page", "limit", "facets"}
        unlimited = AssetQuery()
        return bool(self.text.split()) or any(
            getattr(self, name) != getattr(unlimited, name) for name in self.__slots__ if name not in {*order, "text"}
        )

    def matches(self, asset: AssetSummary) -> bool:
        """Whether an asset meets all conditions."""
        return (
            _is_one_of(asset.record_id, self.ids)
            and _is_one_of(asset.name, self.names)
            and _is_one_of(asset.subject_id, self.subjects)
            and _is_one_of(asset.project, self.projects)
            and _is_one_of(asset.platform, self.platforms)
            and _is_one_of(asset.data_level, self.levels)
            and _is_one_of(asset.instrument, self.instruments)
            and (not self.modalities or not set(self.modalities).isdisjoint(asset.modalities))
            and (not self.experimenters or not set(self.experimenters).isdisjoint(asset.experimenters))
            and (not self.key_experimenters or not set(self.key_experimenters).isdisjoint(asset.key_experimenters))
            and (not self.people or is_among(asset.responsible, self.people))
            and (not self.sources or not set(self.sources).isdisjoint(asset.sources))
            and (not self.statuses or has_status(asset, self.statuses))
            and (not self.pending or asset.pending > 0)
            and self._is_acquired_within(asset.acquisition_time)
            and has_every_word(asset, self.text)
        )

    def _is_acquired_within(self, time: datetime | None) -> bool:
        if self.acquired_from is None and self.acquired_to is None:
            return True
        if time is None:
            return False
        day = time.astimezone(UTC).date()
        return (self.acquired_from or date.min) <= day <= (self.acquired_to or date.max)


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The assets of one page, how many match (`total`), and how many there are (`known`).

    `pending` is the number of Pending metrics of all assets that match, `pending_assets` how many of them have any.

    `facets` counts, for each facet that was asked for, the assets by value: of those that match all conditions but
    the facet's own. `shared_names` are the names among the rows that another asset has, too.
    """

    rows: tuple[AssetSummary, ...]
    total: int
    known: int
    shared_names: frozenset[str] = frozenset()
    facets: Mapping[Facet, Mapping[str, int]] = field(default_factory=dict)
    pending: int = 0
    pending_assets: int = 0


def evaluate(query: AssetQuery, assets: Sequence[AssetSummary]) -> QueryResult:
    """The answer to a query from a list of all assets. A page after the last one gives the last one."""
    found = sort([asset for asset in assets if query.matches(asset)], query.sort, query.descending)
    rows = found
    if query.limit is not None:
        pages = max(1, -(-len(found) // query.limit)) if query.limit else 1
        start = (min(query.page, pages) - 1) * query.limit
        rows = found[start : start + query.limit]
    names = Counter(asset.name for asset in assets)
    shared = frozenset(asset.name for asset in rows if names[asset.name] > 1)
    facets = {facet: _count(facet, query, assets) for facet in query.facets}
    pending = [asset.pending for asset in found if asset.pending]
    return QueryResult(rows, len(found), len(assets), shared, facets, sum(pending), len(pending))


CONDITION_OF = {
    Facet.STATUS: "statuses",
    Facet.PROJECT: "projects",
    Facet.SUBJECT: "subjects",
    Facet.MODALITY: "modalities",
    Facet.PLATFORM: "platforms",
    Facet.LEVEL: "levels",
    Facet.INSTRUMENT: "instruments",
    Facet.EXPERIMENTER: "experimenters",
    Facet.KEY_EXPERIMENTER: "key_experimenters",
}


def _count(facet: Facet, query: AssetQuery, assets: Iterable[AssetSummary]) -> dict[str, int]:
    without: Mapping[str, tuple[str, ...]] = {CONDITION_OF[facet]: ()}
    others = replace(query, **without)  # type: ignore[arg-type]  # each of these conditions is a tuple of texts
    counts = Counter(value for asset in assets if others.matches(asset) for value in _values(facet, asset))
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _values(facet: Facet, asset: AssetSummary) -> Iterable[str]:
    match facet:
        case Facet.MODALITY:
            return set(asset.modalities)
        case Facet.EXPERIMENTER:
            return set(asset.experimenters)
        case Facet.KEY_EXPERIMENTER:
            return set(asset.key_experimenters)
        case Facet.STATUS:  # as `has_status` matches: an asset that is Fail may count as Pending, too
            return {asset.status, "Pending"} - {""} if asset.pending else {asset.status} - {""}
        case Facet.PROJECT:
            value = asset.project
        case Facet.SUBJECT:
            value = asset.subject_id
        case Facet.PLATFORM:
            value = asset.platform
        case Facet.LEVEL:
            value = asset.data_level
        case Facet.INSTRUMENT:
            value = asset.instrument
    return (value,) if value else ()


def _is_one_of(value: str | None, wanted: tuple[str, ...]) -> bool:
    return not wanted or value in wanted
