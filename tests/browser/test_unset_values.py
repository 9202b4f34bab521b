"""What is typed where nothing was stored is a number if it reads as one; keys next to a choice stay as they are."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.portal_page import PortalPage
from tests.fakes.assets import Asset, document, metric


def test_text_that_reads_as_a_number_is_chosen_and_quoted(page: PortalPage, made: Callable[..., Asset]) -> None:
    asset = made(document(metric("Depth", None)))
    page.open(asset)
    card = page.card("Depth")
    card.enter("7850.5")
    card.expect_mark("(no value) → 7850.5")
    card.box.get_by_role("radio", name="Text").click()
    card.expect_mark('(no value) → "7850.5"')
    page.review()
    expect(page.dialog).to_contain_text('Value: (no value) → "7850.5"')
    page.dialog.get_by_role("button", name="Submit 1 change").click()
    page.expect_submitted()
    expect(page.open_read_back()).to_contain_text('"7850.5"')
    page.close_popover()
    assert asset.metric("Depth")["value"] == "7850.5"


def test_further_keys_of_a_choice_stay_in_the_file_byte_for_byte(page: PortalPage, made: Callable[..., Asset]) -> None:
    value = {"n": {"sua": 80, "x": 1.0e3}, "value": "", "options": ["Good", "Bad"], "type": "dropdown"}
    asset = made(document(metric("Yield", value | {"link": "https://figurl.org/f?v=x", "bins": [0, 1.50]})))
    before = asset.file.read_text("utf-8")
    page.open(asset)
    card = page.card("Yield")
    expect(card.box.get_by_role("link", name="https://figurl.org/f?v=x")).to_have_attribute(
        "href", "https://figurl.org/f?v=x"
    )
    expect(card.box).to_contain_text("n · sua")
    card.pick("Bad")
    card.choose("Pass")
    page.submit()
    after = asset.file.read_text("utf-8")
    of_value, last = '"value": ""', '"status_history"'
    assert after[: after.index(last)] == before[: before.index(last)].replace(of_value, '"value": "Bad"')
