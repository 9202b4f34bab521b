"""An `AssetIndex` over a store that lists all its assets in memory, such as a folder; it answers from columns."""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import fields
from threading import Lock
from typing import TYPE_CHECKING

from qc_core.assets.index import AssetSummary
from qc_core.assets.query import AssetQuery, QueryResult, evaluate
from qc_core.stores.index.column_rows import column_row
from qc_core.stores.listing import AssetPage, IndexState, Listing

if TYPE_CHECKING:
    from qc_core.stores.index.columns import Columns

_FEW = 1000
"""Up to so many assets are evaluated one by one, which is as quick, and spares the import of numpy and pyarrow."""


class ListedIndex:
    """Answers queries from what `list_assets` returns; only assets that changed since the last query cost time.

    As safe for threads as `list_assets` is.
    """

    def __init__(self, list_assets: Callable[[], Listing], *, few: int = _FEW) -> None:
        """Columns are made where there are more than `few` assets."""
        self._list_assets, self._few = list_assets, few
        self._lock = Lock()
        self._columns: Columns | None = None
        self._assets: list[AssetSummary] = []
        self._rows: dict[str, int] = {}
        self._by_name: dict[str, set[int]] = defaultdict(set)
        self._by_source: dict[str, set[int]] = defaultdict(set)

    def query(self, query: AssetQuery) -> AssetPage:
        """The assets that match. Raises what `list_assets` raises."""
        listing = self._list_assets()
        if len(listing.summaries) > self._few:
            result = self._select(query, listing.summaries)
        else:
            result = evaluate(query, listing.summaries)
        return AssetPage(result=result, **{field.name: getattr(listing, field.name) for field in fields(IndexState)})

    def _select(self, query: AssetQuery, summaries: Collection[AssetSummary]) -> QueryResult:
        from qc_core.stores.index.columns import Columns

        with self._lock:
            columns = self._columns = self._columns or Columns()
            self._take(columns, summaries)
            selected = columns.select(query, self._find_rows)
            rows = tuple(self._assets[row] for row in selected.rows)
            shared = frozenset(asset.name for asset in rows if len(self._by_name[asset.name]) > 1)
        return QueryResult(
            rows,
            selected.total,
            selected.known,
            shared,
            selected.facets,
            selected.pending,
            selected.pending_assets,
        )

    def _take(self, columns: "Columns", summaries: Collection[AssetSummary]) -> None:
        """Update the columns with new, changed and removed assets."""
        changed = []
        listed = set()
        for summary in summaries:
            row = self._rows.get(summary.record_id)
            if row is None:
                row = self._rows[summary.record_id] = len(self._assets)
                self._assets.append(summary)
            elif self._assets[row] is not summary and self._assets[row] != summary:
                self._forget(row)
                self._assets[row] = summary
            else:
                listed.add(row)
                continue
            listed.add(row)
            self._by_name[summary.name].add(row)
            for source in summary.sources:
                self._by_source[source].add(row)
            changed.append(column_row(row, summary))
        for record_id, row in list(self._rows.items()) if len(listed) < len(self._rows) else ():
            if row not in listed:
                self._forget(row)
                del self._rows[record_id]
                changed.append(column_row(row, self._assets[row])._replace(deleted=1))
        columns.put(changed)

    def _forget(self, row: int) -> None:
        """Remove a row from the lookup tables."""
        self._by_name[self._assets[row].name].discard(row)
        for source in self._assets[row].sources:
            self._by_source[source].discard(row)

    def _find_rows(self, query: AssetQuery) -> set[int] | None:
        found: set[int] | None = None
        by_id = {row for one in query.ids if (row := self._rows.get(one)) is not None}
        by_name = {row for name in query.names for row in self._by_name.get(name, ())}
        by_source = {row for name in query.sources for row in self._by_source.get(name, ())}
        for wanted, rows in ((query.ids, by_id), (query.names, by_name), (query.sources, by_source)):
            if wanted:
                found = rows if found is None else found & rows
        return found
