"""From a project to its values, to a subject, to a review, and back: charts whose marks are links, in one session."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.portal_page import PortalPage
from tests.fakes.projects import PROJECT, make_project


def marks(page: PortalPage, key: str) -> Locator:
    """The marks of a chart that are links."""
    return page.page.locator(f'.st-key-qc-chart-{key} svg.marks path[aria-roledescription="point"]')


def test_a_click_leads_from_project_to_subject_to_review_and_from_activity_to_a_metric(page: PortalPage) -> None:
    sessions = make_project(page.portal.assets, subjects=2, sessions=2)
    page.page.goto(f"{page.portal.url}/project")
    projects = page.page.get_by_role("table", name="Projects")
    expect(page.page.get_by_role("navigation", name="Pages").locator("[aria-current]")).to_have_text("Projects")
    projects.get_by_role("link", name=PROJECT, exact=True).click()
    expect(page.page.get_by_role("heading", name=PROJECT)).to_be_visible()
    page.mark_session()

    # A mark of the chart opens its review, and Back leads here again.
    expect(marks(page, "history")).to_have_count(6)
    marks(page, "history").first.click()
    expect(page.title).to_have_text(re.compile("^ecephys_72000"))
    assert page.is_same_session()
    page.page.go_back()
    expect(marks(page, "values")).to_have_count(4)

    # A rectangle over the newest values lists them alone; a click opens one at its metric.
    values = page.page.get_by_role("table", name=re.compile("^Values of "))
    expect(values.locator("tbody tr")).to_have_count(4)
    expect(marks(page, "history")).to_have_count(6)
    page.wait_until_settled()  # what is drawn above it later would move it
    drawing = page.page.locator(".st-key-qc-chart-values svg.marks")
    drawing.scroll_into_view_if_needed()
    box = drawing.bounding_box()
    assert box is not None
    page.page.mouse.move(box["x"] + box["width"] * 0.55, box["y"] + 60)
    page.page.mouse.down()
    page.page.mouse.move(box["x"] + box["width"] - 6, box["y"] + box["height"] - 40, steps=8)
    page.page.mouse.up()
    expect(page.page.get_by_text(re.compile(r"2 of 4 values selected"))).to_be_visible()
    expect(values.locator("tbody tr")).to_have_count(2)

    # The subject of a value, its assets, and the one that its raw asset was made into.
    values.get_by_role("link", name="720001", exact=True).click()
    expect(page.page.get_by_role("heading", name="Subject 720001")).to_be_visible()
    assets = page.page.get_by_role("table", name="Assets of this subject")
    expect(assets.locator("tbody tr")).to_have_count(4)
    newest = assets.locator("tbody tr").nth(1)
    expect(newest.locator("td").last).to_have_text(sessions[1].raw.name)
    expect(marks(page, "timeline")).to_have_count(6)
    newest.get_by_role("link", name="↳").click()
    expect(page.title).to_have_text(sessions[1].derived.name)
    assert page.is_same_session()

    # What people changed, by day: a metric opens its review.
    page.page.go_back()
    page.page.get_by_role("navigation", name="Pages").get_by_role("link", name="Activity").click()
    changes = page.page.get_by_role("table", name=re.compile("^Changes of "))
    drift = changes.get_by_role("row").filter(has_text=PROJECT).get_by_role("link", name="Drift", exact=True).first
    drift.click()
    expect(page.title).to_have_text(re.compile("^ecephys_72000"))
    expect(page.page).to_have_url(re.compile("metric=Drift"))
    assert page.is_same_session()
