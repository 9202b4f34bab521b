"""`/project`: the list of projects, and the navigation that leads to it."""

from collections.abc import Callable
from pathlib import Path

from tests.fakes.assets import document, made, metric
from tests.pages.screen import Screen


def test_navigation_marks_the_open_page(screen: Callable[..., Screen]) -> None:
    shown = screen().assets()
    pages = shown.data("navigation")["pages"]
    assert [(page["text"], page["href"]) for page in pages if page["current"]] == [("Assets", ".")]
    pages = shown.open_page("project.py").data("navigation")["pages"]
    assert [(page["text"], page["href"]) for page in pages if page["current"]] == [("Projects", "project")]


def test_projects_are_listed_with_their_assets(screen: Callable[..., Screen]) -> None:
    shown = screen().open_page("project.py")
    assert shown.errors == []
    assert ["Learning mFISH-V1omFISH", "3", "3"] in shown.cells("projects")
    [name, _, waiting] = next(
        row for row in shown.data("projects")["rows"] if row[0][0]["text"] == "Learning mFISH-V1omFISH"
    )
    assert name[0]["href"] == "project?project=Learning+mFISH-V1omFISH"
    assert waiting[0]["href"] == "./?project=Learning+mFISH-V1omFISH&pending=1"


def test_assets_without_a_project_are_counted(screen: Callable[..., Screen], tmp_path: Path) -> None:
    made(document(metric("Drift")), tmp_path)
    shown = screen(tmp_path).open_page("project.py")
    assert shown.errors == [] and shown.cells("projects") == []
    assert "No asset here names a project." in shown.words and "1 asset without a project." in shown.words
