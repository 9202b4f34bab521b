"""The assets that one asset was made from, and those that were made from it, as an index knows them."""

from collections.abc import Callable
from dataclasses import dataclass

from qc_core.assets.index import AssetSummary
from qc_core.assets.query import AssetQuery, QueryResult

MAX_DERIVED = 20
_DEEPEST = 8
"""Sources may be derived themselves; beyond this many steps something goes in circles."""


@dataclass(frozen=True, slots=True)
class RelatedAsset:
    """An asset, and whether its name is its alone, so that it can be opened by name."""

    asset: AssetSummary
    shares_name: bool


@dataclass(frozen=True, slots=True)
class RelatedAssets:
    """What an asset is related to.

    `raw` are the raw assets that it goes back to, `sources` the derived ones that it was made from directly, `missing`
    the names of sources that no asset has; `derived` were made from it directly, `derived_total` is how many there are.
    """

    raw: tuple[RelatedAsset, ...] = ()
    sources: tuple[RelatedAsset, ...] = ()
    missing: tuple[str, ...] = ()
    derived: tuple[RelatedAsset, ...] = ()
    derived_total: int = 0


def find_related(
    find: Callable[[AssetQuery], QueryResult], record_id: str, name: str, source_names: tuple[str, ...]
) -> RelatedAssets:
    """The assets that are related to one; `find` answers a query (an index's). Raises what `find` raises."""
    seen = {record_id}
    first, missing = _find_named(find, source_names, seen)
    raw, sources, here = [], [], first
    for _ in range(_DEEPEST):
        raw += [one for one in here if not one.asset.sources]
        derived_here = [one for one in here if one.asset.sources]
        if here is first:
            sources = derived_here
        if not derived_here:
            break
        here, _ = _find_named(find, tuple({name: None for one in derived_here for name in one.asset.sources}), seen)
    found = find(AssetQuery(sources=(name,), limit=MAX_DERIVED + 1))
    derived = tuple(
        RelatedAsset(asset, asset.name in found.shared_names) for asset in found.rows if asset.record_id != record_id
    )
    total = found.total - (len(found.rows) - len(derived))
    return RelatedAssets(tuple(raw), tuple(sources), missing, derived[:MAX_DERIVED], total)


def _find_named(
    find: Callable[[AssetQuery], QueryResult], names: tuple[str, ...], seen: set[str]
) -> tuple[list[RelatedAsset], tuple[str, ...]]:
    """The assets of these names that were not seen before, which are then; and the names that none has."""
    if not names:
        return [], ()
    found = find(AssetQuery(names=names, limit=MAX_DERIVED))
    new = [RelatedAsset(asset, asset.name in found.shared_names) for asset in found.rows if asset.record_id not in seen]
    seen |= {one.asset.record_id for one in new}
    known = {asset.name for asset in found.rows}
    return new, tuple(name for name in names if name not in known)
