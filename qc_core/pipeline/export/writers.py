"""Write rows of metrics to a file as they are read: CSV, Parquet or JSON."""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from qc_core.pipeline.export.lines import Format, open_line_writer
from qc_core.pipeline.export.rows import Row
from qc_core.pipeline.export.table import Shape, column_types, flatten_row

__all__ = ["Format", "Writer", "open_writer"]


class Writer:
    """Writes rows, and what ends the file."""

    def __init__(self, form: Format, shape: Shape, file: BinaryIO, *, mark: bool = False) -> None:
        self._form, self._shape = form, shape
        self._lines = open_line_writer(form, column_types(shape), file, mark=mark)

    def write(self, rows: Iterable[Row]) -> None:
        """Write some rows."""
        self._lines.write(line for row in rows for line in self._flatten(row))

    def close(self) -> None:
        """Write what is left; the file stays open."""
        self._lines.close()

    def _flatten(self, row: Row) -> Iterator[dict[str, Any]]:
        for line in flatten_row(row, self._shape):
            if self._form is Format.JSON:
                has_value = line["value_type"] is not None
                yield {**line, "value": row.value if has_value else None, "tags": row.tags}
            else:
                yield {**line}


def open_writer(form: Format, shape: Shape, file: BinaryIO, *, mark: bool = False) -> Writer:
    """A writer to an open file; `mark` begins a CSV with a byte order mark, by which Excel knows that it is UTF-8."""
    return Writer(form, shape, file, mark=mark)
