"""Pairs under one handle: ours at once, the image-comparison component's where its script can be reached."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser import pixels
from tests.browser.conftest import Witness
from tests.browser.portal_page import PortalPage
from tests.fakes import assets as fake_assets
from tests.fakes.assets import Asset, document, metric
from tests.paths import ROOT

RED, BLUE = (200, 30, 30), (30, 30, 200)
SCRIPT = "https://cdn.knightlab.com"
VENDORED = ROOT / "tests" / "fakes" / "juxtapose"


def plate(colour: pixels.Colour, form: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (600, 400), colour).save(out, form)
    return out.getvalue()


@pytest.fixture
def pair(made: Callable[..., Asset]) -> Asset:
    """A red picture on the left of a blue one, and the same as drawings, which the component cannot take.

    The next group's pair misses a half, which the page does not fetch ahead.
    """
    size = "width='600' height='400'"
    drawing = f"<svg xmlns='http://www.w3.org/2000/svg' {size}><rect {size} fill='{{}}'/></svg>"
    files = {"red.png": plate(RED, "PNG"), "blue.webp": plate(BLUE, "WEBP")}
    files |= {
        f"{name}.svg": drawing.format(f"rgb{colour}").encode() for name, colour in {"red": RED, "blue": BLUE}.items()
    }
    return made(
        document(
            metric("Raster", reference="red.png;blue.webp"),
            metric("Drawings", reference="red.svg;blue.svg"),
            metric("Half", reference="red.png;gone.png", tags={"probe": "B"}),
        ),
        files,
    )


def pictures(page: Any) -> Any:
    """Where both pictures lie, one on the other, with whatever lies over them."""
    return page.stage.locator(".pane.left .zoomable")


def divider(page: Any) -> Any:
    return page.stage.get_by_role("slider", name="Position of the divider between the two pictures")


def expect_handle_at(area: Any, part: float) -> None:
    """Red on its left, blue on its right, close by and far away."""

    def is_at_part() -> bool:
        screen = pixels.capture(area)
        left = [pixels.colour_at(screen, part - 0.03, 0.2), pixels.colour_at(screen, 0.02, 0.9)]
        right = [pixels.colour_at(screen, part + 0.03, 0.2), pixels.colour_at(screen, 0.98, 0.9)]
        return all(pixels.near(one, RED) for one in left) and all(pixels.near(one, BLUE) for one in right)

    pixels.wait_for(area.page, is_at_part, f"the handle is not at {part}")


def drag(area: Any, start: float, end: float) -> None:
    box, mouse = area.bounding_box(), area.page.mouse
    mouse.move(box["x"] + start * box["width"], box["y"] + box["height"] / 2)
    mouse.down()
    mouse.move(box["x"] + (start + end) / 2 * box["width"], box["y"] + box["height"] / 2)
    mouse.move(box["x"] + end * box["width"], box["y"] + box["height"] / 2)
    mouse.up()


def test_swipe_shows_each_picture_on_its_side_of_the_handle_by_mouse_and_keys(
    page: PortalPage, pair: Asset, witness: Witness
) -> None:
    page.open(pair, metric="Raster", group="probe=A")
    expect_swipe_by_mouse_and_keys(page)
    page.move(pair, "probe=A", "Drawings")
    expect(page.stage.get_by_alt_text("Left: red")).to_have_attribute("src", re.compile("svg"))
    expect_swipe_by_mouse_and_keys(page)
    # The component's frame was never used: its script cannot be reached, or it was not asked at all.
    assert [host for host in witness.foreign_hosts() if host != "cdn.knightlab.com"] == []


def expect_swipe_by_mouse_and_keys(page: PortalPage) -> None:
    area = pictures(page)
    expect_handle_at(area, 0.5)
    for side in ("Left: red", "Right: blue"):
        picture = page.stage.get_by_alt_text(side)
        assert picture.evaluate("image => image.naturalWidth") == 600
    drag(area, 0.5, 0.8)
    expect_handle_at(area, 0.8)
    handle = divider(page)
    expect(handle).to_be_focused()
    for _ in range(50):
        page.page.keyboard.press("ArrowLeft")
    expect_handle_at(area, 0.3)
    expect(handle).to_have_value("30")
    page.page.keyboard.press("Home")
    pixels.wait_for_colour(area, BLUE, 0.05, 0.2)
    expect(page.stage.locator(".pair.framed")).to_have_count(0)


def test_pair_keeps_its_view_when_a_metric_changes_and_fills_the_screen(page: PortalPage, pair: Asset) -> None:
    page.open(pair, group="probe=A", metric="Drawings")
    area = pictures(page)
    expect_handle_at(area, 0.5)
    drag(area, 0.5, 0.25)
    expect_handle_at(area, 0.25)
    page.card("Drawings").choose("Pass")
    page.expect_changes(1)
    expect_handle_at(area, 0.25)
    before = area.bounding_box()
    page.figure.get_by_role("button", name="Full screen").click()
    pixels.wait_for(page.page, lambda: (area.bounding_box() or before)["height"] > before["height"], "it did not grow")
    expect_handle_at(area, 0.25)
    page.page.evaluate("document.exitFullscreen()")
    page.card("Drawings").undo()
    page.expect_changes(0)


def test_missing_half_of_a_pair_is_reported(page: PortalPage, pair: Asset, witness: Witness) -> None:
    witness.forgive("gone.png")
    page.open(pair, group="probe=B")
    expect(page.stage.get_by_role("alert")).to_contain_text("The figure gone.png is missing from the asset.")


def test_the_pairs_of_the_demo_are_painted_on_both_sides(page: PortalPage) -> None:
    spim = fake_assets.demo(fake_assets.SPIM, page.portal.assets)
    for group, name in {
        "evaluation=Stitching": "Tile seams",
        "evaluation=Registration": "Registration to CCF",
    }.items():
        page.open(spim, group, name)
        area, handle = pictures(page), divider(page)
        for image in page.stage.locator("img").all():
            page.page.wait_for_function("image => image.naturalWidth > 50", arg=image.element_handle())
        pixels.wait_until_painted(area)
        drag(area, 0.5, 0.02)
        expect(handle).to_have_value(re.compile("^[123]$"))
        right = pixels.capture(area)
        drag(area, 0.02, 0.98)
        expect(handle).to_have_value(re.compile("^9[789]$"))
        assert pixels.differ(right, pixels.capture(area))


def test_frame_of_the_component_replaces_ours_if_its_script_loads(
    new_page: Callable[..., PortalPage], pair: Asset
) -> None:
    page = new_page(alone=True)
    context = page.page.context
    context.route(f"{SCRIPT}/**/*.js", lambda route: route.fulfill(path=VENDORED / "juxtapose.min.js"))
    context.route(f"{SCRIPT}/**/*.css", lambda route: route.fulfill(path=VENDORED / "juxtapose.css"))
    page.open(pair, group="probe=A", metric="Raster")
    expect(page.stage.locator(".pair.framed")).to_be_visible()
    area = pictures(page)
    frame = page.stage.locator("iframe")
    expect(frame).to_be_visible()
    assert frame.get_attribute("sandbox") == "allow-scripts"
    expect(frame).to_have_attribute("src", re.compile("^/compare/"))
    inside = frame.content_frame
    expect(inside.locator(".jx-handle")).to_be_visible()
    expect(inside.locator(".jx-label")).to_have_count(0)
    expect_handle_at(area, 0.5)
    # It fills the frame to the pixel or two, and no scroll bar takes room from it.
    room = "() => [innerWidth - document.documentElement.clientWidth, document.body.scrollHeight - innerHeight]"
    beside, below = inside.locator("body").evaluate(room)
    assert beside == 0 and abs(below) <= 2, (beside, below)
    # Chrome drops what is pressed in a foreign frame that has only just appeared: drag until it takes.
    pixels.repeat_until(
        page.page,
        lambda: drag(area, 0.5, 0.75),
        lambda: not inside.locator(".jx-handle").evaluate("handle => handle.style.left").startswith("50"),
        "the handle is not dragged",
    )
    expect_handle_at(area, 0.75)
    # It runs without our origin: it reaches neither the page nor what the page may reach.
    assert inside.locator("body").evaluate("() => origin") == "null"
