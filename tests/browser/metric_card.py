"""One metric's card as a person meets it."""

import re

from playwright.sync_api import Locator, expect

LEAVING = '[data-testid="stElementContainer"][data-stale="true"]'
"""What the script did not draw again, and that is shown for a moment next to what replaces it."""
NEXT_FRAME = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


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
