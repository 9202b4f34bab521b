"""Lists and dictionaries as an editable table: what its columns are, and how its edits become rows again."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from pages.shell.errors import plain
from pages.shell.formatting import count
from qc_core.json_document.value import JsonValue
from qc_core.quality_control.values.editor_kinds import ItemKind, ListEditor, TableEditor
from qc_core.quality_control.values.editors import is_editable, one_kind
from qc_core.quality_control.values.typed_entry import TextAnswer

_DTYPES: dict[ItemKind, str] = {"text": "string", "yes or no": "boolean", "integer": "Int64", "number": "Float64"}

MAX_COLUMNS = 60
"""Columns of a table on screen; the others are found by their names. A browser needs a millisecond for each."""

Rows = list[tuple[JsonValue, ...]]


def draw(
    kind: ListEditor | TableEditor,
    label: str,
    key: str,
    on_change: Callable[[], None],
    *,
    disabled: bool,
    find: str = "",
) -> None:
    """The table of a value; the column that names the rows, and what a browser would alter, cannot be edited.

    Of a wide table these are the first columns whose names contain `find`.
    """
    import pandas as pd  # heavy, and few values need it

    names, rows, fixed = _get_layout(kind)
    found = _find_columns(names, fixed, find)
    wide = len(names) > MAX_COLUMNS
    shown = {*fixed, *found[:MAX_COLUMNS]} if wide else set(names)
    columns = {name: [row[index] for row in rows] for index, name in enumerate(names) if name in shown}
    editable = {name: _dtype(cells) for name, cells in columns.items()}
    altered = [name for name, dtype in editable.items() if dtype is None and name not in fixed]
    fixed = [*fixed, *altered]
    frame = pd.DataFrame(
        {
            name: pd.Series(cells, dtype=editable[name]) if editable[name] else [_as_text(cell) for cell in cells]
            for name, cells in columns.items()
        }
    )
    numbers = [name for name, dtype in editable.items() if dtype in {"Int64", "Float64"}]
    st.data_editor(
        frame,
        key=key,
        on_change=on_change,
        hide_index=True,
        disabled=True if disabled else fixed,
        # "%g" without digits shows a number as it is; the default cuts after four, "plain" shows 113 as 112.99….
        column_config={
            name: st.column_config.NumberColumn(format="%d" if editable[name] == "Int64" else "%g") for name in numbers
        },
        num_rows="dynamic" if isinstance(kind, ListEditor) and not disabled else "fixed",
        alt=label,
    )
    if wide:
        st.caption(plain(_describe_columns(len(found), len(names), find)))
    if altered and not disabled:
        shown_only = ", ".join(f"“{name}”" for name in altered)
        st.caption(plain(f"Shown, not edited: {shown_only}. A number in there would be altered by a field."))


def is_wide(kind: ListEditor | TableEditor) -> bool:
    """Whether a table has more columns than are shown at once."""
    return len(_get_layout(kind)[0]) > MAX_COLUMNS


def _find_columns(names: Sequence[str], fixed: Sequence[str], find: str) -> list[str]:
    """Those whose names contain a text, in upper or lower case; what names the rows is none of them."""
    return [name for name in names if find.casefold() in name.casefold() and name not in fixed]


def _describe_columns(found: int, total: int, find: str) -> str:
    if not find:
        return f"Shown: the first {MAX_COLUMNS} of {total:,} columns."
    if not found:
        return f"None of {total:,} columns is named like “{find}”."
    some = f"the first {MAX_COLUMNS} of {found:,} columns" if found > MAX_COLUMNS else count(found, "column")
    return f"Shown: {some} named like “{find}”, of {total:,} in all."


def read_answer(kind: ListEditor | TableEditor, edits: Mapping[str, Any], *, as_text: bool = False) -> JsonValue:
    """The value's answer (see `editors`) after the edits that the table reports; its texts marked if `as_text`."""
    names, rows, _ = _get_layout(kind)
    edited = apply_edits(rows, names, edits)
    if as_text:
        edited = [tuple(TextAnswer(cell) if isinstance(cell, str) else cell for cell in row) for row in edited]
    if isinstance(kind, ListEditor):
        return [row[0] for row in edited]
    return [[row[1] for row in edited]] if _is_one_column_of_fields(kind) else [list(row) for row in edited]


def apply_edits(rows: Rows, names: Sequence[str], edits: Mapping[str, Any]) -> Rows:
    """Rows after the edits of `st.data_editor`: changed cells, then removed rows, then new ones at the end."""
    changed = [list(row) for row in rows]
    for index, cells in edits.get("edited_rows", {}).items():
        for name, cell in cells.items():
            changed[int(index)][names.index(name)] = cell
    gone = set(edits.get("deleted_rows", []))
    kept = [tuple(row) for index, row in enumerate(changed) if index not in gone]
    return kept + [tuple(row.get(name) for name in names) for row in edits.get("added_rows", [])]


def _get_layout(kind: ListEditor | TableEditor) -> tuple[tuple[str, ...], Rows, list[str]]:
    """Names of the columns, the rows, and the names that cannot be edited."""
    if isinstance(kind, ListEditor):
        return ("value",), [(item,) for item in kind.items], []
    if _is_one_column_of_fields(kind):
        return ("name", "value"), list(zip(kind.columns, kind.rows[0], strict=True)), ["name"]
    return kind.columns, list(kind.rows), [kind.index] if kind.index else []


def _is_one_column_of_fields(kind: TableEditor) -> bool:
    """Whether scalars are shown as rows of name and value; scalars of several types need a column each.

    So does a null in a list of yes and no: what is entered for it may be a number.
    """
    cells = kind.rows[0]
    return kind.form == "scalars" and _dtype(cells) is not None and (None not in cells or _dtype(cells) != "boolean")


def _dtype(cells: Sequence[JsonValue]) -> str | None:
    """The column type that keeps these cells as they are, None for several kinds, or what a browser would alter.

    In a list of integers a null may become any number.
    """
    if not all(is_editable(cell) for cell in cells):
        return None
    found = one_kind(cells)
    if found == "integer" and None in cells:
        found = "number"
    return _DTYPES[found] if found else None


def _as_text(cell: JsonValue) -> str:
    return "" if cell is None else cell if isinstance(cell, str) else json.dumps(cell)
