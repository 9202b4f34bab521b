"""Rows as flat columns, for CSV and Parquet: a line for each metric, or for each entry of its history."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from qc_core.pipeline.export.rows import Row, status_word, tag_texts, value_text, value_type
from qc_core.quality_control.status import StatusEntry
from qc_core.times import write_recorded_time


class Shape(StrEnum):
    """A line for each metric, with its history in one column; or for each entry of a history, with its metric."""

    METRICS = "metrics"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class ExportedEntry:
    """A status entry; the time is None where it cannot be read, naive where no zone was recorded."""

    status: str | None
    evaluator: str
    timestamp: datetime | None


_OF_A_METRIC = (
    *("asset", "record_id", "subject_id", "project_name", "data_level", "acquisition_time", "generation", "place"),
    *("metric", "evaluation", "modality", "stage", "tags", "value", "value_type", "description", "reference"),
    *("evaluated_assets", "object_type"),
)
COLUMNS = {
    Shape.METRICS: (*_OF_A_METRIC, "status", "counts_as", "evaluator", "timestamp", "status_history"),
    Shape.HISTORY: (*_OF_A_METRIC, "status", "evaluator", "timestamp"),
}
"""The names of the columns, in their order."""
Cell = str | datetime | list[str] | list[ExportedEntry] | None
LISTS, TIMES, HISTORY = ("tags", "evaluated_assets"), ("acquisition_time", "timestamp"), "status_history"
"""Which columns are lists of texts, which are times, and which holds the entries; all others are texts."""

_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def flatten_row(row: Row, shape: Shape) -> Iterator[dict[str, Cell]]:
    """The lines of a row; every line of a shape has the same columns in the same order."""
    metric: dict[str, Cell] = {name: getattr(row, name, None) for name in _OF_A_METRIC} | {
        "tags": tag_texts(row),
        "value": value_text(row.value),
        "value_type": value_type(row.value),
        "evaluated_assets": list(row.evaluated_assets),
    }
    if shape is Shape.HISTORY:
        for entry in map(_entry, row.history):
            yield metric | {"status": entry.status, "evaluator": entry.evaluator, "timestamp": entry.timestamp}
        return
    held: dict[str, Cell] = {"status": row.status, "counts_as": row.counts_as, "evaluator": row.evaluator}
    yield metric | held | {"timestamp": row.timestamp, HISTORY: [_entry(entry) for entry in row.history]}


def format_csv_cell(cell: Cell) -> str:
    """A cell as text that no spreadsheet takes for a formula.

    Nothing is "", a time is UTC and ends in `Z` (one without a recorded zone does not), a list
    is joined by `; `, a history is JSON. A text that begins with `=`, `+`, `-` or
    `@` (their wide forms and blanks before them included), a tab or a line break gets an apostrophe in front, unless it
    is a number: a spreadsheet would calculate it.
    """
    if isinstance(cell, datetime):
        return write_recorded_time(cell)
    if isinstance(cell, list):
        entries = [entry for entry in cell if isinstance(entry, ExportedEntry)]
        cell = json.dumps([entry_as_json(entry) for entry in entries]) if entries else "; ".join(map(str, cell))
    text = cell or ""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def entry_as_json(entry: ExportedEntry) -> dict[str, str | None]:
    """An entry as a JSON object."""
    time = write_recorded_time(entry.timestamp) if entry.timestamp else None
    return {"status": entry.status, "evaluator": entry.evaluator, "timestamp": time}


def _entry(entry: StatusEntry) -> ExportedEntry:
    return ExportedEntry(status_word(entry), entry.evaluator, entry.recorded_time)
