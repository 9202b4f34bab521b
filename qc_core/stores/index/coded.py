"""Columns of few different values: a number for each value, so that conditions and counts are arithmetic on arrays."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
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
        self._folded: pa.StringArray = pa.array([], pa.string())
        self._texts: _Texts | None = None
        self._order: dict[Callable[[Value], Any], NDArray[np.int64]] = {}

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
        """The rows with a value that contains a case-folded word, without spaces; None where no value does."""
        known = len(self._folded)
        if known < len(self._values):
            more = pa.array(["\n".join(value).casefold() for value in self._values[known:]], pa.string())
            self._folded = pa.concat_arrays([self._folded, more])
        table = pc.match_substring(self._folded, word).to_numpy(zero_copy_only=False)
        return table[self.codes] if table.any() else None

    def count(self, mask: Mask) -> dict[str, int]:
        """How many of the rows have each value; a row with several counts for each of them.

        The most common one comes first, and of equally common ones the first by text.
        """
        counted = np.bincount(self.codes[mask], minlength=len(self._values))
        if self._texts is None or self._texts.combinations < len(self._values):
            self._texts = _list_texts(self._values)
        texts = self._texts
        totals = np.bincount(texts.indexes, counted[texts.codes], len(texts.sorted)).astype(np.int64)
        found = np.flatnonzero(totals)
        found = found[np.argsort(-totals[found], kind="stable")]
        return dict(zip([texts.sorted[index] for index in found.tolist()], totals[found].tolist(), strict=True))

    def order(self, key: Callable[[Value], Any]) -> NDArray[np.int64]:
        """For each row where its value comes among all, -1 for those without: `key` gives None for them.

        `key` is called once for each combination of values, and what it gave is kept for the same function.
        """
        table = self._order.get(key)
        if table is None or len(table) < len(self._values):
            keys = [key(value) for value in self._values]
            ranks = {one: rank for rank, one in enumerate(sorted({one for one in keys if one is not None}))}
            table = self._order[key] = np.array([-1 if one is None else ranks[one] for one in keys], np.int64)
        found: NDArray[np.int64] = table[self.codes]
        return found


@dataclass(frozen=True, slots=True)
class _Texts:
    """The different texts of a column, sorted; and which code has which of them: a pair of a code and an index each."""

    combinations: int
    sorted: list[str]
    codes: NDArray[np.int64]
    indexes: NDArray[np.int64]


def _list_texts(values: Sequence[Value]) -> _Texts:
    texts = sorted({text for value in values for text in value if text})
    at = {text: index for index, text in enumerate(texts)}
    pairs = [(code, at[text]) for code, value in enumerate(values) for text in set(value) if text]
    codes, indexes = np.array(pairs, np.int64).reshape(-1, 2).T
    return _Texts(len(values), texts, np.ascontiguousarray(codes), np.ascontiguousarray(indexes))
