"""Convert a table that a chart loads to JSON, in pieces, and stop once the result exceeds the limits."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from qc_core.references.charts.tables import MAX_LINE_CHARACTERS, TableLimits, TableTooLarge, table_rows
from qc_core.stores.figures.decoding.undecodable import Undecodable


def write_rows(
    source: str, target: str, name: str, delimiter: str, rows: int, cells: int, written: int
) -> dict[str, Any]:
    """Write the rows of `source` to `target` as a JSON list of objects, and count them. Raises Undecodable.

    The suffix of `name` gives the delimiter, unless `delimiter` does.
    """
    limits, count, size = TableLimits(rows, cells, written), 0, 2
    try:
        with (
            Path(source).open(encoding="utf-8-sig", errors="replace", newline="") as file,
            Path(target).open("wb") as out,
        ):
            out.write(b"[")
            for row in table_rows(_lines(file), name, delimiter, limits):
                piece = (b",\n" if count else b"") + json.dumps(row, ensure_ascii=False).encode("utf-8", "replace")
                size, count = size + len(piece), count + 1
                if size > limits.written:
                    raise TableTooLarge(f"more than {limits.written // 1_000_000:,} MB")
                out.write(piece)
            out.write(b"]")
    except TableTooLarge as error:
        raise Undecodable(f"It holds {error}, too much for a chart.") from error
    except (OSError, csv.Error, TypeError, ValueError) as error:
        raise Undecodable("It cannot be read as a table.") from error
    return {"rows": count}


def _lines(file: TextIO) -> Iterator[str]:
    """The lines with their ends. Raises TableTooLarge for one that is too long, before all of it is read."""
    while line := file.readline(MAX_LINE_CHARACTERS + 1):
        if len(line) > MAX_LINE_CHARACTERS:
            raise TableTooLarge(f"a line of more than {MAX_LINE_CHARACTERS:,} characters")
        yield line
