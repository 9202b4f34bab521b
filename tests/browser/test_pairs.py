"""Two figures to compare: under one handle (the component's or ours), side by side, in turn; videos in step."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser import pixels
from tests.browser.conftest import Witness
from tests.browser.portal_page import PortalPage
from tests.fakes.assets import OPHYS, Asset, document, metric
from tests.paths import ROOT

RED, BLUE, GREEN, WHITE = (220, 30, 30), (30, 60, 220), (20, 160, 60), (255, 255, 255)
Make = Callable[..., Asset]
HALF = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 6"><rect width="8" height="6" fill="#14a03c"/></svg>'
SCRIPT = "https://cdn.knightlab.com"
VENDORED = ROOT / "tests" / "fakes" / "juxtapose"
HANDLE = "Position of the divider between the two pictures"


def a_pair(made: Make, reference: str = "a.png;b.png") -> Asset:
    """One metric about two pictures of different shapes, or about what else is asked for."""
    files = {
        "a.png": pixels.plain(RED),
        "b.png": pixels.plain(BLUE, (300, 600)),
        "c.png": pixels.plain(BLUE),
        "d.svg": HALF,
    }
    return made(document(metric("Compared", reference=reference)), files)


def drag(page: Page, area: Locator, start: float, end: float) -> None:
    """Drag from one share of an area's width to another, a quarter down."""
    box = area.bounding_box()
    assert box
    y = box["y"] + box["height"] / 4
    page.mouse.move(box["x"] + box["width"] * start, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * end, y, steps=4)
    page.mouse.up()


def pane(page: PortalPage, side: str) -> Locator:
    return page.stage.locator(f".pane.{side}")


def test_the_components_handle_is_dragged_over_both_pictures(new_page: Callable[..., PortalPage], made: Make) -> None:
    page = new_page(alone=True)
    page.page.context.route(f"{SCRIPT}/**/*.js", lambda route: route.fulfill(path=VENDORED / "juxtapose.min.js"))
    page.page.context.route(f"{SCRIPT}/**/*.css", lambda route: route.fulfill(path=VENDORED / "juxtapose.css"))
    page.open(a_pair(made, "a.png;c.png"))
    frame = page.stage.locator("iframe")
    expect(frame).to_be_visible()
    expect(frame.content_frame.locator(".jx-image img")).to_have_count(2)
    pixels.wait_for_colour(frame, RED, 0.3)
    pixels.wait_for_colour(frame, BLUE, 0.7)
    # Chrome drops what is pressed in a foreign frame that has only just appeared: drag until it takes.
    handle = frame.content_frame.locator(".jx-handle")
    pixels.repeat_until(
        page.page,
        lambda: drag(page.page, frame, 0.5, 0.2),
        lambda: not handle.evaluate("handle => handle.style.left").startswith("50"),
        "the handle is not dragged",
    )
    pixels.wait_for_colour(frame, BLUE, 0.3)
    pixels.wait_for_colour(frame, RED, 0.1)

    # What the component has no answer to is ours: its handle stays where it was.
    box = frame.bounding_box()
    assert box
    page.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.page.mouse.wheel(0, -300)
    expect(page.stage.locator(".pane.zoomed")).to_have_count(2)
    expect(frame).not_to_be_visible()
    pixels.wait_for_colour(page.stage, RED, 0.1)
    pixels.wait_for_colour(page.stage, BLUE, 0.3)
    page.page.keyboard.press("0")
    expect(frame).to_be_visible()


def test_our_swipe_works_without_the_components_script(page: PortalPage, made: Make) -> None:
    page.open(a_pair(made, "a.png;c.png"))
    handle = page.stage.locator(".divider")
    expect(handle).to_be_visible()
    shown = pane(page, "left").locator(".zoomable")
    pixels.wait_for_colour(shown, RED, 0.3)
    pixels.wait_for_colour(shown, BLUE, 0.7)
    drag(page.page, shown, 0.5, 0.2)
    pixels.wait_for_colour(shown, BLUE, 0.3)
    pixels.wait_for_colour(shown, RED, 0.1)
    expect(page.stage.locator("iframe")).not_to_be_visible()
    page.page.get_by_label(HANDLE).focus()
    page.page.keyboard.press("End")
    pixels.wait_for_colour(shown, RED, 0.9)


def test_keys_move_the_handle_and_change_how_two_are_compared(page: PortalPage, made: Make) -> None:
    page.page.emulate_media(reduced_motion="no-preference")  # "In turn" does not start by itself otherwise
    page.open(a_pair(made, "a.png;d.svg"))
    expect(page.stage.locator(".divider")).to_be_visible()
    for _ in range(10):
        page.page.keyboard.press("ArrowRight")
    expect(page.page.get_by_label(HANDLE)).to_have_value("70")
    pixels.wait_for_colour(pane(page, "left").locator(".zoomable"), RED, 0.65)
    pixels.wait_for_colour(pane(page, "left").locator(".zoomable"), GREEN, 0.75)

    page.page.keyboard.press("m")
    expect(page.page.get_by_role("button", name="Side by side")).to_have_attribute("aria-pressed", "true")
    pixels.wait_for_colour(pane(page, "left").locator(".zoomable"), RED, 0.5)
    pixels.wait_for_colour(pane(page, "right").locator(".zoomable"), GREEN, 0.5)
    page.page.keyboard.press("+")
    one, other = (
        pane(page, side).locator(".zoomable").evaluate("s => s.style.transform") for side in ("left", "right")
    )
    assert one == other, "both share one view"
    page.page.keyboard.press("0")

    page.page.keyboard.press("m")
    pixels.wait_for_colour(page.stage, GREEN, 0.5, 0.5)
    pixels.wait_for_colour(page.stage, RED, 0.5, 0.5)
    page.page.keyboard.press("ArrowRight")
    pixels.wait_for_colour(page.stage, GREEN, 0.5, 0.5)
    expect(page.page.get_by_role("button", name="Continue")).to_be_visible()
    page.page.keyboard.press("ArrowLeft")
    pixels.wait_for_colour(page.stage, RED, 0.5, 0.5)


def test_two_sizes_are_fitted_without_distortion(page: PortalPage, made: Make) -> None:
    page.open(a_pair(made))
    expect(page.stage).to_contain_text("a.png · 800 × 600, fitted")
    expect(page.stage).to_contain_text("b.png · 300 × 600, fitted")
    page.page.keyboard.press("m")
    shown = pane(page, "right").locator(".zoomable")
    # 300 of 800 columns: blue from 31 % to 69 %, white next to it.
    for across, colour in ((0.28, WHITE), (0.34, BLUE), (0.66, BLUE), (0.72, WHITE)):
        pixels.wait_for_colour(shown, colour, across)


def test_videos_play_synchronously(page: PortalPage, copy_of: Callable[[str], Asset]) -> None:
    asset = copy_of(OPHYS)
    written = asset.document()
    clip = next(one for one in written["metrics"] if str(one["reference"]).endswith("raw_crop.webm"))
    movie = clip["reference"].replace("raw_crop.webm", "raw_and_corrected.mp4")
    asset.rewrite(document(metric("Both", reference=f"{movie};{clip['reference']}")))
    page.open(asset)
    videos = page.stage.locator("video")
    expect(videos).to_have_count(2)
    play = page.page.get_by_role("button", name="Play")
    play.click()
    page.page.get_by_label("Speed").select_option("0.5")
    first, second = (videos.nth(number).element_handle() for number in (0, 1))
    page.page.wait_for_function("videos => videos.every((video) => video.currentTime > 0.4)", arg=[first, second])
    page.page.keyboard.press(" ")
    expect(play).to_be_visible()
    alert = videos.evaluate_all("videos => videos.map((video) => [video.paused, video.playbackRate])")
    assert alert == [[True, 0.5], [True, 0.5]]
    together = (
        "videos => Math.abs(videos[0].currentTime - videos[1].currentTime) < 0.02 && !videos.some((f) => f.seeking)"
    )
    page.page.wait_for_function(together, arg=[first, second])
    page.page.get_by_label("Time in both videos").fill("1.5")
    page.page.wait_for_function(
        "videos => videos.every((video) => Math.abs(video.currentTime - 1.5) < 0.01)", arg=[first, second]
    )
    page.page.keyboard.press(".")
    page.page.wait_for_function("videos => videos[0].currentTime > 1.5", arg=[first, second])
    page.page.wait_for_function(together, arg=[first, second])


def test_reference_that_is_no_pair_is_never_an_empty_frame(page: PortalPage, made: Make) -> None:
    references = {
        "a.png;b.png;c.png": "It joins 3 references; two can be compared.",
        ";;": "It joins 3 references, 3 of them empty",
        "a.png;Drift": "Only one of the two that it joins is a file.",
    }
    metrics = [metric(f"Metric {number}", reference=reference) for number, reference in enumerate(references)]
    asset = made(document(*metrics), {"a.png": pixels.plain(RED), "b.png": pixels.plain(BLUE)})
    page.open(asset, "probe=A", "Metric 0")
    for number, words in enumerate(references.values()):
        if number:
            page.move(asset, "probe=A", f"Metric {number}")
        expect(page.stage).to_contain_text(words)


def test_other_picture_of_a_pair_is_shown_if_one_is_missing(page: PortalPage, made: Make, witness: Witness) -> None:
    witness.forgive("404")
    page.open(a_pair(made, "a.png;gone.png"))
    alert = page.stage.get_by_role("alert")
    expect(alert).to_contain_text("gone.png")
    alert.get_by_role("button", name="Show a.png alone").click()
    pixels.wait_for_colour(page.stage, RED, 0.5, 0.5)
