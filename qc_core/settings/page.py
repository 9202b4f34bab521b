"""docs/settings.md, made from the table of settings, so that the two agree."""

from itertools import groupby

from qc_core.settings.setting import Setting
from qc_core.settings.table import SETTINGS

_HEAD = """# Settings

This page is made from the code: `python -m qc_core settings-page > docs/settings.md`. A test fails if it is out of
date.

All settings are environment variables, and all are optional. An empty one counts as not set. A value that cannot be
used stops nothing silently: the page names the variable and states what to write instead. A secret is never shown.
"""
_COLUMNS = "| Variable | What it sets | Default | Example |\n|---|---|---|---|\n"
_FOOT = """
## Others

Streamlit's own settings can be set in the environment too, such as `STREAMLIT_SERVER_PORT` and
`STREAMLIT_SERVER_ADDRESS`; those that the portal sets are in `.streamlit/config.toml`.
"""


def settings_page() -> str:
    """The page, as Markdown: a table for each group of settings."""
    parts = [
        f"\n## {group}\n\n{_COLUMNS}" + "".join(_row(setting) for setting in settings)
        for group, settings in groupby(SETTINGS, key=lambda setting: setting.group)
    ]
    return _HEAD + "".join(parts) + _FOOT


def _row(setting: Setting) -> str:
    example = "a secret" if setting.secret else f"`{setting.example}`"
    return f"| `{setting.variable}` | {setting.description} | {setting.default} | {example} |\n"
