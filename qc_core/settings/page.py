"""docs/settings.md, made from the docstring of `Settings`, so that it never says what is not so."""

import re
from dataclasses import dataclass, fields
from inspect import cleandoc

from qc_core.settings.model import Database, Settings

_ENTRY = re.compile(r"(?P<field>[a-z0-9_]+): (?P<rest>.+)")
_VARIABLE = re.compile(r"(?P<variable>[A-Z][A-Z0-9_]+), (?P<says>.+?)\.? Default: (?P<default>.+?)\.?")
_HEAD = """# Settings

This page is made from the code: `python -m qc_core settings-page > docs/settings.md`. A test fails when it is stale.

All settings are environment variables, and all are optional. An empty one counts as not set. A value that cannot be
used stops nothing silently: the page says which variable it is, and what to write instead.

| Variable | What it says | Default |
|---|---|---|
"""
_FOOT = """
Streamlit's own settings can be set in the environment too, such as `STREAMLIT_SERVER_PORT` and
`STREAMLIT_SERVER_ADDRESS`; those that the portal sets stand in `.streamlit/config.toml`.
"""


@dataclass(frozen=True, slots=True)
class Documented:
    """One setting as its line in the docstring says it."""

    field: str
    variable: str
    says: str
    default: str


def documented() -> tuple[Documented, ...]:
    """The settings that the environment sets, in the order of the docstring."""
    found: list[Documented] = []
    for documents in (Settings, Database):
        names = {field.name for field in fields(documents)}
        for entry in _entries(cleandoc(documents.__doc__ or "")):
            parts = _ENTRY.fullmatch(entry)
            line = _VARIABLE.fullmatch(parts["rest"]) if parts and parts["field"] in names else None
            if parts and line:
                found.append(Documented(parts["field"], line["variable"], line["says"], line["default"]))
    return tuple(found)


def settings_page() -> str:
    """The page, as Markdown."""
    rows = (f"| `{one.variable}` | {one.says} | {one.default} |\n" for one in documented())
    return _HEAD + "".join(rows) + _FOOT


def _entries(text: str) -> list[str]:
    """The lines of a docstring, each with those that continue it, which stand further in."""
    entries: list[str] = []
    for line in text.splitlines():
        if line.startswith(" ") and entries:
            entries[-1] += f" {line.strip()}"
        else:
            entries.append(line)
    return entries
