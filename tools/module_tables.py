"""docs/modules.md, made from the docstrings of the modules: `python -m tools.module_tables` writes it."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "modules.md"
INTRODUCTION = """# Modules

Every module by package, with the first line of its docstring. Made by `python -m tools.module_tables`; a test compares.
How they work together: [architecture.md](architecture.md).

"""


def summary(path: Path) -> str:
    """The first line of a module's docstring, as the cell of a table."""
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return docstring.partition("\n")[0].replace("|", "\\|")


def tables() -> str:
    """One heading and table for each package of `pages` and `qc_core`, in the order of their paths."""
    parts = []
    for package in ("pages", "qc_core"):
        folders = sorted({path.parent for path in (ROOT / package).rglob("*.py")})
        parts += [_table(folder) for folder in folders]
    return "\n".join(part for part in parts if part)


def _table(folder: Path) -> str:
    modules = [path for path in sorted(folder.glob("*.py")) if path.name != "__init__.py"]
    if not modules:
        return ""
    package = folder / "__init__.py"
    introduction = f"{summary(package)}\n\n" if package.exists() else ""
    rows = "".join(f"| `{path.name}` | {summary(path)} |\n" for path in modules)
    return f"### `{folder.relative_to(ROOT).as_posix()}/`\n\n{introduction}| Module | |\n|---|---|\n{rows}"


def page() -> str:
    """The whole of docs/modules.md, as the docstrings are now."""
    return INTRODUCTION + tables()


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
