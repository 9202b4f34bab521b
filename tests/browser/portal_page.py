"""The portal as a person meets it: what is on the page, in the words of the page."""

import json
import re
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Locator, Page, TimeoutError, expect

from tests.browser.metric_card import LEAVING, Card
from tests.fakes.assets import Asset
from tests.fakes.portal import Portal

OPEN_IN_SESSION = """address => {
  history.pushState({}, "", address);
  dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}"""
"""What `shared/links.js` does for a link of ours."""


class PortalPage:
    """One tab on a portal."""

    def __init__(self, page: Page, portal: Portal) -> None:
        self.page, self.portal = page, portal

    # Going somewhere

    def list_assets(self, query: str = "") -> "PortalPage":
        """Open the list of assets; `query` is that of the address."""
        self.page.goto(f"{self.portal.url}/{query}")
        return self.wait_until_settled()

    def open(self, asset: Asset, group: str = "", metric: str = "") -> "PortalPage":
        """Open a review by its address, as a link in a mail would."""
        return self.visit(asset.review_url(group, metric))

    def visit(self, path: str) -> "PortalPage":
        """Open an address and wait until the review is drawn."""
        self.page.goto(self.portal.url + path)
        expect(self.bar).to_be_visible()
        return self.wait_until_settled()

    def move(self, asset: Asset, group: str, metric: str) -> "PortalPage":
        """Go to a metric in the session that is open, as a link of the page does: far quicker than to load the page.

        It is there when its card is: so the metric must not be on the figure that is shown already.
        """
        self.wait_until_settled()
        self.page.evaluate(OPEN_IN_SESSION, asset.review_url(group, metric))
        expect(self.card(metric).box).to_be_visible()
        return self.wait_until_settled()

    def reload(self) -> "PortalPage":
        self.page.reload()
        expect(self.bar).to_be_visible()
        return self.wait_until_settled()

    def wait_until_settled(self) -> "PortalPage":
        """Wait until the script has run to its end; before its first run it has the same state, hence the top line."""
        expect(self.page.locator(".st-key-qc-top")).to_be_visible()
        expect(self.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_be_attached()
        expect(self.page.locator(LEAVING)).to_have_count(0)
        expect(self.page.get_by_test_id("stSkeleton")).to_have_count(0)  # what draws an element is still loaded
        return self

    def follow(self, title: str) -> None:
        """Follow a link of the navigation, which a review has behind a button."""
        navigation = self.page.get_by_role("navigation", name="Pages")
        link, menu = navigation.get_by_role("link", name=title, exact=True), navigation.locator("summary")
        expect(link.or_(menu).first).to_be_visible()
        if menu.is_visible():
            menu.click()
        link.click()

    def mark_session(self) -> None:
        """Leave a mark that a reload or another document would lose."""
        self.page.evaluate("window.sameSession = true")

    def is_same_session(self) -> bool:
        return bool(self.page.evaluate("window.sameSession === true"))

    # The list

    @property
    def rows(self) -> Locator:
        return self.page.locator("tr.asset")

    def row(self, name: str) -> Locator:
        return self.rows.filter(has=self.page.get_by_role("link", name=name, exact=True))

    def column(self, key: str) -> list[str]:
        return [text.strip() for text in self.page.locator(f"td.c-{key}").all_inner_texts()]

    # The review

    @property
    def title(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    @property
    def header(self) -> Locator:
        return self.page.locator(".st-key-record-header")

    @property
    def groups(self) -> Locator:
        return self.page.get_by_role("navigation", name="Groups")

    def group(self, label: str) -> Locator:
        return self.groups.get_by_role("treeitem", name=re.compile(rf"^{re.escape(label)}, "))

    @property
    def open_group(self) -> Locator:
        return self.groups.locator(".row.selected")

    @property
    def figure(self) -> Locator:
        return self.page.locator(".st-key-qc-figure")

    @property
    def stage(self) -> Locator:
        return self.page.locator(".stage")

    @property
    def view(self) -> Locator:
        """The frame of another site that is open: it is laid over the stage, and outlives it."""
        return self.page.locator(".qc-frame.shown iframe")

    def picture(self, name: str) -> Locator:
        """A picture of that name on the stage."""
        return self.stage.get_by_alt_text(name, exact=True)

    # Cards

    @property
    def cards(self) -> Locator:
        return self.page.locator('[class*="st-key-qc-card-"]')

    def card(self, name: str) -> "Card":
        return Card(self.cards.filter(has=self.page.locator("strong").get_by_text(name, exact=True)), name)

    # The bar, and the dialog

    @property
    def bar(self) -> Locator:
        return self.page.locator(".st-key-qc-bar")

    def expect_changes(self, number: int) -> None:
        """Wait until the bar counts that many changes, and reports that they are saved."""
        if number == 0:
            expect(self.bar).to_contain_text("No changes")
            expect(self.review_button).to_be_disabled()
        else:
            expect(self.bar).to_contain_text(f"{number} change{'s' if number > 1 else ''}, saved as draft")
            expect(self.review_button).to_have_text(f"Review and submit ({number})")

    @property
    def review_button(self) -> Locator:
        return self.bar.get_by_role("button", name="Review and submit")

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog", name="Review and submit")

    def review(self) -> Locator:
        self.review_button.click()
        expect(self.dialog).to_be_visible()
        return self.dialog

    def submit(self, number: int = 1) -> None:
        """Review, submit, and wait until the bar reports what was written."""
        self.review()
        self.dialog.get_by_role("button", name=f"Submit {number} change").click()
        self.expect_submitted(number)

    def expect_submitted(self, number: int = 1) -> None:
        """Wait until the dialog has closed by itself, and the bar reports that so many changes were written."""
        expect(self.bar).to_contain_text(f"{number} change{'s' if number > 1 else ''} submitted by ")
        expect(self.dialog).to_have_count(0)
        self.wait_until_settled()

    def open_read_back(self) -> Locator:
        """Open what was read back after a submission."""
        self.bar.get_by_role("button", name="Read back").click()
        body = self.page.get_by_test_id("stPopoverBody")
        expect(body).to_contain_text("Read back from the record")
        return body

    def close_popover(self) -> None:
        self.page.keyboard.press("Escape")
        expect(self.page.get_by_test_id("stPopoverBody")).to_have_count(0)

    def close_dialog(self) -> None:
        """By the cross in its corner, which comes before any button inside."""
        self.dialog.get_by_role("button", name="Close").first.click()
        expect(self.dialog).to_have_count(0)
        self.wait_until_settled()

    def drafts(self) -> list[Any]:
        """Every edit in the drafts on disk that is not a tombstone."""
        files = sorted(Path(self.portal.state / "drafts").glob("*/*/*.json"))
        return [json.loads(file.read_text("utf-8")) for file in files]


def expect_theme(page: PortalPage, theme: Literal["light", "dark"]) -> None:
    """Let the system have another theme, and wait until the page follows."""
    page.page.emulate_media(color_scheme=theme)
    expect(page.page.locator("html")).to_have_css("color-scheme", theme)
    page.wait_until_settled()


WIDER = """() => {
  const sections = [...document.querySelectorAll("section")];  // one of them is what really scrolls
  return { page: document.documentElement.scrollWidth - innerWidth,
           main: Math.max(...sections.map((one) => one.scrollWidth - innerWidth)) };
}"""


def expect_nothing_wider_than_the_window(page: PortalPage) -> None:
    """Wait until nothing is cut off at the side, and there is nothing to scroll sideways to.

    What measures its room, such as a chart or a table, follows a change of the window a moment later.
    """
    try:
        page.page.wait_for_function(f"() => Object.values(({WIDER})()).every((by) => by <= 0)")
    except TimeoutError:
        raise AssertionError(page.page.evaluate(WIDER)) from None
