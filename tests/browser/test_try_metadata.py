"""Test metadata uploaded from the page: its problems are listed and it is viewed; also a file that is not a record."""

import json
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Witness
from tests.browser.portal_page import PortalPage
from tests.fakes.assets import document, metric


def test_record_is_uploaded_on_the_status_page_and_opened(page: PortalPage, tmp_path: Path, witness: Witness) -> None:
    witness.forgive("404")  # nobody knows where its figure is
    record = {"name": "try this first", "quality_control": document(metric("Drift", reference="drift.png"))}
    (tmp_path / "record.json").write_text(json.dumps(record))
    (tmp_path / "broken.json").write_text("{")
    page.page.goto(f"{page.portal.url}/status")
    form = page.page.get_by_test_id("stForm")
    section = page.page.get_by_test_id("stMain")
    send = form.get_by_role("button", name="Check it and show it")
    expect(send).to_be_visible()

    form.locator("input[type=file]").set_input_files(tmp_path / "broken.json")
    expect(form.get_by_text("broken.json")).to_be_visible()
    send.click()
    expect(section.get_by_text("is not JSON")).to_be_visible()

    form.locator("input[type=file]").set_input_files(tmp_path / "record.json")
    expect(form.get_by_text("record.json")).to_be_visible()
    send.click()
    expect(section.get_by_text("try this first can be shown.")).to_be_visible()
    expect(section.get_by_text("does not state where its asset is")).to_be_visible()
    link = section.get_by_role("link", name="Open it")
    page.page.goto(f"{page.portal.url}/{link.get_attribute('href')}")
    expect(page.bar).to_contain_text("This is an uploaded test record")
    expect(page.card("Drift").status("Pass")).to_be_disabled()


def test_several_files_are_uploaded_in_turn_on_the_same_page(page: PortalPage, tmp_path: Path) -> None:
    page.page.goto(f"{page.portal.url}/status")
    form = page.page.get_by_test_id("stForm")
    for number in range(7):
        file = tmp_path / f"record {number}.json"
        file.write_text(json.dumps({"name": f"try {number}", "quality_control": document(metric("Drift"))}))
        form.locator("input[type=file]").set_input_files(file)
        expect(form.get_by_text(file.name)).to_be_visible()
        form.get_by_role("button", name="Check it and show it").click()
        expect(page.page.get_by_test_id("stMain").get_by_text(f"try {number} can be shown.")).to_be_visible()
