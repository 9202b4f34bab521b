"""What the code imports, what is pinned, and what docs/dependencies.md lists: three lists that must agree."""

import ast
import functools
import re
import sys
from collections.abc import Mapping
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

from tests.paths import ROOT

RUNTIME, DEVELOPMENT = "requirements.txt", "requirements-dev.txt"
PAGE = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
SECTIONS = {
    "To run the portal": RUNTIME,
    "For tests and tools": DEVELOPMENT,
}
PIN = re.compile(r"(?P<name>[a-z0-9-]+)(\[[a-z,]+\])?==(?P<version>[0-9][0-9A-Za-z.]*)(; python_version < \"3\.\d+\")?")
OURS = {"app", "pages", "qc_core", "demo", "bench", "tests", "tools"}
DECODES_PICTURES = ROOT / "qc_core" / "stores" / "figures" / "decoding" / "pictures.py"
COLUMNS = [ROOT / "qc_core" / "stores" / "index" / f"{name}.py" for name in ("columns", "coded", "names", "snapshot")]
"""Made of arrays; imported with the first query that needs them."""
HEAVY = {
    "PIL",
    "altair",
    "boto3",
    "botocore",
    "cryptography",
    "kachery_cloud",
    "numpy",
    "pandas",
    "pyarrow",
    "pydantic",
    "streamlit_image_comparison",
    "tifffile",
    "h5py",
}


def _read_pinned(file: str) -> dict[str, str]:
    lines = [line.strip() for line in (ROOT / file).read_text("utf-8").splitlines()]
    wanted = [line for line in lines if line and not line.startswith(("#", "-r "))]
    found = {line: PIN.fullmatch(line) for line in wanted}
    assert None not in found.values(), f"not pinned to one version: {[line for line, pin in found.items() if not pin]}"
    return {pin["name"]: pin["version"] for pin in found.values() if pin}


def _read_documented(section: str) -> list[str]:
    text = PAGE.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\| `([^`]+)` \|", text, flags=re.MULTILINE)


def _modules(tree: ast.AST) -> set[str]:
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in names}


@functools.cache
def _third_party(*folders: str) -> dict[str, Path]:
    """Module -> one file that imports it."""
    found = {}
    for folder in folders:
        for path in [ROOT / folder] if folder.endswith(".py") else sorted((ROOT / folder).rglob("*.py")):
            for module in _modules(ast.parse(path.read_text("utf-8"))):
                next_to = path.with_name(f"{module}.py").exists()
                if module not in sys.stdlib_module_names and module not in OURS and not next_to:
                    found[module] = path
    return found


@functools.cache
def _read_installed() -> Mapping[str, list[str]]:
    """The distributions of each module. Reading it takes a good part of a second: once is enough."""
    return packages_distributions()


def _distributions(module: str) -> set[str]:
    return {re.sub(r"[-_.]+", "-", name).lower() for name in _read_installed().get(module, [])}


def test_every_requirement_is_pinned_to_one_version() -> None:
    assert _read_pinned(RUNTIME)
    assert _read_pinned(DEVELOPMENT)


def test_no_package_is_pinned_twice() -> None:
    assert not _read_pinned(RUNTIME).keys() & _read_pinned(DEVELOPMENT).keys()


@pytest.mark.parametrize("file", [RUNTIME, DEVELOPMENT])
def test_the_page_on_dependencies_names_every_requirement_and_no_other(file: Any) -> None:
    named = [name for section, belongs in SECTIONS.items() if belongs == file for name in _read_documented(section)]
    assert sorted(named) == sorted(_read_pinned(file))


def test_the_portal_imports_only_what_is_pinned() -> None:
    pinned = _read_pinned(RUNTIME).keys()
    for module, path in _third_party("app.py", "pages", "qc_core").items():
        assert _distributions(module) & pinned, f"{path} imports {module}, which requirements.txt does not pin"


def test_tests_and_tools_import_only_what_is_pinned() -> None:
    pinned = _read_pinned(RUNTIME).keys() | _read_pinned(DEVELOPMENT).keys()
    for module, path in _third_party("tests", "demo", "bench", "tools").items():
        belongs_to_a_pinned_one = any(module.startswith(name.replace("-", "_")) for name in pinned)
        assert _distributions(module) & pinned or belongs_to_a_pinned_one, (
            f"{path} imports {module}, which is not pinned"
        )


def test_packages_pinned_to_run_the_portal_are_imported() -> None:
    imported = set().union(*(_distributions(module) for module in _third_party("app.py", "pages", "qc_core")))
    assert set(_read_documented("To run the portal")) <= imported


def test_heavy_packages_are_imported_when_first_needed() -> None:
    for path in [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py")), *sorted((ROOT / "qc_core").rglob("*.py"))]:
        if path == DECODES_PICTURES:  # for a process of its own: test_architecture.py tests that no other imports it
            continue
        for statement in ast.parse(path.read_text("utf-8")).body:
            if isinstance(statement, ast.Import | ast.ImportFrom) and path not in COLUMNS:
                of_columns = isinstance(statement, ast.ImportFrom) and statement.module in {
                    f"qc_core.stores.index.{column.stem}" for column in COLUMNS
                }
                assert not of_columns, f"{path}:{statement.lineno} imports numpy and pyarrow for everyone, at start"
                heavy = {name for name in _modules(statement) if name in HEAVY or name.startswith("aind_")}
                assert not heavy, f"{path}:{statement.lineno} imports {heavy} for everyone, at start"
