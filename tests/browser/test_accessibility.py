"""What axe, the checker of web accessibility, finds on each page and in the dialog: nothing."""

from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.portal_page import PortalPage
from tests.fakes.assets import OPHYS, demo

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
RUN = """exclude => axe.run({exclude}, {resultTypes: ["violations"]}).then(
    found => found.violations.map(one => [one.id, ...one.nodes.slice(0, 3).map(
        node => `${node.target.flat().join(" ")}: ${node.html.slice(0, 160)}`)]))"""
STREAMLITS = ['[data-testid="stSkipToContent"]', '[data-testid="stFileUploaderDropzone"]']
"""Elements of Streamlit's that we cannot name: the link to the content, and the area to drop a file on."""


def find_violations(page: Page) -> list[Any]:
    """The rules that are broken, each with the first elements that break it."""
    if page.evaluate("typeof window.axe") == "undefined":
        page.evaluate(AXE)
    found: list[Any] = page.evaluate(RUN, STREAMLITS)
    return found


def expect_nothing_found(page: PortalPage) -> None:
    """Wait until the page is settled, and check all rules."""
    page.settled()
    assert find_violations(page.page) == []


@pytest.mark.parametrize(
    "path",
    ["/", "/queue", "/activity", "/subject?subject=739564", "/project", "/status"],
    ids=lambda path: path[1:] or "list",
)
def test_axe_finds_nothing_on_a_page(page: PortalPage, path: str) -> None:
    page.page.goto(page.portal.url + path)
    expect_nothing_found(page)


def test_axe_finds_nothing_in_a_review_and_its_dialog(page: PortalPage) -> None:
    page.open(demo(OPHYS, page.portal.assets))
    expect(page.card("Motion trace").box).to_have_attribute("role", "group")
    expect_nothing_found(page)
    page.card("Motion trace").choose("Pass")
    page.expect_changes(1)
    page.review()
    expect(page.dialog.get_by_role("button", name="Submit 1 change")).to_be_focused()
    expect_nothing_found(page)
    page.page.keyboard.press("Escape")
    expect(page.dialog).to_have_count(0)
