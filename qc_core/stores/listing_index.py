"""An `AssetIndex` over a store that lists all its assets: each query is evaluated in memory."""

from collections.abc import Callable
from dataclasses import fields

from qc_core.assets.query import AssetQuery, evaluate
from qc_core.stores.listing import AssetPage, IndexState, Listing


class ListingIndex:
    """Answers queries from what `list_assets` returns. As safe for threads as that is."""

    def __init__(self, list_assets: Callable[[], Listing]) -> None:
        self._list_assets = list_assets

    def query(self, query: AssetQuery) -> AssetPage:
        """The assets that match. Raises what `list_assets` raises."""
        listing = self._list_assets()
        state = {field.name: getattr(listing, field.name) for field in fields(IndexState)}
        return AssetPage(result=evaluate(query, listing.summaries), **state)
