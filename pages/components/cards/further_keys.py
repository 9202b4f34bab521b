"""The further keys of an object, those that its editor does not show: read-only, as a table with links, and as JSON."""

import streamlit as st

from pages.shell.errors import plain
from qc_core.json_document.value import JsonValue
from qc_core.quality_control.values.editor_kinds import Editor, TableEditor
from qc_core.quality_control.values.editors import editor, further_keys, is_scalar
from qc_core.quality_control.values.lines import summary
from qc_core.references.web import is_web, unusable

MAX_ROWS = 30
"""Rows of the table; an object with more of them is shown as JSON."""
MAX_CHARACTERS = 300
"""Characters of a text in the table; a longer one is shown as JSON."""
_LINK_SIGNS = {**{ord(sign): f"%{ord(sign):02X}" for sign in "\"'()<>[]`^{|}$"}, ord("&"): "&amp;"}
"""What could end a link in Markdown, or begin something else."""


def draw(value: JsonValue, kind: Editor) -> None:
    """The keys of `value` that its editor `kind` does not show; nothing where there are none."""
    further = further_keys(value, kind)
    rows: list[tuple[str, JsonValue]] = []
    rest: dict[str, JsonValue] = {}
    for key, held in further.items():
        flat = _rows(key, held)
        if flat is None or len(rows) + len(flat) > MAX_ROWS:
            rest[key] = held
        else:
            rows += flat
    if rows:
        lines = [f"| {plain(name)} | {_cell(held)} |" for name, held in rows]
        st.markdown("\n".join(["| Further key | Value |", "|---|---|", *lines]))
    for key, held in rest.items():
        st.caption(plain(key))
        _json_or_table(held)


def _rows(key: str, held: JsonValue) -> list[tuple[str, JsonValue]] | None:
    """The rows of a scalar, or of an object of scalars; None for other values, and for too long ones."""
    parts = (
        [(f"{key} · {name}", one) for name, one in held.items()] if isinstance(held, dict) and held else [(key, held)]
    )
    fit = all(is_scalar(one) and not (isinstance(one, str) and len(one) > MAX_CHARACTERS) for _, one in parts)
    return parts if fit else None


def _cell(held: JsonValue) -> str:
    if isinstance(held, str) and is_link(held):
        return f"[{plain(held)}](<{held.translate(_LINK_SIGNS)}>)"
    return plain(held if isinstance(held, str) and len(summary(held)) < len(held) else summary(held))


def is_link(text: str) -> bool:
    """Whether a text is an address that may be opened: https, well formed, without a user name."""
    return is_web(text) and text.lower().startswith("https:") and not unusable(text)


def _json_or_table(held: JsonValue) -> None:
    kind = editor(held)
    if isinstance(kind, TableEditor) and kind.form != "scalars":
        st.dataframe(
            [{name: summary(cell) for name, cell in zip(kind.columns, row, strict=True)} for row in kind.rows],
            hide_index=True,
        )
    elif isinstance(held, dict | list):
        st.json(held, expanded=1)
    else:
        st.code(summary(held) if not isinstance(held, str) else held, language=None, wrap_lines=True)
