"""The history of a subject: its assets through time, each joined to those it was made from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from qc_core.assets.index import AssetSummary
from qc_core.assets.lineage import bucket_of
from qc_core.assets.names import parse_name


@dataclass(frozen=True, slots=True)
class Source:
    """What an asset was made from: a name, and the assets that have it; none where the source is not known.

    Several assets are given only where nothing decides between them. `inferred` states that no record names this source
    but the asset's own name does, `<source>_<process>_<time>`.
    """

    name: str
    assets: tuple[AssetSummary, ...]
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """An asset in the history of a subject; `process` is what made a derived one, "" where its name does not show
    it."""

    asset: AssetSummary
    sources: tuple[Source, ...]
    process: str

    @property
    def is_derived(self) -> bool:
        """Whether the asset was made from others, as its data level or its sources state."""
        return self.asset.data_level == "derived" or bool(self.sources)

    @property
    def is_orphan(self) -> bool:
        """Whether the asset is derived and none of its sources is known."""
        return self.is_derived and not any(source.assets for source in self.sources)

    @property
    def time(self) -> datetime | None:
        """When a derived asset was processed, else when it was acquired; None where neither is known."""
        processed = self.asset.processed_at if self.is_derived else None
        return processed or self.asset.acquisition_time


@dataclass(frozen=True, slots=True)
class Mark:
    """An asset in one row of the timeline, at a time that is known."""

    entry: HistoryEntry
    row: str
    time: datetime


@dataclass(frozen=True, slots=True)
class Join:
    """A line of the timeline, from an asset to one that was made from it."""

    source: Mark
    derived: Mark


def build_history(assets: Sequence[AssetSummary], others: Sequence[AssetSummary] = ()) -> tuple[HistoryEntry, ...]:
    """The assets in the order of their times, those without one last; `others` are further assets to find sources in.

    Sources are those that the record names (`source_data`, else `input_data_name`; `AssetSummary.sources`); where none
    of these is known, the one in the asset's name.
    """
    by_name: dict[str, dict[str, AssetSummary]] = {}
    for asset in (*assets, *others):
        by_name.setdefault(asset.name, {})[asset.record_id] = asset
    entries = [
        HistoryEntry(asset, _find_sources(asset, by_name), parse_name(asset.name).process_name or "")
        for asset in {asset.record_id: asset for asset in assets}.values()
    ]
    return tuple(sorted(entries, key=_order))


def list_missing_sources(assets: Sequence[AssetSummary]) -> tuple[str, ...]:
    """The names of sources that none of the assets has: they may have another subject, or none."""
    known = {asset.name for asset in assets}
    names = (name for asset in assets for name in (*asset.sources, parse_name(asset.name).input_name or ""))
    return tuple(name for name in dict.fromkeys(names) if name and name not in known)


def build_marks(history: Iterable[HistoryEntry]) -> tuple[Mark, ...]:
    """A mark for each modality of each asset that has a time, in a row such as "ecephys · derived"."""
    return tuple(
        Mark(entry, f"{modality} · {'derived' if entry.is_derived else 'raw'}", entry.time)
        for entry in history
        if entry.time is not None
        for modality in entry.asset.modalities or ("no modality",)
    )


def list_rows(marks: Iterable[Mark]) -> tuple[str, ...]:
    """The rows of the timeline from the top: by modality, raw above derived."""
    rows = {mark.row for mark in marks}
    return tuple(sorted(rows, key=lambda row: (row.rpartition(" · ")[0].casefold(), row.endswith("derived"), row)))


def build_joins(marks: Sequence[Mark]) -> tuple[Join, ...]:
    """The lines between the marks: in each modality that both have, else from the source's first mark to each."""
    by_asset: dict[str, list[Mark]] = {}
    for mark in marks:
        by_asset.setdefault(mark.entry.asset.record_id, []).append(mark)
    return tuple(
        Join(_same_modality(mark, sources), mark)
        for mark in marks
        for source in mark.entry.sources
        for asset in source.assets
        if (sources := by_asset.get(asset.record_id))
    )


def _same_modality(mark: Mark, sources: Sequence[Mark]) -> Mark:
    modality = mark.row.rpartition(" · ")[0]
    return next((source for source in sources if source.row.rpartition(" · ")[0] == modality), sources[0])


def _find_sources(asset: AssetSummary, by_name: Mapping[str, Mapping[str, AssetSummary]]) -> tuple[Source, ...]:
    found = tuple(Source(name, _find_assets(name, asset, by_name)) for name in asset.sources)
    inferred = parse_name(asset.name).input_name
    if inferred and inferred not in asset.sources and not any(source.assets for source in found):
        by_own_name = _find_assets(inferred, asset, by_name)
        if by_own_name or not found:
            return (*found, Source(inferred, by_own_name, inferred=True))
    return found


def _find_assets(
    name: str, asset: AssetSummary, by_name: Mapping[str, Mapping[str, AssetSummary]]
) -> tuple[AssetSummary, ...]:
    """The assets of a name but this one itself; of several the one in the same bucket, where there is exactly one."""
    found = tuple(other for other in by_name.get(name, {}).values() if other.record_id != asset.record_id)
    here = bucket_of(asset.location)
    same_bucket = tuple(other for other in found if bucket_of(other.location) == here is not None)
    return same_bucket if len(same_bucket) == 1 else found


def _order(entry: HistoryEntry) -> tuple[bool, datetime, bool, str]:
    time = entry.asset.acquisition_time or entry.time
    return time is None, time or datetime.max.replace(tzinfo=UTC), entry.is_derived, entry.asset.name


def order_by_lineage(history: Sequence[HistoryEntry]) -> tuple[tuple[HistoryEntry, int], ...]:
    """Each asset once, newest first and derived ones below their source, with its steps from the first one."""
    ids = {entry.asset.record_id for entry in history}
    below: dict[str, list[HistoryEntry]] = {}
    for entry in history:
        first = next((asset.record_id for source in entry.sources for asset in source.assets), "")
        below.setdefault(first if first in ids else "", []).append(entry)
    ordered: dict[str, tuple[HistoryEntry, int]] = {}
    in_circles = list(history)  # assets that name each other as their sources are below none
    for start in (*reversed(below.get("", [])), *in_circles):
        waiting = [(start, 0)]
        while waiting:
            entry, depth = waiting.pop(0)
            if entry.asset.record_id not in ordered:
                ordered[entry.asset.record_id] = entry, depth
                waiting = [(one, depth + 1) for one in below.get(entry.asset.record_id, [])] + waiting
    return tuple(ordered.values())
