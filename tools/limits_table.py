"""docs/limits.md: every limit of the portal, from the constants named MAX_… in the modules that enforce them.

`python -m tools.limits_table` writes it; a test compares.
"""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "limits.md"
HEAD = """# Limits

Every limit in the code, by the module that enforces it: `MAX_…_BYTES` are bytes, the others as their names or the text
next to them say. Made from the constants by `python -m tools.limits_table`; a test compares. Limits that a setting
changes are in [settings](settings.md).

| Module | Constant | Value | |
|---|---|---|---|
"""


def limits() -> Iterator[tuple[str, str, str, str]]:
    """Each module of the packages, the name of a limit, its expression, and the text below it or "" ."""
    listed = subprocess.run(
        ["git", "ls-files", "pages/*.py", "qc_core/*.py"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()
    for name in sorted(listed):
        if not (ROOT / name).exists():
            continue
        body = ast.parse((ROOT / name).read_text("utf-8")).body
        for number, node in enumerate(body):
            if not (isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name | ast.Tuple)):
                continue
            target, value = node.targets[0], node.value
            pairs: list[tuple[ast.expr, ast.expr]] = [(target, value)]
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                pairs = list(zip(target.elts, value.elts, strict=True))
            for one, given in pairs:
                if isinstance(one, ast.Name) and one.id.lstrip("_").startswith("MAX_"):
                    yield name, one.id, ast.unparse(given), _text_below(body[number + 1 :])


def _text_below(nodes: list[ast.stmt]) -> str:
    """The text below a constant, or below the constants that follow it at once: one text may be of several."""
    for node in nodes:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return " ".join(str(node.value.value).split()).replace("|", "\\|")
        if not (isinstance(node, ast.Assign) and "MAX_" in ast.unparse(node.targets[0])):
            break
    return ""


def page() -> str:
    """The page in Markdown."""
    rows = (f"| `{module}` | `{name}` | {value} | {text} |\n" for module, name, value, text in limits())
    return HEAD + "".join(rows)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
