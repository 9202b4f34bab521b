"""The documents say what is so: settings, commands, modules, files and tests that they name are there."""

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from qc_core.settings.model import Database, Settings
from qc_core.settings.setting import Setting
from qc_core.settings.table import SETTINGS as TABLE
from tests.paths import ROOT
from tools import limits_table, module_tables

DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "demo/README.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
README = (ROOT / "README.md").read_text("utf-8")
SETTINGS_PAGE = (ROOT / "docs" / "settings.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
SETTINGS = [setting.variable for setting in TABLE]
VARIABLE = re.compile(r"\b(?:QC_PORTAL_[A-Z0-9_]+|" + "|".join(SETTINGS) + r")\b")
ROW = re.compile(r"^\| `([A-Z][A-Z0-9_]+)` \| [^|]+ \| [^|]+(?: \| [^|]+)? \|$", re.MULTILINE)

of_each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


def _in_backticks(text: str) -> list[str]:
    return re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text)


def _sources(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def test_the_page_of_settings_lists_every_setting_and_no_other() -> None:
    assert ROW.findall(SETTINGS_PAGE) == SETTINGS


def test_each_setting_of_the_table_is_a_field_and_each_field_a_setting() -> None:
    of_database = {setting.field for setting in TABLE if setting.of_database}
    assert of_database == {one.name for one in fields(Database)}
    assert {setting.field for setting in TABLE if not setting.of_database} == {one.name for one in fields(Settings)} - {
        "address",
        "bucket",
    }


def test_secrets_are_left_out_of_the_repr_of_settings() -> None:
    assert {setting.field for setting in TABLE if setting.secret} == {
        one.name for one in fields(Settings) if not one.repr
    }


@pytest.mark.parametrize("setting", [one for one in TABLE if one.read and not one.secret], ids=lambda one: one.variable)
def test_the_example_of_each_setting_is_valid_and_not_the_default(setting: Setting) -> None:
    assert setting.read
    assert setting.read({setting.variable: setting.example}, setting.variable) != setting.read({}, setting.variable)


def test_the_page_of_settings_has_every_variable_that_the_code_names() -> None:
    for path in [ROOT / "app.py", *_sources("pages", "qc_core")]:
        assert set(VARIABLE.findall(path.read_text("utf-8"))) <= set(ROW.findall(SETTINGS_PAGE)), path


@of_each_document
def test_every_link_to_a_file_leads_to_one(path: Any) -> None:
    text = path.read_text("utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'(?:src|srcset)="([^"]+)"', text):
        if not target.startswith(("https://", "http://", "#")):
            assert (path.parent / target.partition("#")[0]).exists(), f"{path} links to {target}"


@of_each_document
def test_every_command_of_make_that_is_named_is_there(path: Any) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = re.findall(r"(?:`|^)make ([a-z-]+)", path.read_text("utf-8"), re.MULTILINE)
    assert set(named) <= targets


@of_each_document
def test_every_variable_that_is_named_is_a_setting(path: Any) -> None:
    named = set(VARIABLE.findall(path.read_text("utf-8"))) - set(ROW.findall(SETTINGS_PAGE))
    assert all(any(name in test.read_text("utf-8") for test in _sources("tests/qc_core/stores")) for name in named), (
        named
    )


@of_each_document
def test_documents_are_for_everyone(path: Any) -> None:
    text = path.read_text("utf-8")
    found = re.findall(r"\bissues? #?\d+|/work/|/root/|/tmp/|\bTODO\b", text, re.IGNORECASE)
    assert not found, f"{path} speaks of {found}"


@pytest.mark.parametrize("document", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_every_file_and_test_that_is_named_is_there(document: str) -> None:
    for named in _in_backticks((ROOT / document).read_text("utf-8")):
        file_name, _, test = named.partition("::")
        if re.fullmatch(r"(pages|qc_core|tests|demo|docs|tools|bench)/[\w./-]*", file_name):
            assert (ROOT / file_name).exists(), f"{document} names {named}"
            assert not test or f"def {test}(" in (ROOT / file_name).read_text("utf-8"), f"{document} names {named}"


def test_every_function_that_the_page_on_architecture_names_is_there() -> None:
    modules: dict[str, str] = {}
    for path in _sources("pages", "qc_core"):
        modules[path.stem] = modules.get(path.stem, "") + path.read_text("utf-8")
    for named in _in_backticks(ARCHITECTURE):
        found = re.fullmatch(r"([a-z_]+)\.([a-z_]+)", named)
        if found and found[1] in modules and found[2] not in {"py", "js", "html"}:
            assert re.search(rf"^def {found[2]}\(", modules[found[1]], re.MULTILINE), f"there is no {named}"


def test_the_page_of_modules_is_as_the_docstrings_are() -> None:
    assert module_tables.PAGE.read_text("utf-8") == module_tables.page(), "run `python -m tools.module_tables`"


def test_page_of_limits_is_made_from_the_constants() -> None:
    assert limits_table.PAGE.read_text("utf-8") == limits_table.page(), "run `python -m tools.limits_table`"


def test_the_picture_of_the_house_shows_every_part_of_each_floor() -> None:
    picture = ARCHITECTURE.partition("```\n")[2].partition("```")[0]
    for floor in ("pages", "qc_core"):
        for part in sorted((ROOT / floor).iterdir()):
            if part.is_dir() and part.name != "__pycache__":
                assert f"  {part.name}/" in picture, f"the picture does not show {part.name}/"


def test_the_readme_has_a_hundred_lines_at_most() -> None:
    assert len(README.splitlines()) <= 100


def test_one_page_has_the_table_of_settings() -> None:
    for path in DOCUMENTS:
        if path.name != "settings.md":
            assert len(ROW.findall(path.read_text("utf-8"))) == 0, f"{path} repeats rows of docs/settings.md"


def _anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_anchor_of_a_page_that_is_cited_is_a_heading_of_it() -> None:
    cited = 0
    for path in [*DOCUMENTS, *_sources("pages", "qc_core", "tests", "tools", "bench", "demo")]:
        text = path.read_text("utf-8")
        for name, anchor in re.findall(r"(?:docs/|\]\()([a-z-]+\.md)#([\w-]+)", text):
            assert anchor in _anchors(ROOT / "docs" / name), f"{path} cites docs/{name}#{anchor}"
            cited += name == "formats.md"
    assert cited >= 25


def test_no_source_cites_a_document_that_is_not_here() -> None:
    for path in _sources("pages", "qc_core", "tests", "bench"):
        if path != Path(__file__):
            assert not re.search(r"\bformats,\s+(?:sections?\s+)?\d", path.read_text("utf-8")), path


def test_contributing_names_every_check_of_make_test() -> None:
    stages = re.findall(r'^stage "([^"]+)"', (ROOT / "tools" / "test.sh").read_text("utf-8"), re.MULTILINE)
    table = CONTRIBUTING.partition("## What `make test` checks")[2].partition("\n## ")[0]
    for stage in stages:
        kind = stage.partition(" (")[0].partition(":")[0]
        if kind not in {"install", "browser"}:
            assert re.search(rf"^\| {kind}\b", table, re.MULTILINE), f"CONTRIBUTING.md does not name the stage {stage}"
