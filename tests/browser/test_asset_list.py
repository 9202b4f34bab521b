"""From a question to its answer on the list of assets: search, facet, page, view, file, review, and the next one."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.held_socket import HeldSocket, is_any, is_end_of_run
from tests.browser.portal_page import PortalPage
from tests.fakes.assets import document, metric
from tests.fakes.portal import Portal

HAS_LEFT_OR_WAITS = """() => {
  window.clickedAt ??= performance.now();
  return !location.search.includes("pending") || performance.now() - window.clickedAt > 500;
}"""
"""A link that did not wait for the script would have led on by then."""


def make_assets(folder: Path) -> None:
    """60 assets of two projects with one Pending metric each."""
    for number in range(60):
        asset = folder / f"asset-{number:02}"
        asset.mkdir(parents=True)
        project = "Project one" if number < 55 else "Project two"
        description = {"name": asset.name, "project_name": project, "subject_id": "7", "data_level": "raw"}
        (asset / "data_description.json").write_text(json.dumps(description), "utf-8")
        (asset / "quality_control.json").write_text(json.dumps(document(metric("Drift"))), "utf-8")


def test_a_reader_searches_filters_pages_keeps_a_view_downloads_and_goes_through_the_list(
    start_portal: Callable[..., Portal], new_page: Callable[..., PortalPage], tmp_path: Path
) -> None:
    make_assets(tmp_path / "assets")
    page = new_page(start_portal(assets=tmp_path / "assets", state=tmp_path / "state"))
    tab = page.page
    page.list_assets("?sort=name&order=up")
    expect(page.rows).to_have_count(50)
    expect(tab.get_by_text("60 metrics are Pending in 60 assets")).to_be_visible()
    page.mark_session()

    field = tab.get_by_label("Filter assets")
    field.press_sequentially("asset-5")  # no Enter, and the field keeps the focus
    expect(page.rows).to_have_count(10)
    expect(tab.get_by_text("10 metrics are Pending in 10 assets")).to_be_visible()
    expect(tab).to_have_url(re.compile("q=asset-5$"))  # the script has followed, and changed nothing
    expect(page.rows).to_have_count(10)
    expect(field).to_be_focused()
    field.fill("nothing is named so")
    expect(tab.get_by_text("None of the 60 assets matches the filters.")).to_be_visible()
    expect(tab).to_have_url(re.compile("q=nothing"))
    tab.go_back()
    expect(page.rows).to_have_count(10)
    expect(field).to_have_value("asset-5")
    field.fill("")
    expect(page.rows).to_have_count(50)
    expect(tab).not_to_have_url(re.compile("q="))

    field.press_sequentially("asset-2")
    tab.get_by_role("link", name=re.compile("Needs review")).click()  # before the script knows of the text
    expect(tab).to_have_url(re.compile("(?=.*[?&]pending=1(&|$))(?=.*[?&]q=asset-2(&|$))"))  # in either order
    expect(page.rows).to_have_count(10)
    expect(field).to_have_value("asset-2")
    tab.get_by_role("button", name="Clear filters").click()
    expect(page.rows).to_have_count(50)
    expect(field).to_have_value("")

    tab.get_by_role("button", name="Project").click()
    tab.get_by_role("link", name=re.compile("Project one")).click()
    expect(tab.get_by_text("1–50 of 55")).to_be_visible()
    choice = tab.get_by_role("link", name=re.compile(r"^✓?\s*Project one"))
    expect(choice).to_have_attribute("aria-current", "true")
    expect(choice).to_be_focused()  # the menu stays open, to choose another value
    tab.keyboard.press("Escape")
    expect(choice).to_be_hidden()
    expect(tab.get_by_role("link", name="Remove Project: Project one")).to_be_visible()
    tab.get_by_role("link", name="Next →").click()
    expect(page.rows).to_have_count(5)

    tab.get_by_role("button", name="Views").click()
    tab.get_by_label("Save this list as").fill("Late ones")
    tab.get_by_role("button", name="Save", exact=True).click()
    expect(tab.get_by_role("link", name="✓ Late ones")).to_be_visible()
    tab.keyboard.press("Escape")

    tab.get_by_role("button", name="Export").click()
    with tab.expect_download() as download:
        tab.get_by_role("link", name="CSV").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    names = [line["name"] for line in csv.DictReader(io.StringIO(text))]
    assert names == [f"asset-{number:02}" for number in range(55)]
    tab.keyboard.press("Escape")

    page.row("asset-50").get_by_role("link").click()
    expect(page.title).to_have_text("asset-50")
    position = tab.locator(".steps .position")
    expect(position).to_have_text("51 of 55")
    tab.get_by_role("link", name="Next asset: asset-51").click()
    expect(page.title).to_have_text("asset-51")
    tab.get_by_role("link", name="Previous asset: asset-50").click()
    tab.get_by_role("link", name="Previous asset: asset-49").click()
    expect(page.title).to_have_text("asset-49")
    expect(position).to_have_text("50 of 55")
    position.click()
    expect(page.rows).to_have_count(50)
    tab.get_by_role("button", name="Views").click()
    tab.get_by_role("link", name="Late ones").click()
    expect(page.rows).to_have_count(5)
    assert page.is_same_session()


def test_going_back_while_the_script_still_runs_restores_the_text_of_the_field(
    start_portal: Callable[..., Portal], new_page: Callable[..., PortalPage], tmp_path: Path
) -> None:
    make_assets(tmp_path / "assets")
    page = new_page(start_portal(assets=tmp_path / "assets", state=tmp_path / "state"))
    tab, socket = page.page, HeldSocket(page.page, from_server=True, holds=is_end_of_run)
    page.list_assets()
    field = tab.get_by_label("Filter assets")
    expect(page.rows).to_have_count(50)

    socket.is_held = True
    field.fill("asset-5")
    expect(tab).to_have_url(re.compile("q=asset-5$"))
    expect(page.rows).to_have_count(10)
    field.fill("nothing is named so")
    socket.release()  # while the field has a text that Streamlit was not sent yet
    socket.is_held = True
    expect(tab).to_have_url(re.compile("q=nothing"))
    tab.go_back()
    expect(page.rows).to_have_count(10)
    socket.release()
    expect(field).to_have_value("asset-5")
    tab.get_by_role("link", name=re.compile("Needs review")).click()
    expect(tab).to_have_url(re.compile("pending=1"))
    expect(tab).to_have_url(re.compile("[?&]q=asset-5(&|$)"))
    expect(page.rows).to_have_count(10)

    # A filter that is chosen before the script's answer to a text has come: that comes with an address of its own.
    expect(tab.get_by_role("link", name="Remove Needs review")).to_be_visible()
    socket.holds, socket.is_held = is_any, True
    field.fill("asset-2")
    expect(page.rows.first).to_contain_text("asset-2")  # from the rows that are asked for at each letter
    tab.get_by_role("link", name="Remove Needs review").click()
    tab.wait_for_function(HAS_LEFT_OR_WAITS)
    socket.release()
    expect(tab).not_to_have_url(re.compile("pending=1"))
    expect(tab).to_have_url(re.compile("[?&]q=asset-2(&|$)"))
    page.wait_until_settled()
    expect(tab).not_to_have_url(re.compile("pending=1"))
