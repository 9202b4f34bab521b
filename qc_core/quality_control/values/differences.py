"""Where two values of a metric differ, for people: cell by cell in a table, item by item in a list."""

from collections.abc import Iterator
from dataclasses import dataclass

from qc_core.json_document import differences
from qc_core.json_document.operations import format_path
from qc_core.json_document.value import ABSENT, JsonValue, get_at, same_value
from qc_core.quality_control.values.editor_kinds import JsonEditor, JsonView, ListEditor, MultiAssetEditor, TableEditor
from qc_core.quality_control.values.editors import editor
from qc_core.quality_control.values.lines import change_lines, cut_to_difference, json_line, summary


@dataclass(frozen=True, slots=True)
class ValueDifference:
    """One part of a value that differs: its name ("x · p95"; "" for the whole), its old and its new value as text."""

    part: str
    was: str
    will: str


def value_differences(was: JsonValue, will: JsonValue, assets: tuple[str, ...] = ()) -> tuple[ValueDifference, ...]:
    """All parts in which two values of a metric differ, none if they are equal. `assets` are its evaluated assets."""
    if same_value(was, will):
        return ()
    found: Iterator[ValueDifference]
    match editor(was, None, assets), editor(will, None, assets):
        case TableEditor() as before, TableEditor() as after if _one_shape(before, after):
            found = _cells(before, after)
        case ListEditor(items=before_items), ListEditor(items=after_items) if len(before_items) == len(after_items):
            found = _items([f"item {part}" for part in range(1, len(before_items) + 1)], before_items, after_items)
        case MultiAssetEditor(assets=names), MultiAssetEditor() if len(was["values"]) == len(will["values"]):
            found = _items([name or "an asset" for name in names], was["values"], will["values"])
        case (JsonEditor() | JsonView(), JsonEditor() | JsonView()):
            found = _parts(was, will)
        case _:
            found = iter((ValueDifference("", *change_lines(was, will)),))
    return tuple(found) or (ValueDifference("", *change_lines(was, will)),)


def _one_shape(before: TableEditor, after: TableEditor) -> bool:
    same_cells = before.columns == after.columns and len(before.rows) == len(after.rows)
    return same_cells and (before.form, before.index) == (after.form, after.index)


def _cells(before: TableEditor, after: TableEditor) -> Iterator[ValueDifference]:
    index = before.columns.index(before.index) if before.index else None
    for number, (old, new) in enumerate(zip(before.rows, after.rows, strict=True)):
        row = summary(old[index]) if index is not None else f"row {number + 1}"
        for column, one, other in zip(before.columns, old, new, strict=True):
            if not same_value(one, other):
                part = column if before.form == "scalars" else f"{row} · {column}"
                yield ValueDifference(part, *change_lines(one, other))


def _items(names: list[str], before: tuple[JsonValue, ...], after: tuple[JsonValue, ...]) -> Iterator[ValueDifference]:
    for name, one, other in zip(names, before, after, strict=False):
        if not same_value(one, other):
            yield ValueDifference(name, *change_lines(one, other))


def _parts(was: JsonValue, will: JsonValue) -> Iterator[ValueDifference]:
    for change in differences((), was, will):
        lines = cut_to_difference(_text(get_at(was, change.path)), _text(change.value))
        yield ValueDifference(format_path(change.path) if change.path else "", *lines)


def _text(value: JsonValue) -> str:
    return "nothing" if value is ABSENT else json_line(value)
