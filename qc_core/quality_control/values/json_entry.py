"""A value as JSON text for people to edit, and their text read back: a value, or a sentence with the fault."""

import json
import math
from dataclasses import dataclass

from qc_core.errors import BadRecord
from qc_core.json_document import differences, parse
from qc_core.json_document.value import JsonValue


@dataclass(frozen=True, slots=True)
class BadEntry:
    """The text cannot become a value; `sentence` is the reason, with its position."""

    sentence: str


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """The text as a value."""

    value: JsonValue


def format_json(value: JsonValue) -> str:
    """A value as JSON text with line breaks; NaN and infinities as Python writes them, lone surrogates escaped."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return (
        text if text.isascii() or not any("\ud800" <= one <= "\udfff" for one in text) else json.dumps(value, indent=2)
    )


def read_entry(text: str, original: JsonValue) -> ParsedEntry | BadEntry:
    """Read the text that a person made of `original`; never raises.

    NaN and infinities may stay where they were, as these parts are then not written; new ones are refused.
    """
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        return BadEntry("It contains half of a character (a lone surrogate), which cannot be stored.")
    try:
        value = parse(raw, what="What you typed")
        repeated = _find_repeated_key(text)
        if repeated is not None:
            return BadEntry(f"The key “{repeated}” occurs twice in one object, so one of the two would be lost.")
        written = [change.value for change in differences((), original, value)]
    except BadRecord as error:
        return BadEntry(error.message)
    if any(not is_writable(one) for one in written):
        return BadEntry("NaN and infinities cannot be written: they may only stay where they were. Use null instead.")
    return ParsedEntry(value)


def is_writable(value: JsonValue) -> bool:
    """Whether JSON can represent all numbers of a value: none of them is NaN or infinite."""
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, dict):
        return all(is_writable(inner) for inner in value.values())
    return not isinstance(value, list) or all(is_writable(inner) for inner in value)


def _find_repeated_key(text: str) -> str | None:
    repeated: list[str] = []

    def check_keys(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
        read = dict(pairs)
        if len(read) < len(pairs):
            keys = [key for key, _ in pairs]
            repeated.append(next(key for key in keys if keys.count(key) > 1))
        return read

    json.loads(text, object_pairs_hook=check_keys)
    return repeated[0] if repeated else None
