"""The portal as a person meets it: what is on the page, in the words of the page."""

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.fakes.assets import Asset
from tests.fakes.portal import Portal

LEAVING = '[data-testid="stElementContainer"][data-stale="true"]'
"""What the script did not draw again, and that is shown for a moment next to what replaces it."""
NEXT_FRAME = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


class PortalPage:
    """One tab on a portal."""

    def __init__(self, page: Page, portal: Portal) -> None:
        self.page, self.portal = page, portal

    # Going somewhere

    def list_assets(self, query: str = "") -> "PortalPage":
        """Open the list of assets; `query` is that of the address."""
        self.page.goto(f"{self.portal.url}/{query}")
        return self.settled()

    def open(self, asset: Asset, group: str = "", metric: str = "") -> "PortalPage":
        """Open a review by its address, as a link in a mail would."""
        return self.visit(asset.review_url(group, metric))

    def visit(self, path: str) -> "PortalPage":
        """Open an address and wait until the review is drawn."""
        self.page.goto(self.portal.url + path)
        expect(self.bar).to_be_visible()
        return self.settled()

    def reload(self) -> "PortalPage":
        self.page.reload()
        expect(self.bar).to_be_visible()
        return self.settled()

    def settled(self) -> "PortalPage":
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
        """Review, submit, see what was read back, and close."""
        self.review()
        self.dialog.get_by_role("button", name=f"Submit {number} change").click()
        expect(self.dialog).to_contain_text("Read back from the record")
        self.close_dialog()

    def close_dialog(self) -> None:
        """By the cross in its corner, which comes before any button inside."""
        self.dialog.get_by_role("button", name="Close").first.click()
        expect(self.dialog).to_have_count(0)
        self.settled()

    def drafts(self) -> list[Any]:
        """Every edit in the drafts on disk that is no tombstone."""
        files = sorted(Path(self.portal.state / "drafts").glob("*/*/*.json"))
        return [json.loads(file.read_text("utf-8")) for file in files]


class Card:
    """One metric's card."""

    def __init__(self, box: Locator, name: str) -> None:
        self.box, self.name = box, name

    def open(self) -> None:
        """Open the card, where there are more of them beside the figure than have room."""
        note = self.box.get_by_label(f"Note on {self.name}", exact=True)
        expect(self.box).to_be_visible()
        if not note.is_visible():
            self.box.locator("strong").first.click()
            expect(note).to_be_visible()

    def status(self, word: str) -> Locator:
        return self.box.get_by_role("radiogroup", name=f"Status of {self.name}").get_by_role("radio", name=word)

    def choose(self, word: str) -> None:
        """Choose a status by one click."""
        self.status(word).click()

    def expect_status(self, word: str) -> None:
        expect(self.status(word)).to_be_checked()

    @property
    def field(self) -> Locator:
        """The field of a number or a text."""
        return self.box.get_by_label(f"Value of {self.name}", exact=True)

    def enter(self, text: str) -> None:
        """Replace what the field holds by typing, and leave it."""
        self.field.click()
        self.field.press("ControlOrMeta+a")
        self.field.press("Backspace")
        self.field.press_sequentially(text)
        self.field.press("Tab")

    def note(self, text: str) -> None:
        self.open()
        field = self.box.get_by_label(f"Note on {self.name}", exact=True)
        field.fill(text)
        field.press("Enter")

    def expect_mark(self, text: str) -> None:
        """Wait until the card states what changed."""
        expect(self.box.locator('[class*="st-key-qc-foot-"]')).to_contain_text(text)

    def undo(self) -> None:
        """Undo, and wait until the card is drawn again."""
        button = self.box.get_by_role("button", name="Undo", exact=True)
        button.click()
        expect(button).to_have_count(0)
        expect(self.box.locator(LEAVING)).to_have_count(0)

    def pick(self, option: str) -> None:
        """Choose an option of a dropdown: among the chips of a short one, else from the list that opens."""
        chips = self.box.get_by_role("radiogroup", name=f"Value of {self.name}")
        field = self.box.get_by_role("combobox")
        expect(chips.or_(field).first).to_be_visible()
        if chips.count():
            # A second click on the chosen one takes it back.
            chosen = (
                chips.locator("[aria-checked=true]")
                if option == "None chosen"
                else chips.get_by_role("radio", name=option)
            )
            chosen.click()
            return
        field.scroll_into_view_if_needed()
        # A list closes when the page scrolls, and the browser reports a scroll only with the next frame.
        field.evaluate(NEXT_FRAME)
        field.click()
        self._option(option).click()

    def tick(self, option: str) -> None:
        """Choose one more option of a checkbox list; a long one is a list that opens, which is closed again."""
        chips = self.box.get_by_role("toolbar", name=f"Value of {self.name}")
        expect(chips.or_(self.box.get_by_role("combobox")).first).to_be_visible()
        if chips.count():
            chips.get_by_role("button", name=option).click()
            return
        self.pick(option)
        expect(self._option(option)).to_have_count(0)
        self.box.page.keyboard.press("Escape")

    def _option(self, option: str) -> Locator:
        return self.box.page.get_by_role("option", name=re.compile(rf"^{re.escape(option)}( |$)"))

    @property
    def grid(self) -> Locator:
        return self.box.get_by_test_id("stDataFrame")

    def _expect_rest(self) -> None:
        """Wait until the script has run, and what it drew is on screen."""
        expect(self.box.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_be_attached()
        self.box.page.evaluate(NEXT_FRAME)

    def type_in_cell(self, row: int, column: int, text: str, *, new_row: bool = False, grid: int = 0) -> None:
        """Click into an editable table (the one of that number), go to a cell by keyboard, and type.

        `new_row` is below the last one.
        """
        page, table = self.box.page, self.grid.nth(grid)
        expect(table.locator("canvas").first).to_be_visible()
        # It is drawn on a canvas: the first cell lies below the titles, and right of the boxes that select a row.
        table.hover(position={"x": 70, "y": 52})
        page.evaluate(NEXT_FRAME)
        table.click(position={"x": 70, "y": 52})
        expect(self.box).to_have_attribute("aria-current", "true")
        self._expect_rest()
        for key, times in (("ArrowDown", row), ("ArrowRight", column), ("Enter", int(new_row))):
            for _ in range(times):
                page.keyboard.press(key)
                page.evaluate(NEXT_FRAME)
        self._expect_rest()  # a row more was sent, and a grid that is drawn again closes its open field
        # The first key opens the cell's field, which takes the rest; each step is awaited, as a person would see it.
        field = page.locator("#portal").locator("input, textarea")
        page.keyboard.press(text[0])
        expect(field).to_have_value(text[0])
        page.keyboard.type(text[1:])
        expect(field).to_have_value(text)
        # The grid takes over what was typed with the next frame; no hand is quicker than that.
        page.evaluate(NEXT_FRAME)
        page.keyboard.press("Enter")
        expect(field).to_have_count(0)
