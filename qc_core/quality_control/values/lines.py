"""A value, or a change of one, as short lines of plain text."""

import json

from qc_core.json_document import differences
from qc_core.json_document.value import JsonValue, get_at, same_value
from qc_core.quality_control.values.editor_kinds import (
    ChoiceEditor,
    ChoicesEditor,
    CurationEditor,
    EncodedEditor,
    JsonEditor,
    ListEditor,
    MultiAssetEditor,
    RuleEditor,
    TableEditor,
    UnsetEditor,
    YesNoEditor,
)
from qc_core.quality_control.values.editors import editor
from qc_core.quality_control.values.typed_entry import could_be_another_type, quote_json

_MAX_LENGTH = 80
_UNIT_KEYS = ("unit", "units")
_BEFORE = 20
"""Characters kept before the first one that differs, where two long lines are cut."""


def summary(value: JsonValue, object_type: str | None = None) -> str:
    """A value as one short line of plain text, at most 80 characters: `0`, `(no value)`, `[]`, `table 4 × 3`.

    A text is in quotes if it could be taken for another type: `"7850.5"`, `"true"`, `"null"`, `""`. A number whose
    object names its unit has it: `{"value": 15.1, "unit": "µm"}` reads `15.1 µm`.
    """
    line = " ".join(_line(value, object_type).split())
    return line if len(line) <= _MAX_LENGTH else f"{line[: _MAX_LENGTH - 1]}…"


def _line(value: JsonValue, object_type: str | None) -> str:
    match editor(value, object_type):
        case UnsetEditor():
            return "(no value)"
        case YesNoEditor(yes):
            return "Yes" if yes else "No"
        case EncodedEditor(inner) | (ChoiceEditor() as inner) | (ChoicesEditor() as inner):
            return _with_unit(_choose_lines(inner), value)
        case RuleEditor():
            return _with_unit(summary(value["value"]), value)
        case MultiAssetEditor():
            return f"[{', '.join(_item(one) for one in value['values'][:_MAX_LENGTH])}]"
        case CurationEditor():
            versions = value["curations"] if isinstance(value, dict) else value
            number = len(versions) if isinstance(versions, list) else 0
            return f"curation, {number} version{'' if number == 1 else 's'}"
        case TableEditor(columns, rows, index, form):
            if form == "scalars" and set(columns) <= {"value", *_UNIT_KEYS} and _find_unit(value):
                return _with_unit(_plain(value["value"]), value)
            if form != "scalars":
                return f"table {len(rows)} × {len(columns) - (index is not None)}"
            return ", ".join(f"{name}: {_item(cell)}" for name, cell in zip(columns, rows[0], strict=True))
        case ListEditor(items=items):
            return f"[{', '.join(_item(item) for item in items[:_MAX_LENGTH])}]"
        case JsonEditor(value=list() | dict()):
            line = json_line(value)
            return line if len(line) <= _MAX_LENGTH else _plain(value)
    return _plain(value)


def _with_unit(line: str, value: JsonValue) -> str:
    unit = _find_unit(value)
    return f"{line} {unit}" if unit else line


def _find_unit(value: JsonValue) -> str:
    """The unit that an object with a number as its value names, "" for none."""
    number = value.get("value") if isinstance(value, dict) else None
    if not isinstance(value, dict) or isinstance(number, bool) or not isinstance(number, int | float):
        return ""
    return next((unit for key in _UNIT_KEYS if isinstance(unit := value.get(key), str)), "")


def _choose_lines(kind: ChoiceEditor | ChoicesEditor) -> str:
    if isinstance(kind, ChoiceEditor):
        return "(no value)" if kind.chosen is None else _plain(kind.chosen)
    if not kind.chosen and not kind.not_options:
        return "(no value)"
    names = f": {', '.join(_item(item) for item in kind.chosen)}" if kind.chosen else ""
    not_options = f"; not among the options: {', '.join(map(_item, kind.not_options))}" if kind.not_options else ""
    return f"{len(kind.chosen)} of {len(kind.options)} chosen{names}{not_options}"


def _plain(value: JsonValue) -> str:
    """A scalar as people read it; a list or object by its size only."""
    if isinstance(value, str):
        return quote_json(value[: 4 * _MAX_LENGTH]) if could_be_another_type(value) else value[: 4 * _MAX_LENGTH]
    if isinstance(value, dict):
        return f"object: {', '.join(list(value)[:_MAX_LENGTH])}" if value else "{}"
    if isinstance(value, list):
        return f"list of {len(value)}" if value else "[]"
    return "(no value)" if value is None else str(value)


def _item(value: JsonValue) -> str:
    """One of several in a line: a text with a comma is quoted, too."""
    return quote_json(value[:_MAX_LENGTH]) if isinstance(value, str) and "," in value else _plain(value)


def change_lines(was: JsonValue, will: JsonValue, object_type: str | None = None) -> tuple[str, str]:
    """A value before and after a change as two lines, which differ wherever the values do.

    If the summaries are alike (`null` and `""` of a dropdown; two long texts), they are the first path that differs,
    as JSON, from shortly before the first character that differs.
    """
    lines = summary(was, object_type), summary(will, object_type)
    if lines[0] != lines[1] or same_value(was, will):
        return lines
    path = differences((), was, will)[0].path
    return cut_to_difference(json_line(get_at(was, path)), json_line(get_at(will, path)))


def json_line(value: JsonValue) -> str:
    """A value as one line of JSON, at its full length."""
    return json.dumps(value, ensure_ascii=False)


def cut_to_difference(one: str, other: str) -> tuple[str, str]:
    """Two lines, each cut to 80 characters so that the first difference stays in sight."""
    pairs = enumerate(zip(one, other, strict=False))
    at = next((index for index, (a, b) in pairs if a != b), min(len(one), len(other)))
    start = max(0, at - _BEFORE) if at >= _MAX_LENGTH - _BEFORE else 0
    return _window(one, start), _window(other, start)


def _window(line: str, start: int) -> str:
    cut = f"…{line[start:]}" if start else line
    return cut if len(cut) <= _MAX_LENGTH else f"{cut[: _MAX_LENGTH - 1]}…"
