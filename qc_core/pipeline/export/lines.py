"""Write lines of named cells to a file as they come: CSV, Parquet or JSON."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, BinaryIO, Protocol

from qc_core.pipeline.export.cells import ExportedEntry, entry_as_json, format_csv_cell
from qc_core.times import write_recorded_time

_BYTE_ORDER_MARK = "\ufeff"
_LINES_AT_ONCE = 5_000
OutputFile = BinaryIO | io.RawIOBase
Line = Mapping[str, Any]
"""Cells by the name of their column: `Cell`, in JSON also any other JSON value."""


class Format(StrEnum):
    """The kinds of file."""

    CSV = "csv"
    PARQUET = "parquet"
    JSON = "json"


class ColumnType(StrEnum):
    """What the cells of a column are; each may be None."""

    TEXT = "text"
    NUMBER = "whole number"
    TIME = "time"
    TEXTS = "list of texts"
    ENTRIES = "list of status entries"


class LineWriter(Protocol):
    """Writes lines, and what ends the file."""

    def write(self, lines: Iterable[Line]) -> None:
        """Write some lines."""
        ...

    def close(self) -> None:
        """Write what is left; the file stays open."""
        ...


def open_line_writer(
    form: Format, columns: Mapping[str, ColumnType], file: OutputFile, *, mark: bool = False
) -> LineWriter:
    """A writer of these columns to an open file; each line has them all.

    `mark` begins a CSV with a byte order mark, by which Excel knows that it is UTF-8.
    """
    if form is Format.JSON:
        return _Json(file)
    return _Csv(tuple(columns), file, mark) if form is Format.CSV else _Parquet(columns, file)


class _Csv:
    def __init__(self, columns: Sequence[str], file: OutputFile, mark: bool) -> None:
        self._columns, self._file = columns, file
        self._send([list(columns)], before=_BYTE_ORDER_MARK if mark else "")

    def write(self, lines: Iterable[Line]) -> None:
        self._send([format_csv_cell(line[name]) for name in self._columns] for line in lines)

    def close(self) -> None:
        """Nothing is left."""

    def _send(self, lines: Iterable[list[str]], before: str = "") -> None:
        text = io.StringIO(newline="")
        # All cells in quotes: where a spreadsheet parts at semicolons, half of a cell must not become a formula.
        csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(lines)
        self._file.write((before + text.getvalue()).encode("utf-8", "replace"))


class _Json:
    """A list of objects, one a line. Values keep their types; tags and histories are nested."""

    def __init__(self, file: OutputFile) -> None:
        self._file = file
        self._between = b"["

    def write(self, lines: Iterable[Line]) -> None:
        for line in lines:
            cells = {name: _json_cell(cell) for name, cell in line.items()}
            self._file.write(self._between + b"\n" + json.dumps(cells).encode())
            self._between = b","

    def close(self) -> None:
        self._file.write(b"\n]\n" if self._between == b"," else b"[]\n")


class _Parquet:
    """Texts, whole numbers, times in UTC (empty where no zone was recorded), lists of texts,
    and a history as a list of `{status, evaluator, timestamp}`."""

    def __init__(self, columns: Mapping[str, ColumnType], file: OutputFile) -> None:
        import pyarrow as arrow
        from pyarrow import parquet

        time = arrow.timestamp("us", tz="UTC")
        types = {
            ColumnType.TEXT: arrow.string(),
            ColumnType.NUMBER: arrow.int64(),
            ColumnType.TIME: time,
            ColumnType.TEXTS: arrow.list_(arrow.string()),
            ColumnType.ENTRIES: arrow.list_(
                arrow.struct({"status": arrow.string(), "evaluator": arrow.string(), "timestamp": time})
            ),
        }
        self._lines = list[dict[str, Any]]()
        self._schema = arrow.schema({name: types[kind] for name, kind in columns.items()})
        self._table = arrow.Table
        self._file = parquet.ParquetWriter(file, self._schema)

    def write(self, lines: Iterable[Line]) -> None:
        for line in lines:
            self._lines.append({name: _parquet_cell(cell) for name, cell in line.items()})
            if len(self._lines) >= _LINES_AT_ONCE:
                self._send()

    def close(self) -> None:
        self._send()
        self._file.close()

    def _send(self) -> None:
        if self._lines:
            self._file.write_table(self._table.from_pylist(self._lines, schema=self._schema))
            self._lines = []


def _json_cell(cell: Any) -> Any:
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
