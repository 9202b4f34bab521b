"""Where one is: deep links, the position in the URL, Back and Forward, one session all along, small windows."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser import pixels
from tests.browser.portal_page import PortalPage, expect_nothing_wider_than_the_window, expect_theme
from tests.fakes import assets as fake_assets
from tests.fakes.assets import MANY_PROBES, OPHYS, Asset, demo
from tests.fakes.portal import Portal

MOTION = "modality=pophys/plane=VISp_1/check=motion"
CELLS = "modality=pophys/plane=VISp_2/check=cells"
NARROW = {"width": 390, "height": 844}


def expect_query(page: Any, **expected: str) -> None:
    """Wait until the address is exactly that of this position."""
    query = "window.location.search.slice(1)"
    page.page.wait_for_function(
        f"want => JSON.stringify(Object.fromEntries(new URLSearchParams({query}))) === JSON.stringify(want)",
        arg=expected,
    )
    page.wait_until_settled()


def test_a_cold_deep_link_goes_through_the_router(
    start_portal: Callable[..., Portal], new_page: Callable[..., PortalPage]
) -> None:
    # The very first request of this server is for a page below the router, as after a restart.
    fresh = start_portal()
    page = new_page(fresh)
    page.open(demo(OPHYS, fresh.assets), CELLS, "ROIs")
    expect(page.title).to_have_text(OPHYS)
    expect(page.page.locator(".st-key-qc-top")).to_be_visible()
    expect(page.page.locator(".st-key-qc-top")).to_contain_text("Signing as Ada Lovelace")
    expect(page.open_group).to_contain_text("cells")
    expect(page.card("ROIs").box).to_be_visible()
    expect(page.picture("rois.png")).to_be_visible()
    expect_query(page, name=OPHYS, group=CELLS, metric="ROIs")
    expect(page.page).to_have_title(re.compile(rf"^{OPHYS}"))


def test_groups_and_figures_have_addresses_with_back_and_forward_in_one_session(page: PortalPage) -> None:
    asset = demo(OPHYS, page.portal.assets)
    page.open(asset)
    # The first group with something Pending is open, at its first Pending metric.
    expect(page.open_group).to_have_attribute("data-key", MOTION)
    expect(page.card("Motion trace").box).to_be_visible()
    page.mark_session()
    page.figure.get_by_role("link", name="Next figure").click()
    expect_query(page, name=OPHYS, group=MOTION, metric="Crispness gained")
    expect(page.card("Mean images").box).to_be_visible()
    page.groups.locator(f'[data-key="{CELLS.rpartition("/")[0]}"]').click()
    page.groups.locator(f'[data-key="{CELLS}"]').click()
    expect_query(page, name=OPHYS, group=CELLS)
    expect(page.picture("rois.png")).to_be_visible()
    page.page.go_back()
    expect_query(page, name=OPHYS, group=MOTION, metric="Crispness gained")
    expect(page.card("Mean images").box).to_be_visible()
    expect(page.open_group).to_have_attribute("data-key", MOTION)
    page.page.go_back()
    expect_query(page, name=OPHYS)
    expect(page.card("Motion trace").box).to_be_visible()
    page.page.go_forward()
    page.page.go_forward()
    expect_query(page, name=OPHYS, group=CELLS)
    expect(page.picture("rois.png")).to_be_visible()
    assert page.is_same_session()
    # A link can be opened in a tab of its own; this one stays where it is.
    with page.page.context.expect_page() as opened:
        page.groups.locator(f'[data-key="{MOTION}"]').click(modifiers=["ControlOrMeta"])
    tab = opened.value
    expect(tab.locator(".row.selected")).to_have_attribute("data-key", MOTION)
    tab.close()
    expect(page.open_group).to_have_attribute("data-key", CELLS)
    # The position is all there is: a reload shows the same.
    page.reload()
    expect(page.open_group).to_have_attribute("data-key", CELLS)
    expect(page.picture("rois.png")).to_be_visible()


def test_list_has_an_address_and_a_row_opens_the_review_in_the_same_session(page: PortalPage) -> None:
    page.list_assets()
    expect(page.row(MANY_PROBES)).to_be_visible()
    page.mark_session()
    page.page.get_by_role("link", name="Name", exact=True).click()
    expect_query(page, sort="name", order="up")
    expect(page.page.locator("th.c-name")).to_have_attribute("aria-sort", "ascending")
    names = page.column("name")
    assert [name.lower() for name in names] == sorted(name.lower() for name in names)
    field = page.page.get_by_label("Filter assets")
    field.fill("734812 sorted")
    expect_query(page, sort="name", order="up", q="734812 sorted")
    expect(page.rows).to_have_count(2)
    page.page.get_by_role("button", name="Status").click()
    page.page.get_by_role("link", name="Fail").click()
    expect_query(page, q="734812 sorted", sort="name", order="up", status="Fail")
    expect(page.rows).to_have_count(1)
    page.page.keyboard.press("Escape")
    # Anywhere on the row leads there, not on its name alone.
    page.row(MANY_PROBES).locator("td.c-project").click()
    expect(page.title).to_have_text(MANY_PROBES)
    listed = "assets?q=734812+sorted&status=Fail&sort=name&order=up"
    expect_query(page, name=MANY_PROBES, list=listed)
    assert page.is_same_session()
    page.page.go_back()
    expect_query(page, q="734812 sorted", sort="name", order="up", status="Fail")
    expect(page.rows).to_have_count(1)
    expect(field).to_have_value("734812 sorted")
    page.page.go_forward()
    expect(page.title).to_have_text(MANY_PROBES)
    page.follow("Assets")
    expect_query(page)
    expect(page.row(OPHYS)).to_be_visible()
    expect(field).to_have_value("")
    assert page.is_same_session()


def test_records_of_one_name_are_kept_apart_in_one_session(page: PortalPage, made: Callable[..., Asset]) -> None:
    document = fake_assets.document(fake_assets.metric("Drift"))
    one, other = made(document), made(document)
    (other.folder / "data_description.json").write_text(f'{{"name": "{one.name}"}}', "utf-8")
    page.page.goto(f"{page.portal.url}/view?name={one.name}")
    page.wait_until_settled()
    expect(page.page.get_by_text(f"2 records are named {one.name}. Which one?")).to_be_visible()
    page.mark_session()
    page.page.locator(".links a").last.click()
    expect(page.title).to_have_text(one.name)
    assert page.is_same_session()


def test_tree_is_navigated_by_keys(page: PortalPage) -> None:
    page.open(demo(MANY_PROBES, page.portal.assets), "probe=ProbeA/type=Drift")
    page.open_group.focus()
    keys = page.page.keyboard
    keys.press("ArrowDown")
    expect(page.groups.locator('[data-key="probe=ProbeA/type=Noise"]')).to_be_focused()
    keys.press("Enter")
    expect(page.open_group).to_have_attribute("data-key", "probe=ProbeA/type=Noise")
    expect(page.picture("noise.png")).to_be_visible()
    keys.press("Home")
    expect(page.groups.locator('[data-key="probe=ProbeA"]')).to_be_focused()
    keys.press("ArrowLeft")
    expect(page.groups.locator('[data-key="probe=ProbeA/type=Noise"]')).to_be_hidden()
    keys.press("ArrowRight")
    expect(page.groups.locator('[data-key="probe=ProbeA/type=Noise"]')).to_be_visible()
    page.groups.get_by_role("searchbox").fill("Clocks aligned")
    expect(page.groups.get_by_role("treeitem")).to_have_count(1)  # a “(none)” alone in its group is folded


def test_a_small_window_shows_everything_below_each_other_in_light_and_dark(
    new_page: Callable[..., PortalPage],
) -> None:
    page = new_page(viewport=NARROW, color_scheme="dark")
    page.list_assets()
    expect(page.row(OPHYS)).to_be_visible()
    expect_nothing_wider_than_the_window(page)
    page.open(demo(OPHYS, page.portal.assets), MOTION, "Motion trace")
    expect(page.picture("motion_trace.png")).to_be_visible()
    expect_nothing_wider_than_the_window(page)
    top = page.page.locator(".st-key-qc-top")
    pixels.wait_for(page.page, lambda: max(pixels.at(top, 0.5, 0.1)) < 80, "the top line is not dark")
    expect_theme(page, "light")
    pixels.wait_for(page.page, lambda: min(pixels.at(top, 0.5, 0.1)) > 200, "the top line is not light")
    expect_nothing_wider_than_the_window(page)
    # The cards are below the figure, and the bar stays at the bottom.
    figure, card = page.stage.bounding_box(), page.card("Motion trace").box.bounding_box()
    assert card["y"] >= figure["y"] + figure["height"]
    expect(page.bar).to_be_in_viewport(ratio=0.99)
    # The header is one line, whose button shows where one is, and opens the drawer of groups.
    header, figure = page.page.locator(".st-key-qc-top").bounding_box(), page.figure.bounding_box()
    assert header["height"] <= 50 and figure["y"] - header["height"] < 12
    assert page.card("Motion trace").status("Pass").bounding_box()["height"] >= 44
    drawer = page.page.get_by_role("button", name="Groups: ")
    expect(drawer).to_have_accessible_name(re.compile("^Groups: .*motion"))
    expect(drawer).to_have_attribute("aria-expanded", "false")
    plane = page.groups.locator(f'[data-key="{CELLS.rpartition("/")[0]}"]')
    expect(plane).to_be_hidden()
    drawer.click()
    expect_nothing_wider_than_the_window(page)
    plane.click()
    page.groups.locator(f'[data-key="{CELLS}"]').click()
    expect(page.picture("rois.png")).to_be_visible()
    expect(plane).to_be_hidden()
    expect_nothing_wider_than_the_window(page)
    # The narrowest window that is promised.
    page.page.set_viewport_size({"width": 320, "height": 640})
    expect(drawer).to_be_visible()
    expect_nothing_wider_than_the_window(page)
    drawer.click()
    expect(plane).to_be_visible()
    expect_nothing_wider_than_the_window(page)
    page.page.keyboard.press("Escape")
    expect(plane).to_be_hidden()
    page.page.set_viewport_size(NARROW)
    page.card("ROIs").box.scroll_into_view_if_needed()
    expect(page.card("ROIs").status("Pass")).to_be_visible()
    expect(page.bar).to_be_in_viewport(ratio=0.99)
