"""docs/keys.md and the table of keys of the JavaScript, from `pages/shell/key_registry.py`.

`python -m tools.keys_page` writes both; a test compares.
"""

from __future__ import annotations

import json
from pathlib import Path

from pages.shell.key_registry import SECTIONS, build_table

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "keys.md"
MODULE = ROOT / "pages" / "components" / "frontend" / "shared" / "key_table.js"
HEAD = """# Keys

Every key of a review and of a grid. `?` on the page lists those that work there. Nothing happens while you type in a
field; `Esc` leaves it. Made by `python -m tools.keys_page` from `pages/shell/key_registry.py`; a test compares.
"""


def page() -> str:
    """The page in Markdown."""
    text = HEAD
    for section in SECTIONS:
        text += f"\n## {section.title}\n\n| Key | What it does |\n|---|---|\n"
        for key in section.keys:
            text += f"| {', '.join(f'`{one}`' for one in key.text.split(', '))} | {key.does} |\n"
    return text


def module() -> str:
    """The table as a JavaScript module."""
    lines = [
        "// Every key. Made by `python -m tools.keys_page` from `pages/shell/key_registry.py`.",
        "",
    ]
    lines += ['/** @import { KeySection } from "../types.d.ts" */', "", "/** @type {readonly KeySection[]} */"]
    lines += [f"export const SECTIONS = {json.dumps(build_table(), indent=2, ensure_ascii=False)};"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    MODULE.write_text(module(), "utf-8")
