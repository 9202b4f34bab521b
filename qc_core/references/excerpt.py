"""The beginning of a text or table, as a page shows it: decoded and limited, with a note of what was left out."""

import csv
import json
from dataclasses import dataclass

from qc_core.references.kind import FigureKind, kind_of_name, suffix

MAX_BYTES = 100_000
MAX_ROWS = 500
MAX_COLUMNS = 60
_MAX_CELL_CHARACTERS = 500
_MAX_LAID_OUT = 20 * MAX_BYTES


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Either `text`, or the `rows` of a table, the first of them its head; `limit`: what is not shown, or ""."""

    text: str
    rows: tuple[tuple[str, ...], ...]
    limit: str


def excerpt(name: str, head: bytes, size: int) -> Excerpt:
    """What to show of a file, from its first bytes (at most `MAX_BYTES`) and its whole size; never raises."""
    text, odd = _decode(head, size > len(head))
    limit = f"Shown: the first {len(head) // 1000} kB of {_size(size)}. " if size > len(head) else ""
    limit += "Some characters could not be read. " if odd else ""
    kind = kind_of_name(name)
    if kind is FigureKind.TABLE:
        rows, more = _rows(text, "\t" if suffix(name) == "tsv" else _delimiter(text), whole=size <= len(head))
        if rows:
            return Excerpt("", rows, (limit + more).strip())
    if kind is FigureKind.JSON and not limit:
        text = _indent_json(text)
    return Excerpt(text, (), limit.strip())


def _decode(head: bytes, cut: bool) -> tuple[str, bool]:
    """The decoded text, and whether some bytes are not text; a character that the limit cuts in two is left out."""
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return head.decode(encoding), False
    except UnicodeDecodeError as error:
        if cut and error.start >= len(head) - 4:
            return head[: error.start].decode(encoding), False
    return head.decode(encoding, "replace"), True


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _rows(text: str, delimiter: str, *, whole: bool) -> tuple[tuple[tuple[str, ...], ...], str]:
    lines = text.splitlines()
    found: list[tuple[str, ...]] = []
    widest, more = 0, ""
    try:
        for row in csv.reader(lines if whole or len(lines) < 2 else lines[:-1], delimiter=delimiter):
            if len(found) > MAX_ROWS:
                more = f"Shown: the first {MAX_ROWS} rows. "
                break
            widest = max(widest, len(row))
            found.append(tuple(cell[:_MAX_CELL_CHARACTERS] for cell in row[:MAX_COLUMNS]))
    except csv.Error:
        return (), ""
    if widest > MAX_COLUMNS:
        more += f"Shown: the first {MAX_COLUMNS} of {widest} columns. "
    return tuple(found), more


def _indent_json(text: str) -> str:
    """The same JSON with one value a line; as it is where that would be far longer, since it is nested deeply."""
    laid_out, length = [], 0
    try:
        for piece in json.JSONEncoder(indent=2, ensure_ascii=False).iterencode(json.loads(text)):
            laid_out.append(piece)
            length += len(piece)
            if length > _MAX_LAID_OUT:
                return text
    except (ValueError, RecursionError):
        return text
    return "".join(laid_out)


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{size / 1000:.0f} kB"
