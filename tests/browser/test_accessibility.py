"""What axe, the checker of web accessibility, finds on each page and in the dialogs: nothing, in light and dark."""

import re
from collections.abc import Callable
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.pixels import wait_for
from tests.browser.portal_page import OPEN_IN_SESSION, PortalPage, expect_theme
from tests.fakes.assets import OPHYS, Asset

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
RUN = """([exclude, only]) => axe.run({exclude}, {resultTypes: ["violations"], ...(only && {runOnly: only})}).then(
    found => found.violations.map(one => [one.id, ...one.nodes.slice(0, 3).map(
        node => `${node.target.flat().join(" ")}: ${node.html.slice(0, 160)}`)]))"""
STREAMLITS = ['[data-testid="stSkipToContent"]', '[data-testid="stFileUploaderDropzone"]']
"""Elements of Streamlit's that we cannot name: the link to the content, and the area to drop a file on."""
PHONE = {"width": 390, "height": 844}
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that the theme decides."""


def find_violations(page: Page, only: list[str] | None = None) -> list[Any]:
    """The rules that are broken, each with the first elements that break it."""
    if page.evaluate("typeof window.axe") == "undefined":
        page.evaluate(AXE)
    found: list[Any] = page.evaluate(RUN, [STREAMLITS, only])
    return found


def expect_no_violations(page: PortalPage, only: list[str] | None = None) -> None:
    """Wait until no rule is broken: while a page is drawn, a part of it may not have its name or its colour yet."""
    found: list[Any] = []

    def are_none_found() -> bool:
        found[:] = find_violations(page.page, only)
        return not found

    try:
        wait_for(page.page, are_none_found, "rules are broken")
    except AssertionError:
        raise AssertionError(found) from None


def expect_nothing_found(page: PortalPage) -> None:
    """Wait until the page is settled, and check all rules; those of the theme also in the dark."""
    page.wait_until_settled()
    expect_no_violations(page)
    expect_theme(page, "dark")
    expect_no_violations(page, COLOURS)
    expect_theme(page, "light")


def expect_more_contrast_where_the_system_asks(page: PortalPage) -> None:
    """Borders and quiet words have the colour of the text then."""
    caption = page.page.locator('.st-key-qc-cards-head [data-testid="stCaptionContainer"] p')
    chip = page.groups.locator(".chip[aria-pressed=false]").first
    bordered = (page.page.locator(".st-key-qc-top"), page.header.locator(".why"), chip)
    page.page.emulate_media(contrast="more")
    for one in bordered:
        expect(one).to_have_css("border-bottom-color", str(one.evaluate("one => getComputedStyle(one).color")))
    expect(page.groups.locator(".legend")).to_have_css("opacity", "1")
    expect(caption).to_have_css("color", str(page.bar.evaluate("bar => getComputedStyle(bar).color")))
    expect_no_violations(page, COLOURS)
    page.page.emulate_media(contrast="no-preference")


def test_axe_finds_nothing_on_the_other_pages(page: PortalPage) -> None:
    page.list_assets()
    expect(page.rows.first).to_be_visible()
    expect_nothing_found(page)
    for path, title in (("/queue", "Queue"), ("/activity", "Activity"), ("/status", "Status")):
        page.page.evaluate(OPEN_IN_SESSION, path)
        expect(page.page).to_have_title(f"{title} · QC Portal")
        expect_nothing_found(page)
    page.page.evaluate(OPEN_IN_SESSION, "/grid?modality=pophys")
    expect(page.page.get_by_role("listbox").or_(page.page.locator(".grid .tile")).first).to_be_visible()
    expect_nothing_found(page)
    headings = {
        "/subject?subject=739564": "739564",
        "/project": "Projects",
        "/project?project=Learning+mFISH-V1omFISH": "Learning mFISH-V1omFISH",
        "/drafts": "Unsubmitted drafts",
    }
    for path, heading in headings.items():
        page.page.evaluate(OPEN_IN_SESSION, path)
        expect(page.title).to_contain_text(heading)
        expect_nothing_found(page)
    page.page.evaluate(OPEN_IN_SESSION, "/grid?metric=Drift+map+-+ProbeA")
    page.page.get_by_role("option").locator("img.loaded").first.wait_for()
    expect_nothing_found(page)


def test_axe_finds_nothing_in_a_review_and_its_dialogs(page: PortalPage, copy_of: Callable[[str], Asset]) -> None:
    page.open(copy_of(OPHYS))  # no other test finds the draft
    expect(page.card("Motion trace").box).to_have_attribute("role", "group")
    expect(page.bar.get_by_role("button", name="Undo")).to_have_css("transition-property", "none")  # as the system asks
    page.page.get_by_test_id("stMainMenu").click()
    menu = page.page.get_by_test_id("stMainMenuList")
    expect(menu).to_contain_text("Print")
    expect(menu).not_to_contain_text(re.compile("Get help|Report a bug|About|Deploy"))
    page.page.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    expect_nothing_found(page)
    expect_theme(page, "dark")
    expect_more_contrast_where_the_system_asks(page)
    page.page.keyboard.press("?")
    keys = page.page.get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    expect_no_violations(page)
    page.page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.header.get_by_title("Why this status").click()
    why = page.page.get_by_role("dialog", name="Why this status")
    expect(why.get_by_role("link").first).to_be_visible()
    expect_no_violations(page)
    page.page.keyboard.press("Escape")
    expect(why).to_be_hidden()
    page.page.set_viewport_size(PHONE)
    groups, more = (page.page.get_by_role("button", name=name) for name in ("Groups: ", "More"))
    groups.click()
    expect(page.open_group).to_be_visible()
    expect_no_violations(page)
    more.click()
    expect(page.open_group).to_be_hidden()
    page.page.get_by_role("button", name="Arrange").click()
    fields = page.page.get_by_test_id("stPopoverBody")
    expect(fields.get_by_text("metrics shown")).to_be_visible()
    page.wait_until_settled()
    expect_no_violations(page)
    page.page.keyboard.press("Escape")
    expect(fields).to_have_count(0)
    page.page.get_by_role("button", name="Less").click()
    expect(page.page.get_by_role("button", name="Arrange")).to_be_hidden()
    expect_theme(page, "light")
    page.card("Motion trace").choose("Pass")
    page.expect_changes(1)
    page.review()
    expect(page.dialog.get_by_role("button", name="Submit 1 change")).to_be_focused()
    expect_nothing_found(page)
    page.page.keyboard.press("Escape")
    expect(page.dialog).to_have_count(0)
