"""A sorting of a thousand units, curated by keys: one version a sitting, and nothing that was stored is deleted."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.held_socket import HeldSocket
from tests.browser.pixels import wait_for
from tests.browser.portal_page import PortalPage
from tests.fakes.assets import document, made, metric
from tests.fakes.portal import Portal


def test_a_thousand_units_are_curated_by_keys(portal: Portal, new_page: Callable[..., PortalPage]) -> None:
    content: dict[str, Any] = {
        "format_version": "2",
        "unit_ids": list(range(1000)),
        "label_definitions": {"quality": {"label_options": ["good", "noise"], "exclusive": True}},
        "manual_labels": [],
    }
    own = {"object_type": "Curation metric", "type": "Spike sorting curation", "curation_history": []}
    asset = made(document(metric("Units", [content], **own)), portal.assets)
    page = new_page(portal)
    socket = HeldSocket(page.page, from_server=True)
    page.open(asset)
    card = page.card("Units").box
    units = card.get_by_role("listbox", name="Units of Units")
    units.focus()
    # Actions that are sent before the page is drawn with those before them add to them.
    socket.is_held = True
    page.page.keyboard.press("2")
    wait_for(page.page, lambda: '"unit_id": 0' in json.dumps(page.drafts()), "the first action is not in the draft")
    page.page.keyboard.press("j")
    page.page.keyboard.press("1")
    wait_for(page.page, lambda: '"unit_id": 1' in json.dumps(page.drafts()), "the second action is not in the draft")
    socket.release()
    for key in ("j", "2", "End", "Space", "k", "m", "x"):
        page.page.keyboard.press(key)
    expect(card.locator(".summary")).to_have_text("3 of 1,000 labelled · 1 merge")
    page.expect_changes(1)
    expect(card).to_contain_text("Version 2, your draft")
    page.submit()
    expect(units).to_be_visible()
    written = asset.metric("Units")
    assert written["value"][0] == content and len(written["value"]) == 2 and len(written["curation_history"]) == 1
    newest = written["value"][1]
    assert [one["labels"]["quality"] for one in newest["manual_labels"]] == [["noise"], ["good"], ["noise"]]
    assert newest["merges"] == [{"unit_ids": [998, 999]}] and newest["removed"] == [998]

    card.get_by_role("button", name="Clear").click()
    expect(card.locator(".summary")).to_have_text("0 of 1,000 labelled")
    page.expect_changes(1)
    page.submit()
    expect(card).to_contain_text("Version 3 of 3")
    cleared = asset.metric("Units")["value"]
    assert cleared[:2] == written["value"] and cleared[2]["manual_labels"] == cleared[2]["merges"] == []
