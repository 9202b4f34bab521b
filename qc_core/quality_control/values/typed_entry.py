"""The JSON type of a text that a person types where nothing was stored: a number, true or false, or a text."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from qc_core.json_document.value import JsonValue, is_unset
from qc_core.quality_control.values.editor_kinds import (
    Editor,
    ListEditor,
    MultiAssetEditor,
    RuleEditor,
    TableEditor,
    TextEditor,
    UnsetEditor,
)

_NUMBER = re.compile(r"[+-]?(?:(?:0|[1-9]\d{0,399})(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,9})?", re.ASCII)
"""JSON's numbers, and other forms that people write: `+5`, `.5`, `5.`. Not `007`, which is a label."""
_MINUS = "\N{MINUS SIGN}"
"""What publications and spreadsheets write for the `-` of JSON."""
_LOOKS_LIKE_A_NUMBER = re.compile(
    rf"[-+{_MINUS}]?(?:0[xX][0-9a-fA-F]+|[\d.,_'’\s]*\d[\d.,_'’\s]*(?:[eE][-+{_MINUS}]?\d+)?)"
)
"""What people may take for a number: `1 000`, `1,000.5`, `0x1F`; not a day or a range, such as `2026-01-01`."""
_BOOLEANS = {"true": True, "yes": True, "false": False, "no": False}
_WORDS = {*_BOOLEANS, "null", "none", "nan", "inf", "infinity", "no value", "(no value)", "unset", "(unset)"}


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """An entry that a person wants stored as a text, although it reads as a number or as yes or no."""

    text: str


def read_typed(text: str) -> JsonValue:
    """What a text means where the type is open: `"7850.5"` is 7850.5, `"true"` and `"Yes"` are True, `"soma"` a text.

    A number without point and exponent is an integer. One too large for a double is a text. A minus sign, as in
    publications, is that of JSON.
    """
    stripped = text.strip().replace(_MINUS, "-")
    if stripped.lower() in _BOOLEANS:
        return _BOOLEANS[stripped.lower()]
    if not _NUMBER.fullmatch(stripped):
        return text
    if stripped.lstrip("+-").isdigit():
        return int(stripped)
    number = float(stripped)
    return text if number in (float("inf"), float("-inf")) else number


def read_together(answers: Sequence[JsonValue | TextAnswer]) -> list[JsonValue]:
    """The entries of one column or list that held nothing, each read; all as texts where one of them is a text.

    `["6", "7.5"]` gives `[6, 7.5]`, `["6", "n/a"]` gives `["6", "n/a"]`. Entries that are not texts stay what they are.
    """
    read = [_read(answer) for answer in answers]
    kinds = {_kind(value) for value in read if value is not None}
    return [as_text(answer) for answer in answers] if len(kinds) > 1 else read


def as_text(answer: JsonValue | TextAnswer) -> JsonValue:
    """An entry without the mark that it is to be a text."""
    return answer.text if isinstance(answer, TextAnswer) else answer


def _read(answer: JsonValue | TextAnswer) -> JsonValue:
    return read_typed(answer) if isinstance(answer, str) else as_text(answer)


def _kind(value: JsonValue) -> str:
    return "yes or no" if isinstance(value, bool) else "number" if isinstance(value, int | float) else "text"


def could_be_another_type(text: str) -> bool:
    """Whether a text, printed without quotes, could be taken for another type: `7850.5`, `true`, `null`, `[1]`, ``."""
    stripped = text.strip()
    return not stripped or stripped.lower() in _WORDS or stripped[0] in '[{"' or _is_number_to_someone(stripped)


def _is_number_to_someone(text: str) -> bool:
    if _LOOKS_LIKE_A_NUMBER.fullmatch(text):
        return True
    try:
        float(text.replace(",", "."))
    except ValueError:
        return False
    return True


def quote_json(text: str) -> str:
    """A text as JSON writes it, with every letter as it is: `"7850.5"`."""
    return json.dumps(text, ensure_ascii=False)


def has_open_type(kind: Editor) -> bool:
    """Whether a stored value of this kind can hold parts for which the type of an entry is open."""
    if isinstance(kind, RuleEditor):
        return has_open_type(kind.inner)
    return isinstance(kind, UnsetEditor | MultiAssetEditor | ListEditor | TableEditor) or kind == TextEditor("")


def list_typed_entries(stored: JsonValue, kind: Editor, shown: JsonValue) -> list[JsonValue]:
    """What was entered where the type was open, as it is now: numbers, booleans, and texts that could be either.

    `kind` is the editor of the stored value. Empty where there is nothing to choose between.
    """
    if not has_open_type(kind):
        return []
    if isinstance(kind, RuleEditor):
        return list_typed_entries(stored["value"], kind.inner, shown["value"])
    if isinstance(kind, MultiAssetEditor):
        stored, shown = stored["values"], shown["values"]
    elif isinstance(kind, TableEditor) and kind.form == "records":
        stored, shown = ({name: [row[name] for row in rows] for name in kind.columns} for rows in (stored, shown))
    found = _open_paths(stored, shown)
    return [value for value in found if not isinstance(value, str) or not isinstance(read_typed(value), str)]


def entries_as_texts(stored: JsonValue, kind: Editor, value: JsonValue) -> JsonValue:
    """The value with what was entered where the type was open as texts: `{"AP": 5}` for a null AP is `{"AP": "5"}`."""
    match kind:
        case RuleEditor(inner):
            return {**value, "value": entries_as_texts(stored["value"], inner, value["value"])}
        case MultiAssetEditor():
            return {**value, "values": _texts(stored["values"], value["values"])}
    return _texts(stored, value) if has_open_type(kind) else value


def _texts(stored: JsonValue, value: JsonValue) -> JsonValue:
    if isinstance(stored, dict) and isinstance(value, dict):
        return {name: _texts(stored.get(name), held) for name, held in value.items()}
    if isinstance(stored, list) and isinstance(value, list):
        if _has_type(stored):
            return value
        return [_texts(stored[index] if index < len(stored) else None, held) for index, held in enumerate(value)]
    was_open = stored is None or stored == ""
    return json.dumps(value) if was_open and isinstance(value, bool | int | float) else value


def _open_paths(stored: JsonValue, shown: JsonValue) -> list[JsonValue]:
    if isinstance(stored, dict) and isinstance(shown, dict):
        parts = [(stored[name], shown[name]) for name in stored if name in shown]
        return [one for was, now in parts if was != "" for one in _open_paths(was, now)]
    if isinstance(stored, list) and isinstance(shown, list):
        return [] if _has_type(stored) else [now for now in shown if now is not None]
    scalar = not isinstance(shown, dict | list) and not is_unset(shown)
    return [shown] if (stored is None or stored == "") and scalar else []


def _has_type(column: list[JsonValue]) -> bool:
    """Whether any item of a column or list determines the type of new entries."""
    return any(cell is not None and not isinstance(cell, dict) for cell in column)
