"""The viewer of one figure: zoom and what it remembers, full screen, videos, figures that do not come."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Route, expect

from tests.browser import pixels
from tests.browser.conftest import Witness
from tests.browser.metric_card import Card
from tests.browser.portal_page import PortalPage
from tests.fakes.assets import FIBERS, VIDEOS, Asset, demo, document, metric
from tests.fakes.portal import Portal

DROPDOWN = {"value": "", "options": ["Good", "Bad"], "status": ["Pass", "Fail"], "type": "dropdown"}
RED, BLUE, GREEN = (220, 30, 30), (30, 60, 220), (20, 160, 60)
Make = Callable[..., Asset]


def pictures(made: Make) -> Asset:
    """Two of one size, and one of another, each with a metric of its own; the first is also of another group."""
    metrics = [
        metric("First", DROPDOWN, reference="a.png"),
        metric("Second", reference="b.bmp"),
        metric("Third", reference="c.png"),
        metric("Elsewhere", reference="a.png", status="Fail", tags={"probe": "B"}),
    ]
    files = {
        "a.png": pixels.plain(RED, (1200, 900)),
        "b.bmp": pixels.plain(BLUE, (1200, 900), form="BMP"),
        "c.png": pixels.plain(GREEN, (500, 700)),
    }
    return made(document(*metrics), files)


FITS = """([picture, stage]) => {
    const [drawn, room] = [picture.getBoundingClientRect(), stage.getBoundingClientRect()];
    const left = Math.min(room.width - drawn.width, room.height - drawn.height);
    return -1 <= left && left <= 4;
}"""


def view(picture: Locator) -> tuple[float, float, float]:
    """Where on the stage a picture's corner is, and how large its pixels are drawn, as soon as it is loaded."""
    expect(picture).to_have_attribute("style", re.compile("scale"))
    style = picture.evaluate("image => image.style.transform")
    found = re.fullmatch(r"translate\((.+)px, (.+)px\) scale\((.+)\)", style)
    assert found, style
    return float(found[1]), float(found[2]), float(found[3])


def expect_fit(page: PortalPage, name: str) -> float:
    """Wait until a picture is shown whole, as large as it can be; how large its pixels then are."""
    shown = page.picture(name)
    expect(shown).to_be_visible()
    expect(page.stage.locator(".pane.zoomed")).to_have_count(0)
    page.page.wait_for_function(FITS, arg=[shown.element_handle(), page.stage.element_handle()])
    return view(shown)[2]


def test_the_wheel_zooms_to_the_pointer_and_keys_zoom_move_and_fit_but_in_no_dialog(
    page: PortalPage, made: Make
) -> None:
    page.open(pictures(made))
    fit = expect_fit(page, "a.png")
    shown, mouse = page.picture("a.png"), page.page.mouse
    stage = page.stage.bounding_box()
    assert stage
    across, down = 150, 200
    left, top, scale = view(shown)
    under = ((across - left) / scale, (down - top) / scale)
    mouse.move(stage["x"] + 1 + across, stage["y"] + 1 + down)
    mouse.wheel(0, -900)
    expect(page.stage.locator(".pane.zoomed")).to_be_visible()
    left, top, scale = view(shown)
    assert scale > 2 * fit
    assert abs((across - left) / scale - under[0]) < 1 and abs((down - top) / scale - under[1]) < 1
    expect(shown).to_have_css("image-rendering", "pixelated")

    page.page.keyboard.press("ArrowRight")
    assert view(shown)[0] == left - 60
    mouse.down()
    mouse.move(stage["x"] + across + 31, stage["y"] + down + 1)
    mouse.up()
    assert abs(view(shown)[0] - (left - 30)) < 0.1
    page.page.keyboard.press("1")
    assert view(shown)[2] == 1
    expect(page.stage.locator("xpath=..").locator(".percent")).to_have_text("100 %")
    page.page.keyboard.press("0")
    assert expect_fit(page, "a.png") == fit

    # No key of the figure reaches past a dialog.
    page.card("First").choose("Fail")
    page.expect_changes(1)
    page.review()
    page.page.keyboard.press("+")
    page.close_dialog()
    assert expect_fit(page, "a.png") == fit


def test_metrics_of_other_groups_are_listed_next_to_a_figure_and_brightness_changes_what_is_seen(
    page: PortalPage, made: Make
) -> None:
    page.open(pictures(made))
    expect_fit(page, "a.png")
    expect(page.page.get_by_text("Also on this figure: 1 more metric")).to_be_visible()
    page.page.get_by_role("link", name="Fail Elsewhere").click()
    expect(page.card("Elsewhere").box).to_be_visible()
    expect(page.open_group).to_contain_text("B")
    expect(page.page.get_by_text("Also on this figure: 1 more metric")).to_be_visible()
    page.wait_until_settled()

    expect_fit(page, "a.png")
    pixels.wait_for_colour(page.stage, RED, 0.5)
    page.page.keyboard.press("a")
    slider = page.page.get_by_label("Brightness", exact=True)
    expect(slider).to_be_focused()
    slider.press("Home")
    pixels.wait_for_colour(page.picture("a.png"), (55, 8, 8), 0.5, 0.9)
    page.page.get_by_role("button", name="Reset").click()
    pixels.wait_for_colour(page.picture("a.png"), RED, 0.5, 0.9)


def test_two_fingers_zoom(new_page: Callable[..., PortalPage], made: Make) -> None:
    page = new_page(has_touch=True, viewport={"width": 390, "height": 844}).open(pictures(made))
    fit = expect_fit(page, "a.png")
    page.stage.scroll_into_view_if_needed()
    box = page.stage.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + 60
    fingers = page.page.context.new_cdp_session(page.page)
    for kind, apart in (("touchStart", 20), ("touchMove", 40), ("touchMove", 60), ("touchEnd", None)):
        points = [{"x": x - apart, "y": y, "id": 1}, {"x": x + apart, "y": y, "id": 2}] if apart else []
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    expect(page.stage.locator(".pane.zoomed")).to_be_visible()
    shown = page.picture("a.png")
    pixels.wait_for(page.page, lambda: 2.5 * fit < view(shown)[2] < 3.5 * fit, "it is not three times as large")


def test_zoom_is_kept_for_the_same_plot_of_one_size(page: PortalPage, made: Make) -> None:
    references = {"First": "ProbeA/a.png", "Second": "ProbeB/a.png", "Third": "ProbeB/c.png"}
    files = {path: pixels.plain(RED, (1600, 800)) for path in references.values()}
    page.open(made(document(*(metric(name, reference=path) for name, path in references.items())), files))
    expect_fit(page, "a.png")
    for _ in range(4):
        page.page.keyboard.press("+")
    page.page.keyboard.press("ArrowUp")
    kept = view(page.picture("a.png"))
    page.page.get_by_role("link", name="Next figure").click()
    expect(page.card("Second").box).to_be_visible()
    assert view(page.picture("a.png")) == kept
    page.wait_until_settled()
    page.page.keyboard.press("]")
    expect(page.card("Third").box).to_be_visible()
    page.wait_until_settled()
    expect_fit(page, "c.png")
    page.reload()
    expect_fit(page, "c.png")
    page.page.keyboard.press("[")
    expect(page.card("Second").box).to_be_visible()
    assert view(page.picture("a.png")) == kept


def is_next_to_figure(page: PortalPage, card: Card) -> bool:
    box, stage = card.box.bounding_box(), page.stage.bounding_box()
    return bool(box and stage and box["x"] >= stage["x"] + stage["width"])


def test_full_screen_shows_figure_and_cards_and_lets_one_annotate(page: PortalPage, made: Make) -> None:
    page.open(pictures(made))
    small = expect_fit(page, "a.png")
    page.page.keyboard.press("z")
    page.page.wait_for_function("() => document.fullscreenElement !== null")
    expect(page.groups).not_to_be_visible()
    pixels.wait_for(page.page, lambda: expect_fit(page, "a.png") > small, "it did not grow")
    card = page.card("First")
    pixels.wait_for(page.page, lambda: is_next_to_figure(page, card), "the card is not next to the figure")
    card.pick("Good")
    card.expect_status("Pass")
    before = view(page.picture("a.png"))
    card.note("f01+-am fine")
    page.expect_changes(1)
    card.expect_mark("note")
    assert view(page.picture("a.png")) == before, "what is typed into a field is not for the figure"
    page.page.get_by_role("button", name="Leave full screen").click()
    expect(page.groups).to_be_visible()
    page.page.wait_for_function("() => document.fullscreenElement === null")


def test_late_figure_is_reported_in_time_and_shown_when_it_arrives(
    new_page: Callable[..., PortalPage], made: Make
) -> None:
    page = new_page(alone=True)
    held: list[Route] = []
    page.page.route("**/files/**/a.png", lambda route: held.append(route))
    page.open(pictures(made))
    alert = page.stage.get_by_role("alert")
    expect(alert).to_contain_text("a.png has not arrived after 8 seconds", timeout=10_000)
    expect(alert.get_by_role("button", name="Try again")).to_be_visible()
    before = page.stage.bounding_box()
    for route in held:
        route.continue_()
    expect_fit(page, "a.png")
    assert page.stage.bounding_box() == before, "nothing moves when it comes"
    expect(alert).to_have_count(0)


def test_video_plays_at_a_speed_and_steps_by_one_frame(page: PortalPage, portal: Portal) -> None:
    page.open(demo(VIDEOS, portal.assets), metric="Face camera")
    video = page.stage.locator("video")
    page.page.wait_for_function("video => video.readyState >= 2", arg=video.element_handle())
    assert video.evaluate("video => video.videoWidth") > 100
    page.page.get_by_label("Speed").select_option("4")
    assert video.evaluate("video => video.playbackRate") == 4
    times = []
    for key in ".", ".", ".", ",":
        page.page.keyboard.press(key)
        expect(page.stage).to_have_attribute("aria-busy", "false")
        times.append(video.evaluate("video => video.currentTime"))
    length = times[2] - times[1]
    assert 0.005 < length < 0.2
    assert abs(times[1] - times[3]) < 0.001, "one back undoes one on"


def test_video_that_the_browser_cannot_play_is_offered_for_download(
    page: PortalPage, made: Make, witness: Witness
) -> None:
    page.open(made(document(metric("Old", reference="old.avi")), {"old.avi": b"RIFF\0\0\0\0AVI LIST" + bytes(500)}))
    alert = page.stage.get_by_role("alert")
    expect(alert).to_contain_text("no decoder for such a .avi file")
    with page.page.expect_download() as downloaded:
        alert.get_by_role("link", name="Download").click()
    assert downloaded.value.suggested_filename == "old.avi"


def test_a_document_is_drawn_and_can_be_zoomed(page: PortalPage, portal: Portal) -> None:
    page.open(demo(FIBERS, portal.assets), "tag=Fiber_0", "Motion correction 0")
    drawn = pixels.wait_for_fitted_page(page.figure)
    before = drawn.bounding_box()
    assert before
    # The viewer hides its buttons some seconds after the pointer came, but not from the one with the focus.
    page.figure.get_by_role("button", name="Zoom In").press("Enter")

    def is_wider() -> bool:
        after = drawn.bounding_box()
        return bool(after and after["width"] > before["width"])

    pixels.wait_for(page.page, is_wider, "the page of the document is as wide as before")
