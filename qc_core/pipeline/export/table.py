"""Rows as flat columns, for CSV and Parquet: a line for each metric, or for each entry of its history."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from qc_core.pipeline.export.cells import Cell, ExportedEntry
from qc_core.pipeline.export.lines import ColumnType
from qc_core.pipeline.export.rows import Row, status_word, tag_texts, value_text, value_type
from qc_core.quality_control.status import StatusEntry


class Shape(StrEnum):
    """A line for each metric, with its history in one column; or for each entry of a history, with its metric."""

    METRICS = "metrics"
    HISTORY = "history"


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
_TYPES = {
    "tags": ColumnType.TEXTS,
    "evaluated_assets": ColumnType.TEXTS,
    "acquisition_time": ColumnType.TIME,
    "timestamp": ColumnType.TIME,
    "status_history": ColumnType.ENTRIES,
}


def column_types(shape: Shape) -> Mapping[str, ColumnType]:
    """What the cells of each column of a shape are, in the order of the columns."""
    return {name: _TYPES.get(name, ColumnType.TEXT) for name in COLUMNS[shape]}


def flatten_row(row: Row, shape: Shape) -> Iterator[dict[str, Cell]]:
    """The lines of a row; every line of a shape has the same columns in the same order.

    A document holds the present value only. So of the lines of a history, that of the entry which counts has it, and
    the others have neither value nor type.
    """
    metric: dict[str, Cell] = {name: getattr(row, name, None) for name in _OF_A_METRIC} | {
        "tags": tag_texts(row),
        "value": value_text(row.value),
        "value_type": value_type(row.value),
        "evaluated_assets": list(row.evaluated_assets),
    }
    if shape is Shape.HISTORY:
        for stored in row.history:
            entry = _entry(stored)
            value = {} if stored is row.latest else {"value": None, "value_type": None}
            yield metric | value | {"status": entry.status, "evaluator": entry.evaluator, "timestamp": entry.timestamp}
        return
    held: dict[str, Cell] = {"status": row.status, "counts_as": row.counts_as, "evaluator": row.evaluator}
    yield metric | held | {"timestamp": row.timestamp, "status_history": [_entry(entry) for entry in row.history]}


def _entry(entry: StatusEntry) -> ExportedEntry:
    return ExportedEntry(status_word(entry), entry.evaluator, entry.recorded_time)
