"""All assets as columns in memory: conditions, counts, order and pages of a query, without an object for each asset.

A word is searched in the bytes of all names at once, and in the few different values of the other columns one by one.
"""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from qc_core.assets.index import STATUS_ORDER, SortBy
from qc_core.assets.people import is_among
from qc_core.assets.query import CONDITION_OF, AssetQuery, Facet
from qc_core.quality_control.status import Status
from qc_core.stores.index.coded import CodedColumn, Growing, Value
from qc_core.stores.index.column_rows import EPOCH, MICROSECOND, ColumnRow
from qc_core.stores.index.names import Mask, NameColumn, Rows

_NO_TIME = np.iinfo(np.int64).min
_SEARCHED = (Facet.SUBJECT, Facet.PROJECT, Facet.MODALITY)
"""The columns that the words of a text are looked for in, besides the name: as `has_every_word` does."""
_SEVERAL = (Facet.MODALITY, Facet.EXPERIMENTER, Facet.KEY_EXPERIMENTER)
FindRows = Callable[[AssetQuery], Collection[int] | None]
"""Gives the rows with one of the query's `ids`, `names` and `sources`; None where it names none of these."""


@dataclass(frozen=True, slots=True)
class SelectedRows:
    """The rows of one page in order, how many match and how many there are, and what is counted of those that match.

    `pending` and `pending_assets` are as in `QueryResult`.
    """

    rows: Rows
    total: int
    known: int
    facets: dict[Facet, dict[str, int]]
    pending: int
    pending_assets: int


class Columns:
    """The columns of all assets. Not safe for many threads."""

    def __init__(self) -> None:
        self._names = NameColumn()
        self._coded = {facet: CodedColumn() for facet in Facet}
        self._present = Growing(np.bool_, 0)
        self._pending = Growing(np.int32, 0)
        self._metrics = Growing(np.int32, 0)
        self._acquired = Growing(np.int64, int(_NO_TIME))
        self._changed = Growing(np.int64, int(_NO_TIME))

    def put(self, assets: Sequence[ColumnRow]) -> None:
        """Set the rows of these assets, new ones and earlier ones; a deleted one matches nothing any more."""
        if not assets:
            return
        columns = ColumnRow(*zip(*assets, strict=True))  # type: ignore[arg-type]  # here each field is a column
        rows: Sequence[int] = columns.row  # type: ignore[assignment]  # a column
        self._names.put(dict(zip(rows, columns.name, strict=True)))
        for facet, column in self._coded.items():
            split = _several if facet in _SEVERAL else _one
            column.put_texts(rows, getattr(columns, facet.value), split)
        for times, held in ((columns.acquired, self._acquired), (columns.changed, self._changed)):
            held.put(rows, [_NO_TIME if time is None else time for time in times])  # type: ignore[union-attr]  # a column
        self._pending.put(rows, columns.pending)  # type: ignore[arg-type]  # a column
        self._metrics.put(rows, columns.metrics)  # type: ignore[arg-type]  # a column
        self._present.put(rows, [not deleted for deleted in columns.deleted])  # type: ignore[attr-defined]  # a column

    def to_table(self, stated: dict[str, Any]) -> pa.Table:
        """All of it as an Arrow table that does not change any more, with JSON that states `stated`, too."""
        coded = {facet.value: pa.array(column.codes.copy()) for facet, column in self._coded.items()}
        numbers = {name: pa.array(held.values.copy()) for name, held in self._numbers().items()}
        different = {facet.value: column.different for facet, column in self._coded.items()}
        table = pa.table({"name": pa.chunked_array(self._names.chunks, pa.string()), **coded, **numbers})
        return table.replace_schema_metadata({"columns": json.dumps({**stated, "different": different})})

    @classmethod
    def from_table(cls, table: pa.Table) -> tuple["Columns", dict[str, Any]]:
        """The columns of such a table, and what it states. Raises ValueError, KeyError or TypeError for any other."""
        stated, made = json.loads((table.schema.metadata or {})[b"columns"]), cls()
        made._names = NameColumn(table["name"].chunks)
        for facet in Facet:
            different = [tuple(value) for value in stated["different"][facet.value]]
            made._coded[facet] = CodedColumn.of(different, table[facet.value].to_numpy())
        for name, held in made._numbers().items():
            setattr(made, f"_{name}", Growing.of(table[name].to_numpy(), held.empty))
        return made, stated

    def _numbers(self) -> dict[str, Growing]:
        return {
            "present": self._present,
            "pending": self._pending,
            "metrics": self._metrics,
            "acquired": self._acquired,
            "changed": self._changed,
        }

    def select(self, query: AssetQuery, find_rows: FindRows) -> SelectedRows:
        """The rows that match, in order. A page after the last one gives the last one."""
        common, own = self._masks(query, find_rows)
        everything = common
        for mask in own.values():
            everything = everything & mask
        found: Rows = np.flatnonzero(everything)
        rows = self._sort_rows(found, query.sort, query.descending, *_bounds(query, len(found)))
        facets = {}
        for facet in query.facets:
            others = everything
            if facet in own:
                others = common
                for other, mask in own.items():
                    others = others if other is facet else others & mask
            facets[facet] = self._count(facet, others)
        pending = self._pending.values[found]
        known = int(np.count_nonzero(self._present.values))
        return SelectedRows(rows, len(found), known, facets, int(pending.sum()), int(np.count_nonzero(pending)))

    def _masks(self, query: AssetQuery, find_rows: FindRows) -> tuple[Mask, dict[Facet, Mask]]:
        """The rows that meet all conditions but those of facets; and those that meet the condition of each facet."""
        common: Mask = self._present.values.copy()
        rows = find_rows(query)
        if rows is not None:
            wanted = np.zeros(len(common), bool)
            wanted[np.fromiter((row for row in rows if row < len(common)), np.int64)] = True
            common &= wanted
        pending = self._pending.values > 0
        if query.pending:
            common &= pending
        self._limit_acquired(common, query)
        if query.people:
            common &= self._with_responsible(query.people)
        for word in sorted(set(query.text.casefold().split()), key=len, reverse=True):
            self._limit_to_word(common, word)
        own: dict[Facet, Mask] = {}
        for facet, condition in CONDITION_OF.items():
            values = frozenset(getattr(query, condition))
            if values:
                own[facet] = self._coded[facet].select_rows(lambda value, values=values: not values.isdisjoint(value))  # type: ignore[misc]  # a column
                if facet is Facet.STATUS and Status.PENDING in values:
                    own[facet] |= pending
        return common, own

    def _limit_acquired(self, mask: Mask, query: AssetQuery) -> None:
        if query.acquired_from is None and query.acquired_to is None:
            return
        acquired = self._acquired.values
        mask &= acquired != _NO_TIME
        if query.acquired_from is not None:
            mask &= acquired >= _midnight(query.acquired_from)
        if query.acquired_to is not None and query.acquired_to < date.max:
            mask &= acquired < _midnight(query.acquired_to + timedelta(days=1))

    def _with_responsible(self, people: tuple[str, ...]) -> Mask:
        key, others = self._coded[Facet.KEY_EXPERIMENTER], self._coded[Facet.EXPERIMENTER]
        named_none: Mask = key.select_rows(lambda value: not value)
        return key.select_rows(lambda value: is_among(value, people)) | (
            named_none & others.select_rows(lambda value: is_among(value, people))
        )

    def _limit_to_word(self, mask: Mask, word: str) -> None:
        """Take the rows out of a mask that have the word nowhere; names are searched only where they decide it."""
        by_value = np.zeros(len(mask), bool)
        for facet in _SEARCHED:
            found = self._coded[facet].find_rows_containing(word)
            if found is not None:
                by_value |= found
        open_rows: Rows = np.flatnonzero(mask & ~by_value)
        mask &= by_value
        mask[self._names.rows_containing(word, open_rows)] = True

    def _count(self, facet: Facet, mask: Mask) -> dict[str, int]:
        counts = self._coded[facet].count(mask)
        if facet is not Facet.STATUS:
            return counts
        # An asset that is Fail may count as Pending, too.
        is_pending = self._coded[facet].select_rows(lambda value: Status.PENDING in value)
        number = int(np.count_nonzero(mask & (is_pending | (self._pending.values > 0))))
        counts = counts | {Status.PENDING.value: number} if number else counts
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def _sort_rows(self, rows: Rows, by: SortBy, descending: bool, start: int, end: int) -> Rows:
        """The rows from `start` to `end` in order: those without a value last, equal ones by name."""
        if by is SortBy.NAME:
            return self._names.smallest(rows, end, descending=descending)[start:]
        keys = self._sort_keys(by)[rows]
        known = keys != _NO_TIME
        with_value, without = rows[known], rows[~known]
        first = self._smallest(with_value, -keys[known] if descending else keys[known], end)
        last = self._names.smallest(without, end - len(first))
        found: Rows = np.concatenate([first, last])[start:end]
        return found

    def _smallest(self, rows: Rows, keys: NDArray[np.int64], number: int) -> Rows:
        """So many of the rows with the smallest keys in order, equal ones by name."""
        number = min(number, len(rows))
        if not number:
            return rows[:0]
        limit = np.partition(keys, number - 1)[number - 1]
        below, ties = keys < limit, rows[keys == limit]
        rows_below, keys_below = rows[below], keys[below]
        by_name = self._names.smallest(rows_below, len(rows_below))
        by_key = by_name[np.argsort(keys_below[np.searchsorted(rows_below, by_name)], kind="stable")]
        found: Rows = np.concatenate([by_key, self._names.smallest(ties, number - len(by_key))])
        return found

    def _sort_keys(self, by: SortBy) -> NDArray[np.int64]:
        """For each row what it is sorted by, `_NO_TIME` where it has no value in this column."""
        if by is SortBy.ACQUISITION_TIME:
            return self._acquired.values.astype(np.int64)
        if by is SortBy.CHANGED_AT:
            return self._changed.values.astype(np.int64)
        if by in (SortBy.PENDING, SortBy.METRICS):
            return (self._pending if by is SortBy.PENDING else self._metrics).values.astype(np.int64)
        if by is SortBy.STATUS:
            ranks = self._coded[Facet.STATUS].order(_rank)
        else:
            ranks = self._coded[_COLUMN_OF[by]].order(_text_key)
        return np.where(ranks < 0, _NO_TIME, ranks)


_COLUMN_OF = {
    SortBy.SUBJECT: Facet.SUBJECT,
    SortBy.PROJECT: Facet.PROJECT,
    SortBy.MODALITIES: Facet.MODALITY,
    SortBy.DATA_LEVEL: Facet.LEVEL,
    SortBy.PLATFORM: Facet.PLATFORM,
    SortBy.INSTRUMENT: Facet.INSTRUMENT,
}


def _rank(value: Value) -> int | None:
    return STATUS_ORDER.get(value[0], len(STATUS_ORDER)) if any(value) else None


def _text_key(value: Value) -> tuple[str, str] | None:
    text = ", ".join(value)
    return (text.casefold(), text) if text else None


def _one(text: str | None) -> Value:
    return () if text is None else (text,)


def _several(text: str | None) -> Value:
    return tuple(json.loads(text)) if text else ()


def _midnight(day: date) -> int:
    return (datetime(day.year, day.month, day.day, tzinfo=UTC) - EPOCH) // MICROSECOND


def _bounds(query: AssetQuery, total: int) -> tuple[int, int]:
    if query.limit is None:
        return 0, total
    pages = max(1, -(-total // query.limit)) if query.limit else 1
    start = (min(query.page, pages) - 1) * query.limit
    return start, start + query.limit
