"""Write rows to a file as they are read: CSV, Parquet or JSON."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, BinaryIO, Protocol

from qc_core.pipeline.export.rows import Row, value_type
from qc_core.pipeline.export.table import (
    COLUMNS,
    HISTORY,
    LISTS,
    TIMES,
    Cell,
    ExportedEntry,
    Shape,
    entry_as_json,
    flatten_row,
    format_csv_cell,
)
from qc_core.times import write_recorded_time

_BYTE_ORDER_MARK = "\ufeff"
_ROWS_AT_ONCE = 5_000


class Format(StrEnum):
    """The kinds of file."""

    CSV = "csv"
    PARQUET = "parquet"
    JSON = "json"


class Writer(Protocol):
    """Writes rows, and what ends the file."""

    def write(self, rows: Iterable[Row]) -> None:
        """Write some rows."""
        ...

    def close(self) -> None:
        """Write what is left; the file stays open."""
        ...


def open_writer(form: Format, shape: Shape, file: BinaryIO, *, mark: bool = False) -> Writer:
    """A writer to an open file; `mark` begins a CSV with a byte order mark, by which Excel knows that it is UTF-8."""
    if form is Format.JSON:
        return _Json(shape, file)
    return _Csv(shape, file, mark) if form is Format.CSV else _Parquet(shape, file)


class _Csv:
    def __init__(self, shape: Shape, file: BinaryIO, mark: bool) -> None:
        self._shape, self._file = shape, file
        self._names = list(COLUMNS[shape])
        self._send([self._names], before=_BYTE_ORDER_MARK if mark else "")

    def write(self, rows: Iterable[Row]) -> None:
        self._send(
            [format_csv_cell(line[name]) for name in self._names]
            for row in rows
            for line in flatten_row(row, self._shape)
        )

    def close(self) -> None:
        """Nothing is left."""

    def _send(self, lines: Iterable[list[str]], before: str = "") -> None:
        text = io.StringIO(newline="")
        # All cells in quotes: where a spreadsheet parts at semicolons, half of a cell must not become a formula.
        csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(lines)
        self._file.write((before + text.getvalue()).encode("utf-8", "replace"))


class _Json:
    """A list of objects, one a line. Values keep their types; tags and histories are nested."""

    def __init__(self, shape: Shape, file: BinaryIO) -> None:
        self._shape, self._file = shape, file
        self._between = b"["

    def write(self, rows: Iterable[Row]) -> None:
        for row in rows:
            for line in flatten_row(row, self._shape):
                line_out = {name: _json_cell(cell) for name, cell in line.items()}
                line_out |= {"value": row.value, "value_type": value_type(row.value), "tags": row.tags}
                self._file.write(self._between + b"\n" + json.dumps(line_out).encode())
                self._between = b","

    def close(self) -> None:
        self._file.write(b"\n]\n" if self._between == b"," else b"[]\n")


class _Parquet:
    """Texts, times in UTC (empty where no zone was recorded), lists of texts,
    and the history as a list of `{status, evaluator, timestamp}`."""

    def __init__(self, shape: Shape, file: BinaryIO) -> None:
        import pyarrow as arrow
        from pyarrow import parquet

        time = arrow.timestamp("us", tz="UTC")
        entry = arrow.struct({"status": arrow.string(), "evaluator": arrow.string(), "timestamp": time})
        types = dict.fromkeys(COLUMNS[shape], arrow.string()) | dict.fromkeys(LISTS, arrow.list_(arrow.string()))
        types |= dict.fromkeys(TIMES, time) | ({HISTORY: arrow.list_(entry)} if shape is Shape.METRICS else {})
        self._shape, self._lines = shape, list[dict[str, Any]]()
        self._schema, self._table = arrow.schema(types), arrow.Table
        self._file = parquet.ParquetWriter(file, self._schema)

    def write(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self._lines += [
                {name: _parquet_cell(cell) for name, cell in line.items()} for line in flatten_row(row, self._shape)
            ]
            if len(self._lines) >= _ROWS_AT_ONCE:
                self._send()

    def close(self) -> None:
        self._send()
        self._file.close()

    def _send(self) -> None:
        if self._lines:
            self._file.write_table(self._table.from_pylist(self._lines, schema=self._schema))
            self._lines = []


def _json_cell(cell: Cell) -> Any:
    if isinstance(cell, list):
        return [entry_as_json(one) if isinstance(one, ExportedEntry) else one for one in cell]
    return write_recorded_time(cell) if isinstance(cell, datetime) else cell


def _parquet_cell(cell: Any) -> Any:
    """A cell for Parquet, which takes no halves of characters."""
    if isinstance(cell, datetime):
        return cell.astimezone(UTC) if cell.utcoffset() is not None else None  # the column is of times in UTC
    if isinstance(cell, list):
        return [_parquet_cell(asdict(one) if isinstance(one, ExportedEntry) else one) for one in cell]
    if isinstance(cell, dict):
        return {key: _parquet_cell(one) for key, one in cell.items()}
    return cell.encode("utf-8", "replace").decode() if isinstance(cell, str) else cell
