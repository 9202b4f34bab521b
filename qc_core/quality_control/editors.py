"""What kind a metric's value is, as the editor it takes; `editor` alone says so.

A new kind is one dataclass and one branch here, and one branch in `values.changed`.
"""

import math
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from qc_core.json_value import JsonValue, is_unset
from qc_core.quality_control.status import Status

_LARGEST_SAFE = 2**53 - 1
"""A browser's numbers are doubles: a larger integer would come back rounded."""

_STATUSES: dict[str, Status] = {str(status): status for status in Status}


@dataclass(frozen=True, slots=True)
class NumberEditor:
    """A finite number. The answer is a number, or None for a cleared field."""

    value: int | float
    integer: bool


@dataclass(frozen=True, slots=True)
class TextEditor:
    """A text, maybe "". The answer is a text."""

    value: str


@dataclass(frozen=True, slots=True)
class YesNoEditor:
    """A boolean. The answer is True, False, or None for unset."""

    value: bool


@dataclass(frozen=True, slots=True)
class UnsetEditor:
    """Null: nothing was entered yet. The answer is a text; None or "" leave it unset."""


@dataclass(frozen=True, slots=True)
class ListEditor:
    """A list of numbers or of texts, maybe empty (then of texts). The answer is a list; None in it is a blank row."""

    items: tuple[JsonValue, ...]
    item_kind: Literal["number", "integer", "text"]


@dataclass(frozen=True, slots=True)
class TableEditor:
    """A dict of lists of one length ("columns"), or of scalars ("scalars": one row).

    `columns` are all keys of the dict as spelled, `rows` have a cell for each; `index` is the one of the columns
    that names the rows, or None. The answer is the rows, each with its cells in the order of `columns`.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[JsonValue, ...], ...]
    index: str | None
    form: Literal["columns", "scalars"]


@dataclass(frozen=True, slots=True)
class ChoiceEditor:
    """A dropdown. `chosen` is the stored value, None where unset; `fits` is False for one that is no option.

    `statuses` has one status (or None) for each option, or is None where the options imply no status at all.
    The answer is an option, None for the empty choice, or the stored value that does not fit, if it is to stay.
    """

    options: tuple[JsonValue, ...]
    statuses: tuple[Status | None, ...] | None
    chosen: JsonValue
    fits: bool


@dataclass(frozen=True, slots=True)
class ChoicesEditor:
    """A checkbox list, like `ChoiceEditor` with any number chosen.

    The answer is the list of all that are to be chosen, those that do not fit included if they are to stay.
    """

    options: tuple[JsonValue, ...]
    statuses: tuple[Status | None, ...] | None
    chosen: tuple[JsonValue, ...]
    fits: bool


@dataclass(frozen=True, slots=True)
class JsonView:
    """Anything else: shown as JSON, not edited; `why` is a sentence."""

    value: JsonValue
    why: str


Editor = (
    NumberEditor
    | TextEditor
    | YesNoEditor
    | UnsetEditor
    | ListEditor
    | TableEditor
    | ChoiceEditor
    | ChoicesEditor
    | JsonView
)


def editor(value: JsonValue, object_type: str | None = None) -> Editor:
    """The kind of a stored value, as the editor it takes. `object_type` is the metric's, in v2."""
    if object_type == "Curation metric":
        return JsonView(value, "A curation is shown as it is stored.")
    if value is None:
        return UnsetEditor()
    if isinstance(value, bool):  # before int: a bool is an int to Python
        return YesNoEditor(value)
    if isinstance(value, int | float):
        return NumberEditor(value, isinstance(value, int)) if _is_editable(value) else JsonView(value, _UNSAFE)
    if isinstance(value, str):
        return TextEditor(value) if _is_editable(value) else JsonView(value, _UNSAFE)
    if isinstance(value, list):
        return _list_editor(value)
    if isinstance(value, dict):
        return _object_editor(value)
    return JsonView(value, "It is of no kind that JSON has.")


_UNSAFE = "It holds a number or a text that a browser cannot edit without altering it."


def is_scalar(value: JsonValue) -> bool:
    """Whether a value is neither a list nor an object."""
    return not isinstance(value, list | dict)


def _is_editable(value: JsonValue) -> bool:
    """Whether a scalar comes back from a browser as it went there: finite, not rounded, encodable."""
    if isinstance(value, str):
        return value.isascii() or not any("\ud800" <= character <= "\udfff" for character in value)
    if isinstance(value, float):
        return math.isfinite(value)
    return not isinstance(value, int) or abs(value) <= _LARGEST_SAFE


def _list_editor(items: list[JsonValue]) -> Editor:
    if not all(is_scalar(item) for item in items):
        return JsonView(items, "It is a list of lists or objects.")
    if not all(_is_editable(item) for item in items):
        return JsonView(items, _UNSAFE)
    kinds = {type(item) for item in items}
    if kinds <= {str}:
        return ListEditor(tuple(items), "text")
    if kinds == {int}:
        return ListEditor(tuple(items), "integer")
    if kinds <= {int, float}:
        return ListEditor(tuple(items), "number")
    return JsonView(items, "It is a list of several kinds.")


def _object_editor(value: dict[str, JsonValue]) -> Editor:
    kind = value.get("type")
    if kind in ("dropdown", "checkbox"):
        return _choice_editor(value, several=kind == "checkbox")
    if "type" in value or "rule" in value:
        return JsonView(value, "It is of a kind that is only shown.")
    return _table_editor(value) if value else JsonView(value, "It is an empty object.")


def _table_editor(value: dict[str, JsonValue]) -> Editor:
    columns = tuple(value)
    index = next((key for key in columns if key.lower() == "index"), None) if len(columns) > 1 else None
    rows: tuple[tuple[JsonValue, ...], ...]
    form: Literal["columns", "scalars"]
    if all(is_scalar(cell) for cell in value.values()):
        rows, form = (tuple(value.values()),), "scalars"
    elif all(isinstance(cells, list) and cells for cells in value.values()):
        if len({len(cells) for cells in value.values()}) > 1:
            return JsonView(value, "Its lists are not of one length.")
        rows, form = tuple(zip(*value.values(), strict=True)), "columns"
        if not all(is_scalar(cell) for row in rows for cell in row):
            return JsonView(value, "Its lists hold lists or objects.")
    else:
        return JsonView(value, "It is neither a table nor a flat object.")
    if not all(_is_editable(text) for text in columns) or not all(_is_editable(cell) for row in rows for cell in row):
        return JsonView(value, _UNSAFE)
    return TableEditor(columns, rows, index, form)


def _choice_editor(value: dict[str, JsonValue], several: bool) -> Editor:
    options = value.get("options")
    if not isinstance(options, list) or all(is_unset(option) for option in options):
        return JsonView(value, "It lists no options to choose from.")
    if not all(is_unset(option) or (is_scalar(option) and _is_editable(option)) for option in options):
        return JsonView(value, "Its options are not all plain texts and numbers.")
    implied = _by_option(options, value.get("status"))
    distinct = tuple(option for option, _ in implied.values())
    # All words unusable is as good as no words: then the choice implies nothing, not even Pending.
    statuses = tuple(status for _, status in implied.values()) if any(s for _, s in implied.values()) else None
    stored = value.get("value")

    def fits(items: tuple[JsonValue, ...]) -> bool:
        return all(is_scalar(item) and scalar_key(item) in implied for item in items)

    # Version 0.1 of the portal's schema wrote checkboxes as "dropdown": a list of options tells them.
    if several or (isinstance(stored, list) and stored and fits(tuple(stored))):
        chosen = () if is_unset(stored) else tuple(stored) if isinstance(stored, list) else (stored,)
        return ChoicesEditor(distinct, statuses, chosen, fits(chosen))
    if is_unset(stored):
        return ChoiceEditor(distinct, statuses, None, fits=True)
    return ChoiceEditor(distinct, statuses, stored, fits((stored,)))


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
    """What a scalar is, to look it up by: `same_value` scalars, and only those, share it (`True` is not `1`)."""
    return ("bool" if isinstance(value, bool) else "", value)
