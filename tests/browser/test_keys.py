"""A review by keyboard alone."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.portal_page import PortalPage
from tests.fakes.assets import Asset, document, metric

CLOSE_AND_PRESS = """(dialog, key) => {
  const focused = dialog.getRootNode().activeElement;
  dialog.close();
  focused.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, composed: true }));
}"""
"""A key that comes before the next frame: until then the focus is still in the dialog that was closed."""


def test_keys_lead_decide_and_say_where_one_is(page: PortalPage, made: Callable[..., Asset]) -> None:
    asset = made(
        document(
            *(metric(f"A{n}", 1.5, reference="https://example.org/a.png") for n in range(2)),
            metric("A2", 1, reference="https://example.org/b.png"),
            metric("B0", 1, reference="https://example.org/c.png", tags={"probe": "B"}),
        )
    )
    page.open(asset)
    keys, current = page.page.keyboard, page.page.locator('.st-key-qc-cards:not([inert]) [aria-current="true"]')
    expect(current).to_contain_text("A0")
    keys.press("p")
    expect(current).to_contain_text("A1")
    page.card("A0").expect_status("Pass")
    expect(page.page).to_have_url(re.compile("metric=A1"))
    keys.press("f")
    expect(current).to_contain_text("A2")
    page.expect_changes(2)
    keys.press("]")
    expect(current).to_contain_text("B0")
    expect(page.page).to_have_url(re.compile("metric=B0"))
    keys.press("{")
    expect(current).to_contain_text("A2")
    hints = {
        key: current.locator(f'[data-testid="{field}"]').evaluate("one => getComputedStyle(one, '::after').content")
        for key, field in (("N", "stTextInputRootElement"), ("V", "stNumberInputContainer"))
    }
    assert all(f'"{key}"' in text for key, text in hints.items()), hints
    # In full screen, figures cross groups, too.
    keys.press("z")
    leave = page.page.get_by_role("button", name="Leave full screen")
    expect(leave).to_be_visible()
    keys.press("]")
    expect(current).to_contain_text("B0")
    expect(leave).to_be_visible()
    keys.press("[")
    expect(current).to_contain_text("A2")
    expect(leave).to_be_visible()
    keys.press("z")
    expect(leave).to_have_count(0)
    page.wait_until_settled()
    keys.press("k")
    expect(current).to_contain_text("A1")
    page.card("A1").expect_status("Fail")
    keys.press("u")
    page.expect_changes(1)
    page.wait_until_settled()
    expect(current).to_contain_text("A1")
    keys.press("n")
    expect(page.page.get_by_label("Note on A1", exact=True)).to_be_focused()
    keys.type("pass fail")
    keys.press("Escape")
    expect(page.page.get_by_label("Note on A1", exact=True)).not_to_be_focused()
    page.expect_changes(2)
    page.wait_until_settled()
    keys.press("v")
    expect(page.card("A1").field).to_be_focused()
    keys.press("Escape")
    expect(page.card("A1").field).not_to_be_focused()
    expect(page.card("A1").field).to_have_value("1.5")
    keys.press("v")
    keys.type("0.3")
    keys.press("Escape")  # leaves the field, with what was typed
    expect(page.card("A1").field).not_to_be_focused()
    expect(page.card("A1").field).to_have_value("0.3")
    expect(page.bar.get_by_role("button", name=re.compile("^Undo: A1, probe A: value"))).to_be_visible()
    keys.press("Control+z")
    expect(page.page.locator(".qc-announce")).to_have_text("Undone: A1, probe A: value")
    page.wait_until_settled()
    expect(page.card("A1").field).to_have_value("1.5")
    page.expect_changes(2)
    page.wait_until_settled()
    keys.press("?")
    shown = page.page.get_by_role("dialog", name="Keys")
    expect(shown).to_contain_text("next metric that is left to decide")
    keys.press("Escape")
    expect(shown).not_to_be_visible()
    keys.press("/")
    filter_field = page.groups.get_by_role("searchbox")
    expect(filter_field).to_be_focused()
    keys.press("Escape")
    expect(filter_field).not_to_be_focused()
    keys.press("?")
    expect(shown.get_by_role("button", name="Close")).to_be_focused()
    shown.evaluate(CLOSE_AND_PRESS, "/")
    expect(filter_field).to_be_focused()
    keys.press("Escape")
    expect(filter_field).not_to_be_focused()
    keys.press("\\")
    expect(filter_field).to_be_hidden()
    page.wait_until_settled()
    page.reload()
    expect(current).to_contain_text("A1")
    expect(filter_field).to_be_hidden()
    keys.press("\\")
    expect(filter_field).to_be_visible()
    page.expect_changes(2)
    keys.press("Control+Enter")
    expect(page.dialog).to_be_visible()


def test_thirty_metrics_are_passed_but_one_in_three_keys(page: PortalPage, made: Callable[..., Asset]) -> None:
    names = [f"Depth {n}" for n in range(30)]
    asset = made(document(*(metric(name, 1, reference="https://example.org/a.png") for name in names)))
    page.open(asset)
    expect(
        page.page.locator(".st-key-pass-rest").get_by_role("button", name="Pass the rest of the group (30)")
    ).to_be_visible()
    current = page.page.locator('.st-key-qc-cards:not([inert]) [aria-current="true"]')
    expect(current).to_contain_text("Depth 0")
    page.page.keyboard.press("f")
    expect(current).to_contain_text("Depth 1")
    page.expect_changes(1)
    page.wait_until_settled()
    page.page.keyboard.press("Shift+G")
    listed = page.page.get_by_role("dialog", name="Pass the rest")
    expect(listed.get_by_role("button", name="Pass 29 metrics")).to_be_focused()
    page.page.keyboard.press("Enter")
    expect(page.bar).to_contain_text("All 30 decided. 30 changes, saved as draft")
    expect(page.bar.get_by_role("button", name="Undo: 29 changes")).to_be_visible()
    statuses = {entry["fingerprint"]["name"]: entry["status"] for entry in _entries(page)}
    assert {name: statuses[name] for name in names} == dict.fromkeys(names, "Pass") | {names[0]: "Fail"}
    expect(page.review().locator('[class*="st-key-qc-change-"]')).to_have_count(30)
    assert page.page.evaluate(ROWS_IN_VIEW) >= 20, "and the button that submits them is in view, too"


ROWS_IN_VIEW = """() => {
  const list = document.querySelector('.st-key-qc-changes');
  const submit = document.querySelector('.st-key-submit button').getBoundingClientRect();
  const bottom = Math.min(list.getBoundingClientRect().bottom, innerHeight);
  const rows = [...list.querySelectorAll('[class*="st-key-qc-change-"]')].map((row) => row.getBoundingClientRect());
  return submit.bottom <= innerHeight ? rows.filter((row) => row.top >= 0 && row.bottom <= bottom).length : 0;
}"""


def _entries(page: PortalPage) -> list[dict[str, Any]]:
    return [entry for draft in page.drafts() for entry in draft["entries"].values() if entry["kind"] == "metric"]
