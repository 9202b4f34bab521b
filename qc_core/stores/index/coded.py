"""Columns of few different values: a number for each value, so that conditions and counts are arithmetic on arrays."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from qc_core.stores.index.names import Mask

Codes = NDArray[np.int32]
Value = tuple[str, ...]
"""What an asset has in a column: no value, one, or several, such as modalities."""


class Growing:
    """An array of numbers that grows; rows that were never set hold `empty`."""

    def __init__(self, kind: type[np.generic], empty: int) -> None:
        self.empty = empty
        self._held: NDArray[Any] = np.full(0, empty, kind)
        self._length = 0

    @classmethod
    def of(cls, values: NDArray[Any], empty: int) -> "Growing":
        """An array with these rows; they are copied."""
        made = cls(values.dtype.type, empty)
        made._held, made._length = values.copy(), len(values)
        return made

    @property
    def values(self) -> NDArray[Any]:
        """All rows; not to be kept over a `put`."""
        return self._held[: self._length]

    def put(self, rows: Sequence[int], values: NDArray[Any] | Sequence[int]) -> None:
        """Set the values of rows, which may lie beyond the end."""
        if not len(rows):
            return
        self._length = max(self._length, 1 + max(rows))
        if self._length > len(self._held):
            larger = np.full(max(1024, self._length, len(self._held) * 3 // 2), self.empty, self._held.dtype)
            larger[: len(self._held)] = self._held
            self._held = larger
        self._held[np.asarray(rows, np.int64)] = values


class CodedColumn:
    """The values of one column by row. Not safe for many threads.

    An asset with several values has one code for all of them together: there are few such combinations.
    """

    def __init__(self) -> None:
        self._values: list[Value] = [()]
        self._codes: dict[Value, int] = {(): 0}
        self._rows = Growing(np.int32, 0)

    @classmethod
    def of(cls, different: Sequence[Value], codes: Codes) -> "CodedColumn":
        """A column as `different` and `codes` of another give it."""
        made = cls()
        made._values = list(different)
        made._codes = {value: code for code, value in enumerate(made._values)}
        made._rows = Growing.of(codes, 0)
        return made

    @property
    def different(self) -> tuple[Value, ...]:
        """The different values, in the order of their codes."""
        return tuple(self._values)

    @property
    def codes(self) -> Codes:
        """The code of each row; not to be kept over a `put`."""
        return self._rows.values

    def put(self, rows: Sequence[int], values: Sequence[Value]) -> None:
        """Set what these rows have."""
        known, codes = self._codes, []
        for value in values:
            code = known.get(value)
            if code is None:
                code = known[value] = len(self._values)
                self._values.append(value)
            codes.append(code)
        self._rows.put(rows, codes)

    def put_texts(self, rows: Sequence[int], texts: Sequence[str | None], split: Callable[[str | None], Value]) -> None:
        """The same for many rows at once: `split` makes the values of a text, once for each different one."""
        encoded = pa.array(texts, pa.string()).dictionary_encode(null_encoding="encode")
        self.put_codes(rows, [split(text) for text in encoded.dictionary.to_pylist()], encoded.indices.to_numpy())

    def put_codes(self, rows: Sequence[int], different: Sequence[Value], indexes: NDArray[Any]) -> None:
        """Set rows to values that are named by their index in `different`."""
        for value in different:
            if value not in self._codes:
                self._codes[value] = len(self._values)
                self._values.append(value)
        codes = np.fromiter((self._codes[value] for value in different), np.int32, len(different))
        self._rows.put(rows, codes[indexes])

    def select_rows(self, accepted: Callable[[Value], bool]) -> Mask:
        """The rows whose values are accepted; asked once for each combination of values."""
        table = np.fromiter(map(accepted, self._values), np.bool_, len(self._values))
        found: Mask = table[self.codes]
        return found

    def find_rows_containing(self, word: str) -> Mask | None:
        """The rows with a value that contains a case-folded word; None where no value does."""
        table = np.fromiter((any(word in one.casefold() for one in value) for value in self._values), np.bool_)
        return table[self.codes] if table.any() else None

    def count(self, mask: Mask) -> dict[str, int]:
        """How many of the rows have each value; a row with several counts for each of them."""
        counted = np.bincount(self.codes[mask], minlength=len(self._values))
        counts: dict[str, int] = {}
        for code in np.flatnonzero(counted):
            for value in set(self._values[code]):
                if value:
                    counts[value] = counts.get(value, 0) + int(counted[code])
        return counts

    def order(self, key: Callable[[Value], Any]) -> NDArray[np.int64]:
        """For each row where its value comes among all, -1 for those without: `key` gives None for them."""
        keys = [key(value) for value in self._values]
        ranks = {one: rank for rank, one in enumerate(sorted({one for one in keys if one is not None}))}
        table = np.array([-1 if one is None else ranks[one] for one in keys], np.int64)
        found: NDArray[np.int64] = table[self.codes]
        return found
