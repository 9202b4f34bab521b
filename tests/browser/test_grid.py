"""Fifty metrics are judged in a grid: 48 passed and 2 failed in eight actions, drafted and submitted asset by asset."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Witness
from tests.browser.portal_page import PortalPage
from tests.fakes.assets import DEMO, GALLERY, Asset, document, metric

COUNT = 50
NAME = "Judged in a grid"
FAILED = (7, 31)
MISSING = 3


def make_assets(made: Callable[..., Asset]) -> list[Asset]:
    """Two have a picture, one names a picture that is missing, and the others name none."""
    picture = next((DEMO / GALLERY / "figures").glob("*.png")).read_bytes()
    assets = []
    for number in range(COUNT):
        reference = {0: "drift.png", 7: "drift.png", MISSING: "missing.png"}.get(number)
        files = {"drift.png": picture} if reference == "drift.png" else {}
        assets.append(
            made(document(metric(NAME, number, reference=reference), metric("Noise"), status={}), files=files)
        )
    return assets


def test_fifty_metrics_are_judged_in_eight_actions(
    page: PortalPage, made: Callable[..., Asset], witness: Witness
) -> None:
    witness.forgive("missing.png")
    assets = make_assets(made)
    before = [asset.document() for asset in assets]
    window, keys = page.page, page.page.keyboard
    tiles = window.get_by_role("option")
    bar = window.locator(".st-key-qc-grid-bar")

    def tile(number: int) -> Locator:
        return tiles.filter(has=window.locator(f'[title$="{assets[number].name}"]'))

    window.set_viewport_size({"width": 390, "height": 844})
    window.goto(f"{page.portal.url}/grid?metric={NAME.replace(' ', '+')}")
    expect(tiles).to_have_count(COUNT)
    expect(bar).to_contain_text(f"0 Pass · 0 Fail · {COUNT} left")
    keys.press("Shift+P")
    ask = window.get_by_role("dialog", name="Pass the rest")
    expect(ask).to_contain_text(re.compile(rf"\d+ of the {COUNT} that are left were not in view yet"))
    keys.press("Escape")
    expect(ask).to_be_hidden()

    window.set_viewport_size({"width": 1440, "height": 900})
    expect(tile(MISSING)).to_contain_text("Cannot be shown")
    for number in (0, 7):
        expect(tile(number).locator("img.loaded")).to_be_visible()
    expect(tile(COUNT - 1)).to_be_in_viewport()
    expect(window.locator("[data-in-view]")).to_have_count(COUNT)  # all that are left may be passed without a question

    tile(7).click()  # one
    expect(tile(7)).to_have_attribute("aria-selected", "true")
    keys.press(" ")
    large = window.get_by_role("dialog", name="Figure in large")
    expect(large.get_by_alt_text(NAME)).to_be_visible()
    keys.press(" ")
    expect(large).to_be_hidden()
    keys.press("f")  # two
    expect(tile(7)).to_contain_text("Fail")
    tile(31).click()  # three
    keys.press("f")  # four
    expect(bar).to_contain_text(f"0 Pass · 2 Fail · {COUNT - 2} left")
    keys.press("Shift+1")
    expect(tile(31)).to_contain_text("drift")
    keys.press("Shift+P")  # five
    expect(bar).to_contain_text(f"{COUNT - 2} Pass · 2 Fail · 0 left")
    submit = bar.get_by_role("button", name=f"Submit {COUNT} changes of {COUNT} assets")
    expect(submit).to_be_visible()
    keys.press("Control+z")
    expect(bar).to_contain_text(f"0 Pass · 2 Fail · {COUNT - 2} left")
    keys.press("Control+y")
    expect(bar).to_contain_text(f"{COUNT - 2} Pass · 2 Fail · 0 left")
    expect(submit).to_be_visible()
    assert [asset.document() for asset in assets] == before, "nothing is written before it is submitted"
    keys.press("Control+Enter")  # six
    expect(page.dialog).to_contain_text("Signed as Ada Lovelace")
    page.dialog.get_by_role("button", name=f"Submit {COUNT} changes of {COUNT} assets").click()  # seven
    reported = page.page.locator(".st-key-qc-grid-bar")
    expect(reported).to_contain_text(f"{COUNT} changes of {COUNT} assets submitted by Ada Lovelace")
    expect(page.dialog).to_have_count(0)
    expect(reported.get_by_role("button", name="Undo submission")).to_be_visible()
    expect(submit).to_have_count(0)
    expect(tile(7)).to_contain_text("Fail")

    for number, (asset, old) in enumerate(zip(assets, before, strict=True)):
        new = asset.document()
        entry = new["metrics"][0]["status_history"].pop()
        assert (entry["evaluator"], entry["status"]) == ("Ada Lovelace", "Fail" if number in FAILED else "Pass")
        assert ("Reasons: drift." in str(new["notes"])) == (number == 31)
        assert {**new, "status": {}, "notes": old["notes"]} == old
