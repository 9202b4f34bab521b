"""Which asset of a folder has which id and name."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from qc_core.stores.folder.asset_files import folder_name, read_asset_metadata
from qc_core.stores.folder.scan import Scan, ScannedAsset, decode_path
from qc_core.stores.listing import ListingProblem

_SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,127}")


@dataclass(frozen=True, slots=True)
class Entry:
    """An asset as the store knows it."""

    record_id: str
    name: str
    asset: ScannedAsset


@dataclass(frozen=True, slots=True)
class OwnNames:
    """An asset's own names: its name, and its `_id` where it has one."""

    name: str
    own_id: str | None


@dataclass(frozen=True, slots=True)
class KnownAsset:
    """An asset with its names, which are valid as long as its files are those of `asset`."""

    asset: ScannedAsset
    names: OwnNames
    complete: bool


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All assets of a folder, by path, and what is wrong with the folder."""

    by_id: dict[str, Entry]
    ids_by_name: Mapping[str, tuple[str, ...]]
    problems: tuple[ListingProblem, ...]


def catalogue_of(scan: Scan, names_of: Callable[[ScannedAsset], OwnNames]) -> Catalogue:
    """Give every asset its id: its own `_id` where it has one that no other has, else a digest of its path.

    An id stays the same as long as the asset stays where it is. Where several say the same `_id`, the first by
    path has it.
    """
    digests = {asset.where: _digest(asset) for asset in scan.assets}
    taken_by_path = set(digests.values())
    by_id: dict[str, Entry] = {}
    ids_by_name: dict[str, tuple[str, ...]] = defaultdict(tuple)
    problems = list(scan.problems)
    for asset in scan.assets:
        names = names_of(asset)
        own, digest = names.own_id, digests[asset.where]
        usable = own is not None and _SAFE_ID.fullmatch(own) is not None and own not in taken_by_path - {digest}
        record_id = own if own is not None and usable and own not in by_id else digest
        if own in by_id:
            first = decode_path(by_id[own].asset.where)
            reason = f"It has the same _id as {first} ({own}); it is listed under an id of its own."
            problems.append(ListingProblem(decode_path(asset.where), reason))
        by_id[record_id] = Entry(record_id, names.name, asset)
        ids_by_name[names.name] += (record_id,)
    return Catalogue(by_id, dict(ids_by_name), tuple(problems))


def get_known_asset(asset: ScannedAsset, earlier: KnownAsset | None) -> KnownAsset:
    """An asset, as it was seen earlier where its files are the same, else read."""
    return earlier if earlier is not None and earlier.complete and earlier.asset == asset else read_names(asset)


def read_names(asset: ScannedAsset) -> KnownAsset:
    """The names of an asset, from its files; never raises."""
    metadata = read_asset_metadata(asset)
    return KnownAsset(asset, OwnNames(metadata.record.name, metadata.record.record_id), metadata.complete)


def _digest(asset: ScannedAsset) -> str:
    path = folder_name(asset) if asset.where == "." else asset.where
    return hashlib.sha256(path.encode("utf-8", "surrogateescape")).hexdigest()[:20]
