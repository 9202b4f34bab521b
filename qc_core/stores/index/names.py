"""The names of all assets in memory, searched and ordered without a loop of Python's own."""

from collections.abc import Iterable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]

CHUNK = 32_768
"""Names in one array. A change copies one of them, a search calls Arrow once for each."""


class NameColumn:
    """Case-folded names by row, from 0; a row that was never set has the name "". Not safe for many threads."""

    def __init__(self, chunks: Iterable[pa.StringArray] = ()) -> None:
        """`chunks` are those of another column."""
        self._chunks: list[pa.StringArray] = list(chunks)

    @property
    def chunks(self) -> tuple[pa.StringArray, ...]:
        """The names in the order of their rows; the arrays never change."""
        return tuple(self._chunks)

    def __len__(self) -> int:
        return sum(map(len, self._chunks))

    def put(self, names: Mapping[int, str]) -> None:
        """Set the names of rows, which may lie beyond the end."""
        by_chunk: dict[int, dict[int, str]] = {}
        for row, name in names.items():
            number, within = divmod(row, CHUNK)
            folded = name.casefold()
            if number < len(self._chunks) and self._is_there(number, within, folded):
                continue
            by_chunk.setdefault(number, {})[within] = folded
        last = max(len(self._chunks) - 1, *by_chunk, -1)
        if last >= len(self._chunks):  # those before it become full
            for number in range(max(0, len(self._chunks) - 1), last):
                by_chunk.setdefault(number, {})
        for number, changes in sorted(by_chunk.items()):
            held = self._chunks[number].to_pylist() if number < len(self._chunks) else []
            length = CHUNK if number < last else max(len(held), 1 + max(changes, default=-1))
            held += [""] * (length - len(held))
            for within, name in changes.items():
                held[within] = name
            self._chunks[number : number + 1] = [pa.array(held, pa.string())]

    def _is_there(self, number: int, within: int, name: str) -> bool:
        """Whether a row has this name already, as most changed assets do: then no array is copied."""
        chunk = self._chunks[number]
        return within < len(chunk) and bool(chunk[within].as_py() == name)

    def contain(self, word: str) -> Mask:
        """Which names contain a case-folded word, by row."""
        found = [pc.match_substring(chunk, word).to_numpy(zero_copy_only=False) for chunk in self._chunks]
        return np.concatenate(found) if found else np.zeros(0, bool)

    def rows_containing(self, word: str, rows: Rows) -> Rows:
        """Those of some rows, in ascending order, whose names contain a case-folded word."""
        if len(rows) * 3 > len(self):
            whole: Rows = rows[self.contain(word)[rows]]
            return whole
        found = [pc.match_substring(names, word).to_numpy(zero_copy_only=False) for names in self._take(rows)]
        some: Rows = rows[np.concatenate(found)] if found else rows[:0]
        return some

    def smallest(self, rows: Rows, number: int, *, descending: bool = False) -> Rows:
        """Of some rows in ascending order, so many with the smallest names, or the largest, in order.

        Equal names are ordered by row, forward or backward with them.
        """
        if number <= 0 or not len(rows):
            return rows[:0]
        direction = "descending" if descending else "ascending"
        keys = [("name", direction), ("row", direction)]
        table = pa.table({"name": pa.chunked_array(list(self._take(rows)), pa.string()), "row": pa.array(rows)})
        if number * 20 > len(rows):
            chosen = pc.sort_indices(table, sort_keys=keys)[:number]
        else:
            chosen = pc.select_k_unstable(table, number, sort_keys=keys)
        found: Rows = rows[chosen.to_numpy()]
        return found

    def _take(self, rows: Rows) -> Iterable[pa.StringArray]:
        """The names of rows in ascending order, chunk by chunk."""
        numbers = rows // CHUNK
        for number in np.unique(numbers):
            yield self._chunks[number].take(pa.array(rows[numbers == number] % CHUNK))
