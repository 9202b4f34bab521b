"""Bytes to a JSON value, or an error with the line and column of the fault."""

import codecs
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from qc_core.errors import BadRecord
from qc_core.json_document.surrogates import spell_out_escapes
from qc_core.json_document.value import JsonValue

_STRING_OR_NUMBER = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|-?(\d+)((?:\.\d+)?(?:[eE][-+]?\d+)?)')


def parse(raw: bytes, *, what: str, keep_lone_surrogates: bool = False) -> JsonValue:
    r"""The value of UTF-8 JSON text, as `json.loads` reads it: NaN and Infinity too, the last of duplicate keys.

    A byte order mark is skipped. A lone surrogate is read as characters, so that every text can be shown and encoded:
    `"\ud800"` gives the six characters `\ud800`; with `keep_lone_surrogates` it stays as Python reads it.

    Raises BadRecord, naming `what` and where possible line and column, for text that is not UTF-8 or not JSON, is
    nested too deeply, or holds an integer too long for Python to read.
    """
    _, text = decode(raw, what=what)
    with raise_bad_record_on_errors(text, what=what):
        value = json.loads(text)
        spelled = text if keep_lone_surrogates else spell_out_escapes(text)
        return value if spelled == text else json.loads(spelled)


def decode(raw: bytes, *, what: str) -> tuple[bytes, str]:
    """The byte order mark (or `b""`) and the text after it. Raises BadRecord for bytes that are not UTF-8."""
    mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    try:
        return mark, raw[len(mark) :].decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: len(mark) + error.start]
        line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
        raise BadRecord(
            f"{what} is not UTF-8 text: line {line}, byte {column} cannot be read.",
            "Save the file again as UTF-8.",
        ) from error


@contextmanager
def raise_bad_record_on_errors(text: str, *, what: str) -> Iterator[None]:
    """A context in which errors of Python's JSON reader over `text` become BadRecord."""
    try:
        yield
    except json.JSONDecodeError as error:
        raise BadRecord(
            f"{what} is not JSON: {error.msg} at line {error.lineno}, column {error.colno}.",
            "It may have been cut off while it was written, or edited by hand.",
        ) from error
    except RecursionError as error:
        raise BadRecord(f"{what} is nested too deeply to be read.", "Check the program that wrote it.") from error
    except ValueError as error:
        position = _find_too_long_number(text)
        line, column = text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)
        raise BadRecord(
            f"{what} holds a whole number too long to be read, at line {line}, column {column}.",
            "Check the program that wrote it.",
        ) from error


def _find_too_long_number(text: str) -> int:
    """The position of the first integer with more digits than Python reads."""
    for token in _STRING_OR_NUMBER.finditer(text):
        if token[1] and not token[2] and len(token[1]) > sys.get_int_max_str_digits():
            return token.start()
    return 0
