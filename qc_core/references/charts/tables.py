"""Read a CSV or TSV that a chart loads as rows of values, line by line, within limits on the result."""

import csv
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qc_core.json_document.value import JsonValue
from qc_core.references.kind import suffix

MAX_LINE_CHARACTERS = 1_000_000
"""Characters of one line."""


@dataclass(frozen=True, slots=True)
class TableLimits:
    """What may come out of a table: rows, cells in all of them, and bytes of JSON. Far more than a chart can show."""

    rows: int = 200_000
    cells: int = 1_000_000
    written: int = 50_000_000


class TableTooLarge(Exception):
    """The table holds more than a chart can take; the message names of what, and how much is taken."""


def table_rows(
    lines: Iterable[str], name: str, delimiter: str = "", limits: TableLimits | None = None
) -> Iterator[dict[str, JsonValue]]:
    """The rows of a CSV or TSV, by column; a column of numbers alone holds numbers, an empty cell is None.

    `lines` keep their ends, so that a line break inside quotes is part of its cell. Raises TableTooLarge as soon as
    there are too many rows or cells, and csv.Error.
    """
    limits = limits or TableLimits()
    usual = "\t" if suffix(name) == "tsv" else ","
    head: list[str] | None = None
    columns: list[list[str]] = []
    rows = 0
    for row in csv.reader(lines, delimiter=delimiter[:1] or usual):
        if not row:
            continue
        if head is None:
            head, columns = row, [[] for _ in row]
            continue
        rows += 1
        if rows > limits.rows:
            raise TableTooLarge(f"more than {limits.rows:,} rows")
        if rows * len(head) > limits.cells:
            raise TableTooLarge(f"more than {limits.cells:,} cells")
        for at, column in enumerate(columns):
            column.append(row[at] if at < len(row) else "")
    read = [_numbers(column) or [cell or None for cell in column] for column in columns]
    for values in zip(*read, strict=True):
        yield dict(zip(head or (), values, strict=True))


def _numbers(column: list[str]) -> list[JsonValue] | None:
    try:
        found = [float(cell) if cell.strip() else None for cell in column]
    except ValueError:
        return None
    return found if all(one is None or math.isfinite(one) for one in found) else None
