"""The assets that match a query as one table, in pieces: CSV, Parquet or JSON, a line for each asset."""

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, get_type_hints

from qc_core.assets.index import AssetSummary
from qc_core.assets.query import AssetQuery
from qc_core.pipeline.export.lines import ColumnType, Format, LineWriter, open_line_writer
from qc_core.stores.listing import AssetPage

ASSETS_AT_ONCE = 20_000
"""Assets that are asked for, and held in memory, at once."""


def _column_type(hint: Any) -> ColumnType:
    kinds = {int: ColumnType.NUMBER, datetime | None: ColumnType.TIME, tuple[str, ...]: ColumnType.TEXTS}
    return kinds.get(hint, ColumnType.TEXT)


_HINTS = get_type_hints(AssetSummary)
ASSET_COLUMNS = {field.name: _column_type(_HINTS[field.name]) for field in fields(AssetSummary)}
"""The columns, named as the fields of `AssetSummary`, and what their cells are."""


class AssetExport:
    """An export of all assets that match a query, in the query's order.

    Raises what `find` (an index's `query`) raises: for the first assets here, for others while it is written.
    """

    def __init__(self, find: Callable[[AssetQuery], AssetPage], query: AssetQuery, *, at_once: int = ASSETS_AT_ONCE):
        self._find = find
        self._query = replace(query, limit=at_once, page=1, facets=())
        self._first = find(self._query)
        self._pages = max(1, -(-self._first.result.total // at_once))

    @property
    def is_complete(self) -> bool:
        """Whether the index knows all assets, and as they are now."""
        return not (self._first.reading or self._first.limited_to or self._first.error)

    def write(self, form: Format) -> Iterator[bytes]:
        """The pieces of the file."""
        sink = _Sink()
        writer: LineWriter = open_line_writer(form, ASSET_COLUMNS, sink, mark=form is Format.CSV)
        seen: set[str] = set()
        for page in range(1, self._pages + 1):
            found = self._first if page == 1 else self._find(replace(self._query, page=page))
            # The index may change between two pages: what moved to a later one is not written twice.
            rows = [row for row in found.result.rows if row.record_id not in seen]
            seen |= {row.record_id for row in rows} if self._pages > 1 else set()
            writer.write(_flatten(rows))
            yield sink.take()
        writer.close()
        yield sink.take()


def _flatten(assets: Iterable[AssetSummary]) -> Iterator[dict[str, Any]]:
    for asset in assets:
        cells = {name: getattr(asset, name) for name in ASSET_COLUMNS}
        yield {name: list(cell) if isinstance(cell, tuple) else cell for name, cell in cells.items()}


class _Sink(io.RawIOBase):
    """A write-only file whose bytes are taken as they are written."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []
        self._written = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        piece = bytes(data)
        self._pieces.append(piece)
        self._written += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self._written

    def take(self) -> bytes:
        """The bytes that were written since the last call."""
        taken, self._pieces = b"".join(self._pieces), []
        return taken
