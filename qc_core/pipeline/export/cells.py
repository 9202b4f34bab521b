"""The cells of an exported table, and how each reads in CSV and JSON."""

import json
import re
from dataclasses import dataclass
from datetime import datetime

from qc_core.times import write_recorded_time


@dataclass(frozen=True, slots=True)
class ExportedEntry:
    """A status entry; the time is None where it cannot be read, naive where no zone was recorded."""

    status: str | None
    evaluator: str
    timestamp: datetime | None


Cell = str | int | datetime | list[str] | list[ExportedEntry] | None

_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def format_csv_cell(cell: Cell) -> str:
    """A cell as text that no spreadsheet takes for a formula.

    Nothing is "", a time is UTC and ends in `Z` (one without a recorded zone does not), a list
    is joined by `; `, a history is JSON. A text that begins with `=`, `+`, `-` or
    `@` (their wide forms and blanks before them included), a tab or a line break gets an apostrophe in front, unless it
    is a number: a spreadsheet would calculate it.
    """
    if isinstance(cell, datetime):
        return write_recorded_time(cell)
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, list):
        entries = [entry for entry in cell if isinstance(entry, ExportedEntry)]
        cell = json.dumps([entry_as_json(entry) for entry in entries]) if entries else "; ".join(map(str, cell))
    text = cell or ""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def entry_as_json(entry: ExportedEntry) -> dict[str, str | None]:
    """An entry as a JSON object."""
    time = write_recorded_time(entry.timestamp) if entry.timestamp else None
    return {"status": entry.status, "evaluator": entry.evaluator, "timestamp": time}
