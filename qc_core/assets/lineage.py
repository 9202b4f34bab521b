"""The raw asset that a derived one goes back to (docs/formats.md#derived-and-raw)."""

from collections.abc import Callable
from dataclasses import dataclass

from qc_core.assets.record import AssetRecord

_MAX_DEPTH = 8
"""Sources may be derived themselves; beyond this many steps something goes in circles."""


@dataclass(frozen=True, slots=True)
class RawAsset:
    """The raw asset of a derived one.

    `record` is its raw record: None if none was found, or several are possible. `missing` are the names that no record
    has, `candidates` the records of one name if nothing decides between them.
    """

    record: AssetRecord | None
    missing: tuple[str, ...] = ()
    candidates: tuple[AssetRecord, ...] = ()


def raw_of(asset: AssetRecord, get_asset_metadata: Callable[[str], tuple[AssetRecord, ...]]) -> RawAsset:
    """The raw record of an asset, which for a raw asset is the asset itself. Raises what `get_asset_metadata` raises.

    Names are looked up with `get_asset_metadata` (a store's). If several records share a name, the one in the asset's
    own bucket is used; if a source is derived itself, its own source is looked up, and so on.
    """
    here, missing = asset, tuple[str, ...]()
    for _ in range(_MAX_DEPTH):
        if not here.source_names:
            return RawAsset(here, missing)
        found, not_found = _source(here, get_asset_metadata)
        missing += not_found
        if len(found) != 1:
            return RawAsset(None, missing, found)
        here = found[0]
    return RawAsset(None, missing)


def _source(
    asset: AssetRecord, get_asset_metadata: Callable[[str], tuple[AssetRecord, ...]]
) -> tuple[tuple[AssetRecord, ...], tuple[str, ...]]:
    """The records of an asset's first source that exists, narrowed to its own bucket; and the names before it."""
    missing: tuple[str, ...] = ()
    for name in asset.source_names:
        found = tuple(record for record in get_asset_metadata(name) if record.record_id != asset.record_id)
        if found:
            here = bucket_of(asset.location)
            same_bucket = tuple(record for record in found if bucket_of(record.location) == here is not None)
            return (same_bucket if len(same_bucket) == 1 else found), missing
        missing += (name,)
    return (), missing


def bucket_of(location: str | None) -> str | None:
    """The bucket of a location in S3: `bucket_of("s3://some-bucket/asset")` gives "some-bucket"; else None."""
    text = location or ""
    return text.removeprefix("s3://").partition("/")[0] if text.startswith("s3://") else None
