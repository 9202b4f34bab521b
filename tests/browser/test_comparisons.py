"""A number among the project's values, and a figure with the same one of another session: one path through both."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.portal_page import PortalPage
from tests.fakes.portal import Portal
from tests.fakes.sessions import Sessions, make_sessions


@pytest.fixture
def sessions(portal: Portal) -> Iterator[Sessions]:
    made = make_sessions(portal.assets, 12)
    yield made
    made.remove()


def test_a_number_and_a_figure_are_compared_with_other_sessions(sessions: Sessions, page: PortalPage) -> None:
    first, before, asset = sessions.assets[0], sessions.assets[7], sessions.assets[-1]
    page.open(asset)
    tab, drift = page.page, page.card("Drift")
    strip = drift.box.locator(".comparison")
    expect(strip).to_have_count(0)

    # Under the number: where it lies, in words and as a drawing that the keys lead through.
    switch = tab.get_by_role("button", name="Compare with project")
    switch.click()
    expect(strip).to_contain_text("Higher than 100 % of 11 other values")
    expect(strip).to_contain_text("Unusual: ")
    expect(strip).to_contain_text("8 Pass")
    expect(page.card("Noise").box.locator(".comparison")).to_contain_text("of 11 other values")
    drawing = strip.get_by_role("group")
    drawing.focus()
    tab.keyboard.press("Home")
    expect(strip.get_by_role("link")).to_have_text(first.name)
    width = str(drawing.get_attribute("width"))
    tab.set_viewport_size({"width": 1300, "height": 900})
    expect(drawing).not_to_have_attribute("width", width)
    expect(drawing, "it is drawn again, and keeps the focus and the value").to_be_focused()
    expect(strip.get_by_role("link")).to_have_text(first.name)
    tab.set_viewport_size({"width": 1440, "height": 900})

    # Of how many it is compared with: one choice for all cards.
    most = tab.get_by_role("combobox", name="How many values are compared")
    with tab.expect_response(re.compile(r"/comparison/.*most=1000")) as answered:
        most.first.select_option("last 1,000")
    assert answered.value.ok
    expect(most.last).to_have_value("1000")
    drift.enter("11")
    expect(strip).not_to_contain_text("Unusual")
    drift.undo()
    expect(strip).to_contain_text("Unusual: ")

    # The same figure of the session before: chosen by key, in the address, and taken away again.
    tab.get_by_role("button", name="Earlier session").click()
    shots = page.figure.get_by_role("toolbar").get_by_role("button")
    expect(shots).to_have_count(3)
    expect(shots.nth(1)).to_be_focused()
    tab.keyboard.press("ArrowLeft")
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("Enter")
    expect(page.stage.locator(".pair .divider")).to_be_visible()
    expect(page.stage.locator(".chip.left")).to_contain_text("This session, 2026-02-07: drift.png")
    expect(page.stage.locator(".chip.right")).to_contain_text("2026-01-26, Pass: drift.png")
    expect(tab).to_have_url(re.compile("with="))
    expect(page.figure).to_contain_text(f"with 2026-01-26 Pass {before.name}")
    expect(drift.box).to_be_visible()
    page.reload()
    expect(page.stage.locator(".pair .divider")).to_be_visible()
    expect(strip, "the choice is kept in this tab").to_contain_text("Unusual: ")
    tab.get_by_role("button", name="Show this figure alone").click()
    expect(page.stage.locator(".pair")).to_have_count(0)
    expect(tab).not_to_have_url(re.compile("with="))
    page.wait_until_settled()

    # A value opens its asset at the metric.
    strip.get_by_role("group").focus()
    tab.keyboard.press("Home")
    expect(strip.get_by_role("link")).to_have_text(first.name)
    tab.keyboard.press("Enter")
    expect(page.title).to_have_text(first.name)
    expect(tab).to_have_url(re.compile("metric=Drift"))
