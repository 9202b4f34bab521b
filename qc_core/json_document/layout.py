"""Detect how JSON text is laid out (line breaks, indentation, separators), and format new values the same way.

JSON strings contain no raw line breaks, so a line break in the text is always between tokens.
"""

import json
import re
from dataclasses import dataclass, replace
from itertools import islice

from qc_core.json_document.scan import TextSpan
from qc_core.json_document.value import JsonValue

_BREAK = re.compile(r"\r\n|\n|\r")
_INDENT = re.compile(r"[ \t]*")
_INDENTED = re.compile(r"[\r\n]([ \t]+)[^ \t\r\n]")
_FIRST_ITEM = re.compile(r"[ \t\r\n]*[\r\n]([ \t]*)(?=[^ \t\r\n\]}])")
_STRING_OR_COMMA = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"(\s*:\s*)?|,([ \t]*)(?![ \t\r\n])')
_MAX_TOKENS = 1000


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout at one position of a document.

    `newline` is the line break, `unit` one step of indentation, `colon` and `comma` the separators with their spaces;
    `lines` is whether the items of the container have a line each.
    """

    newline: str
    unit: str
    colon: str
    comma: str
    lines: bool
    ascii_only: bool

    def format_inline(self, value: JsonValue) -> str:
        """The JSON text of a value, on one line."""
        return self._dump(value, indent=None, separators=(self.comma, self.colon))

    def format_on_lines(self, value: JsonValue, indent: str) -> str:
        """The JSON text of a value on several lines; lines after the first start with `indent`."""
        lines = self._dump(value, indent=self.unit, separators=(",", self.colon))
        return lines.replace("\n", self.newline + indent)

    def adopt_indent(self, text: str, start: int) -> "Layout":
        """This layout with the indentation of the container at `start`, if its items have lines of their own."""
        first = _FIRST_ITEM.match(text, start + 1)
        if first is None:
            return self
        here = self.indent_at(text, start)
        return replace(self, unit=first[1].removeprefix(here)) if first[1].startswith(here) else self

    def indent_at(self, text: str, position: int) -> str:
        """The white space at the start of the line that contains a position."""
        return get_leading_space(text, text.rfind(self.newline[-1], 0, position) + 1, position)

    def _dump(self, value: JsonValue, *, indent: str | None, separators: tuple[str, str]) -> str:
        def dump(ascii_only: bool) -> str:
            return json.dumps(value, ensure_ascii=ascii_only, allow_nan=False, indent=indent, separators=separators)

        text = dump(self.ascii_only)
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:  # half a surrogate pair has no UTF-8, but it has an escape
            return dump(True)
        return text


def detect_layout(text: str) -> Layout:
    """The layout of a document, detected from its first tokens."""
    newline = _BREAK.search(text)
    unit = _INDENTED.search(text) if newline else None
    colon: str | None = None
    comma: str | None = None
    for token in islice(_STRING_OR_COMMA.finditer(text), _MAX_TOKENS):
        if colon is None and token[1] and not _BREAK.search(token[1]):
            colon = token[1]
        if comma is None and token[2] is not None:
            comma = "," + token[2]
        if colon and (comma or newline):
            break
    if colon is None:
        colon = ":" if comma == "," else ": "
    if comma is None:
        comma = "," if colon == ":" else ", "
    return Layout(
        newline=newline[0] if newline else "\n",
        unit=unit[1] if unit else "  ",
        colon=colon,
        comma=comma,
        lines=False,
        ascii_only=text.isascii(),
    )


def detect_inner_layout(layout: Layout, text: str, span: TextSpan) -> Layout:
    """The layout between the items of a scanned container, given that of its parent."""
    gap, colon = text[slice(*span.gap)], text[slice(*span.colon)]
    lines = has_break(text, *span.gap) if span.count else layout.lines or has_break(text, span.start, span.end)
    return replace(
        layout.adopt_indent(text, span.start),
        colon=colon if colon and not _BREAK.search(colon) else layout.colon,
        comma=gap if span.count > 1 and not lines else layout.comma,
        lines=lines,
    )


def get_leading_space(text: str, start: int, end: int) -> str:
    """The white space at the start of `text[start:end]`."""
    match = _INDENT.match(text, start, end)
    return match[0] if match else ""


def has_break(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` contains a line break."""
    return text.find("\n", start, end) >= 0 or text.find("\r", start, end) >= 0


def spans_lines(value: JsonValue, text: str, model: tuple[int, int], outer_lines: bool) -> bool:
    """Whether to write a value on several lines, if it replaces or follows the value at `model` (start, end).

    `outer_lines` is whether the items of the parent have lines of their own.
    """
    start, end = model
    if has_break(text, start, end):
        return True
    same_kind = text[start] == ("{" if isinstance(value, dict) else "[" if isinstance(value, list) else "")
    model_is_empty = not text[start + 1 : end - 1].strip()
    return outer_lines and (not same_kind or model_is_empty)
