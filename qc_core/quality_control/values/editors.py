"""Decide which editor a metric's value has.

A new kind of value is one dataclass in `editor_kinds`, one branch here, and one branch in `answers.apply_answer`.
"""

import math
from collections.abc import Sequence
from itertools import zip_longest
from typing import Literal

from qc_core.errors import BadRecord
from qc_core.json_document import parse
from qc_core.json_document.value import JsonValue, is_unset
from qc_core.quality_control.curation.versions import OBJECT_TYPE, is_v1
from qc_core.quality_control.status import Status
from qc_core.quality_control.values.editor_kinds import (
    ChoiceEditor,
    ChoicesEditor,
    CurationEditor,
    Editor,
    EncodedEditor,
    ItemKind,
    JsonEditor,
    JsonView,
    ListEditor,
    MultiAssetEditor,
    NumberEditor,
    PlainEditor,
    RuleEditor,
    TableEditor,
    TextEditor,
    UnsetEditor,
    YesNoEditor,
)

_LARGEST_SAFE = 2**53 - 1
"""A browser's numbers are doubles: a larger integer would be rounded."""
MAX_ASSETS = 100
"""Assets of one metric that have a field each."""
_MAX_PARTS = 5_000
_MAX_CHARACTERS = 100_000
_MAX_DEPTH = 50
"""What a field of text can hold of a JSON value."""

_STATUSES: dict[str, Status] = {str(status): status for status in Status}


def editor(value: JsonValue, object_type: str | None = None, assets: tuple[str, ...] = ()) -> Editor:
    """The editor of a stored value, with what it needs to be drawn.

    `object_type` is the metric's, in v2; `assets` its `evaluated_assets`. `editor(3)` gives `NumberEditor(3, True)`.
    """
    if object_type == OBJECT_TYPE or is_v1(value):
        return CurationEditor()
    if isinstance(value, dict):
        if isinstance(value.get("rule"), str) and "value" in value and "type" not in value:
            return RuleEditor(_plain_editor(value["value"]), value["rule"])
        if is_multi_asset(value, assets):
            return _multi_asset_editor(value, assets)
    return _plain_editor(value)


def _plain_editor(value: JsonValue) -> PlainEditor:
    if value is None:
        return UnsetEditor()
    if isinstance(value, bool):  # before int: a bool is an int to Python
        return YesNoEditor(value)
    if isinstance(value, int | float):
        return NumberEditor(value, isinstance(value, int)) if is_editable(value) else _as_json(value, _UNSAFE)
    if isinstance(value, str):
        return _text_editor(value)
    if isinstance(value, list):
        return _list_editor(value)
    if isinstance(value, dict):
        return _object_editor(value)
    return JsonView(value, "It is not a JSON value.")


def is_multi_asset(value: JsonValue, assets: tuple[str, ...]) -> bool:
    """Whether a value has one for each asset: `{values, options, type}`, the last two maybe null or absent.

    `values` alone is a table of one column, unless the metric names assets.
    """
    if not isinstance(value, dict) or not isinstance(value.get("values"), list):
        return False
    options, kind = value.get("options"), value.get("type")
    known = value.keys() <= {"values", "options", "type"} and (len(value) > 1 or bool(assets))
    return known and isinstance(options, list | None) and isinstance(kind, str | None)


def as_one_of_several(value: JsonValue, one: JsonValue) -> JsonValue:
    """One value of a multi-asset value, as the metric value it would be for one asset alone."""
    options, kind = value.get("options"), value.get("type")
    return {"value": one, "options": options, "status": None, "type": kind or "dropdown"} if options else one


def _multi_asset_editor(value: dict[str, JsonValue], assets: tuple[str, ...]) -> Editor:
    values = value["values"]
    if max(len(values), len(assets)) > MAX_ASSETS:
        return _as_json(value, f"It has values for more than {MAX_ASSETS} assets.")
    pairs = tuple(zip_longest(values, assets))
    inner = tuple(_plain_editor(as_one_of_several(value, one)) for one, _ in pairs)
    return MultiAssetEditor(inner, tuple(asset or "" for _, asset in pairs))


_UNSAFE = "It holds a number or a text that a browser's fields would alter, so it is shown as JSON."


def _as_json(value: JsonValue, why: str) -> JsonEditor | JsonView:
    """A value to be edited as JSON, if a field of text can hold it."""
    parts, characters = 0, 0
    waiting: list[tuple[JsonValue, int]] = [(value, 0)]
    while waiting:
        one, depth = waiting.pop()
        parts += 1
        characters += len(one) if isinstance(one, str) else 0
        inside = list(one.values()) if isinstance(one, dict) else one if isinstance(one, list) else []
        characters += sum(map(len, one)) if isinstance(one, dict) else 0
        if parts + len(inside) > _MAX_PARTS or characters > _MAX_CHARACTERS or depth > _MAX_DEPTH:
            return JsonView(value, f"{why} It is too large to be edited here.")
        waiting += [(item, depth + 1) for item in inside]
    return JsonEditor(value, why)


def _text_editor(value: str) -> PlainEditor:
    if not is_editable(value):
        return _as_json(value, _UNSAFE)
    if value.lstrip().startswith("{") and len(value) <= _MAX_CHARACTERS:
        try:
            parsed = parse(value.encode(), what="It")
        except BadRecord:
            return TextEditor(value)
        if isinstance(parsed, dict) and parsed.get("type") in ("dropdown", "checkbox"):
            inner = _object_editor(parsed)
            if isinstance(inner, ChoiceEditor | ChoicesEditor):
                return EncodedEditor(inner)
    return TextEditor(value)


def is_scalar(value: JsonValue) -> bool:
    """Whether a value is neither a list nor an object."""
    return not isinstance(value, list | dict)


def is_editable(value: JsonValue) -> bool:
    """Whether a browser's field returns the scalar unchanged: it is finite, not rounded, and can be encoded."""
    if isinstance(value, str):
        return value.isascii() or not any("\ud800" <= character <= "\udfff" for character in value)
    if isinstance(value, float):
        return math.isfinite(value)
    return not isinstance(value, int) or abs(value) <= _LARGEST_SAFE


def _list_editor(items: list[JsonValue]) -> PlainEditor:
    if _are_records(items):
        return _records_editor(items)
    if not all(is_scalar(item) for item in items):
        return _as_json(items, "It is a list of lists or objects.")
    if not all(is_editable(item) for item in items):
        return _as_json(items, _UNSAFE)
    kind = one_kind(items)
    if kind is None:
        return _as_json(items, "It is a list of values of several kinds.")
    blank = sum(item is None for item in items)
    if blank:  # a table would drop the blank rows
        nothing = "nothing" if blank == len(items) else "not everything"
        return _as_json(items, f"It is a list in which {nothing} was entered yet.")
    return ListEditor(tuple(items), kind)


def one_kind(cells: Sequence[JsonValue]) -> ItemKind | None:
    """The kind that all scalars of a list or column have, blank ones aside; None for several. None at all are texts."""
    match {type(cell) for cell in cells if cell is not None}:
        case kinds if kinds <= {str}:
            return "text"
        case kinds if kinds == {bool}:
            return "yes or no"
        case kinds if kinds == {int}:
            return "integer"
        case kinds if kinds <= {int, float}:
            return "number"
    return None


def _object_editor(value: dict[str, JsonValue]) -> PlainEditor:
    kind = value.get("type")
    if kind in ("dropdown", "checkbox"):
        return _choice_editor(value, several=kind == "checkbox")
    if "type" in value or "rule" in value:
        return _as_json(value, "It is of a kind that the portal does not know.")
    return _table_editor(value) if value else _as_json(value, "It is an empty object.")


def _are_records(items: list[JsonValue]) -> bool:
    """Whether a list is a table by rows, as pandas writes with `orient="records"`: objects that have the same keys."""
    if not items or not all(isinstance(item, dict) and item and item.keys() == items[0].keys() for item in items):
        return False
    return all(is_scalar(cell) for item in items for cell in item.values())


def _records_editor(items: list[dict[str, JsonValue]]) -> PlainEditor:
    columns = tuple(items[0])
    rows = tuple(tuple(item[name] for name in columns) for item in items)
    return _build_table(items, TableEditor(columns, rows, _index(columns), "records"))


def _index(columns: tuple[str, ...]) -> str | None:
    """The column that names the rows, if there are others."""
    return next((key for key in columns if key.lower() == "index"), None) if len(columns) > 1 else None


def _table_editor(value: dict[str, JsonValue]) -> PlainEditor:
    columns = tuple(value)
    rows: tuple[tuple[JsonValue, ...], ...]
    form: Literal["columns", "scalars"]
    if all(is_scalar(cell) for cell in value.values()):
        rows, form = (tuple(value.values()),), "scalars"
    elif all(isinstance(cells, list) and cells for cells in value.values()):
        if len({len(cells) for cells in value.values()}) > 1:
            return _as_json(value, "Its lists are not of one length.")
        rows, form = tuple(zip(*value.values(), strict=True)), "columns"
        if not all(is_scalar(cell) for row in rows for cell in row):
            return _as_json(value, "Its lists hold lists or objects.")
    else:
        return _as_json(value, "It is neither a table nor a flat object.")
    return _build_table(value, TableEditor(columns, rows, _index(columns), form))


def _build_table(value: JsonValue, table: TableEditor) -> PlainEditor:
    """The table, or the value as JSON where a column holds several kinds, or a text that a browser would alter."""
    if table.form != "scalars":
        named = zip(table.columns, zip(*table.rows, strict=True), strict=True)
        mixed = next((name for name, cells in named if name != table.index and one_kind(cells) is None), None)
        if mixed is not None:
            return _as_json(value, f"Its column “{mixed}” holds values of several kinds.")
    texts = [*table.columns, *(cell for row in table.rows for cell in row if isinstance(cell, str))]
    if not all(is_editable(text) for text in texts):  # a column with NaN or a huge number is shown, and not edited
        return _as_json(value, _UNSAFE)
    return table


def _choice_editor(value: dict[str, JsonValue], several: bool) -> PlainEditor:
    options = value.get("options")
    if not isinstance(options, list) or all(is_unset(option) for option in options):
        return _as_json(value, "It lists no options to choose from.")
    if not all(is_unset(option) or (is_scalar(option) and is_editable(option)) for option in options):
        return _as_json(value, "Its options are not all plain texts and numbers.")
    implied = _by_option(options, value.get("status"))
    distinct = tuple(option for option, _ in implied.values())
    # If no status is valid, the choice implies nothing, not even Pending.
    statuses = tuple(status for _, status in implied.values()) if any(s for _, s in implied.values()) else None
    stored = value.get("value")

    def fits(item: JsonValue) -> bool:
        return is_scalar(item) and scalar_key(item) in implied

    # Version 0.1 of the portal's schema wrote checkboxes as "dropdown": a list of options shows which.
    if several or (isinstance(stored, list) and stored and all(map(fits, stored))):
        held = () if is_unset(stored) else tuple(stored) if isinstance(stored, list) else (stored,)
        chosen = tuple(item for item in held if fits(item))
        return ChoicesEditor(distinct, statuses, chosen, tuple(item for item in held if not fits(item)))
    if is_unset(stored):
        return ChoiceEditor(distinct, statuses, None, fits=True)
    return ChoiceEditor(distinct, statuses, stored, fits(stored))


def further_keys(value: JsonValue, kind: Editor) -> dict[str, JsonValue]:
    """The keys of an object that its editor does not show: of dropdowns, checkboxes and rules.

    `{"type": "dropdown", "value": "", "options": ["Good"], "unit": "um"}` gives `{"unit": "um"}`.
    """
    match kind:
        case RuleEditor(inner):
            others = {key: held for key, held in value.items() if key not in ("value", "rule")}
            return {**further_keys(value["value"], inner), **others}
        case EncodedEditor(inner):
            return further_keys(parse(value.encode(), what="It"), inner)
        case ChoiceEditor() | ChoicesEditor():
            return {key: held for key, held in value.items() if key not in ("value", "options", "status", "type")}
    return {}


def _by_option(
    options: list[JsonValue], statuses: JsonValue
) -> dict[tuple[str, JsonValue], tuple[JsonValue, Status | None]]:
    """Each distinct option with the status at its index; the empty choice is always there, so it is left out."""
    words = statuses if isinstance(statuses, list) else []
    result: dict[tuple[str, JsonValue], tuple[JsonValue, Status | None]] = {}
    for option, word in zip_longest(options, words[: len(options)]):
        if not is_unset(option):
            status = _STATUSES.get(word) if isinstance(word, str) else None
            result.setdefault(scalar_key(option), (option, status))
    return result


def scalar_key(value: JsonValue) -> tuple[str, JsonValue]:
    """A key for look-ups: two scalars share it exactly if they are `same_value` (`True` is not `1`)."""
    return ("bool" if isinstance(value, bool) else "", value)
