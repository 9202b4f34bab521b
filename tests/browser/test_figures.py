"""Every kind of figure, as it is painted on the screen."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Request, expect

from tests.browser import pixels
from tests.browser.conftest import Witness
from tests.browser.portal_page import PortalPage, expect_theme
from tests.fakes import assets as fake_assets
from tests.fakes.assets import Asset, document, metric
from tools.measure_room import LONG, measure

LINES = "text => text.parentElement.clientHeight / parseFloat(getComputedStyle(text).lineHeight)"
FULL = "() => document.fullscreenElement === document.documentElement"


def follow(page: Any, label: str) -> Any:
    """One step by the arrows above the figure."""
    page.figure.get_by_role("link", name=f"{label} figure").click()
    return page.wait_until_settled()


def expect_picture(page: Any, name: str, colours: int = 100) -> None:
    """The picture is loaded, at its own size, and painted."""
    picture = page.picture(name)
    expect(picture).to_be_visible()
    page.page.wait_for_function("image => image.complete && image.naturalWidth > 50", arg=picture.element_handle())
    pixels.wait_until_painted(picture, colours)


def expect_large_and_whole(page: Any) -> None:
    """Wait until it is at least 700 × 550, within the window, with nothing cut off."""
    pixels.wait_for(page.page, lambda: is_whole(page.stage.bounding_box()), "the figure is small, or cut off")


def is_large(box: Any) -> bool:
    return bool(box and box["width"] >= 700 and box["height"] >= 550)


def is_whole(box: Any) -> bool:
    if not is_large(box) or box["x"] < 0 or box["y"] < 0:
        return False
    return bool(box["x"] + box["width"] <= 1440 and box["y"] + box["height"] <= 900)


def expect_large(shown: Any) -> None:
    """Wait until it is at least 700 × 550: a chart is drawn again once it knows its room."""
    pixels.wait_for(shown.page, lambda: is_large(shown.bounding_box()), "it is smaller than 700 × 550")


def see_full_screen(page: Any, inside: Any) -> None:
    """Full screen and back, by the button and by the button again."""
    button = page.figure.get_by_role("button", name="Full screen")
    before = inside.bounding_box()
    button.click()
    page.page.wait_for_function(FULL)
    expect(inside).to_be_visible()

    def has_grown() -> bool:
        box = inside.bounding_box()  # none while it is drawn again
        return bool(box and box["height"] > before["height"])

    pixels.wait_for(page.page, has_grown, "it did not grow")
    button.click()
    page.page.wait_for_function("() => document.fullscreenElement === null")


def test_jpeg_and_svg_are_pictures_and_neuroglancer_is_a_frame(page: PortalPage, witness: Witness) -> None:
    witness.allow("neuroglancer-demo.appspot.com")
    spim = fake_assets.demo(fake_assets.SPIM, page.portal.assets)
    page.open(spim, "evaluation=Cell detection", "Signal")
    expect_picture(page, "Ex_488_Em_525.jpeg")
    expect_large_and_whole(page)
    expect(page.figure).to_contain_text("1 of 3")
    expect(page.figure.get_by_label("Previous figure")).to_have_attribute("aria-disabled", "true")
    see_full_screen(page, page.picture("Ex_488_Em_525.jpeg"))
    follow(page, "Next")
    expect_picture(page, "counts.svg")
    follow(page, "Next")
    state = re.compile(r"^https://neuroglancer-demo\.appspot\.com/#!s3://aind-open-data/SmartSPIM_702914")
    expect(page.view).to_have_attribute("src", state)
    expect(page.figure.get_by_label("Next figure")).to_have_attribute("aria-disabled", "true")
    follow(page, "Previous")
    expect_picture(page, "counts.svg")
    # The figure opens in a tab of its own, and what could run in it does not.
    with page.page.context.expect_page() as opened:
        page.figure.get_by_role("link", name="Open this figure in a new tab").click()
    tab = opened.value
    tab.wait_for_load_state()
    assert tab.evaluate("document.documentElement.nodeName") == "svg"
    assert tab.evaluate("origin") == "null"
    tab.close()


def test_videos_can_be_played_and_a_gif_moves(page: PortalPage) -> None:
    page.open(
        fake_assets.demo(fake_assets.OPHYS, page.portal.assets), "modality=pophys/plane=VISp_1/check=motion", "Movie"
    )
    for name in ("raw_and_corrected.mp4", "raw_crop.webm"):
        video = page.stage.get_by_label(name)
        expect(video).to_be_visible()
        video.evaluate("video => video.load()")
        page.page.wait_for_function(
            "video => video.readyState >= 2 && video.videoWidth > 50", arg=video.element_handle()
        )
        assert video.get_attribute("controls") is not None
        video.evaluate("video => { video.currentTime = video.duration / 2 }")
        page.page.wait_for_function("video => !video.seeking && video.currentTime > 0.1", arg=video.element_handle())
        pixels.wait_until_painted(video, 50)
        if name.endswith("mp4"):
            see_full_screen(page, video)
            follow(page, "Next")
    page.open(
        fake_assets.demo(fake_assets.VIDEOS, page.portal.assets),
        "modality=behavior-videos/evaluation=Camera views",
        "Wheel camera",
    )
    expect_picture(page, "wheel.gif", 16)  # magnified, its few colours stay what they are
    first = pixels.capture(page.picture("wheel.gif"))
    pixels.wait_for(
        page.page, lambda: pixels.differ(first, pixels.capture(page.picture("wheel.gif"))), "the GIF stands still"
    )


def test_a_pdf_and_charts_are_drawn(page: PortalPage) -> None:
    fibers = fake_assets.demo(fake_assets.FIBERS, page.portal.assets)
    page.open(fibers, "tag=Fiber_0", "SNR 0")
    picture_sheet = pixels.wait_for_fitted_page(page.figure)
    pixels.wait_until_painted(picture_sheet)
    expect_large(page.figure.locator('[class*="st-key-figure-pdf"]'))
    see_full_screen(page, picture_sheet)
    page.group("Session").click()
    expect_picture(page, "exposure.png")
    for name in ("cmos_floor.json", "responses.vl.json"):
        follow(page, "Next")
        expect(page.figure).to_contain_text(name)
        chart = page.figure.get_by_test_id("stVegaLiteChart")
        drawn = chart.locator("canvas, svg.marks").first
        expect(drawn).to_be_visible()
        pixels.wait_until_painted(drawn, 20)
        expect_large(chart)
    see_full_screen(page, drawn)


def test_no_reference_leaves_no_frame_text_is_shown_as_text_and_an_address_that_fails_is_reported(
    page: PortalPage, witness: Witness
) -> None:
    awkward = fake_assets.demo(fake_assets.AWKWARD, page.portal.assets)
    page.open(awkward, "modality=ecephys/where=broken")
    expect(page.figure).to_have_count(0)
    expect(page.stage).to_have_count(0)
    page.move(awkward, "modality=ecephys/where=references", "Spaces, hash, percent, capitals")
    expect_picture(page, "probe A #1 100% drift.PNG")
    for name, words in {
        "Leaves the asset": ["../745306_2025-04-15_09-38-55/behavior/licks.png", "It leads out of its folder"],
        "Bare word": ["ecephys-drift-map"],
        "A script": ["javascript:alert(1)", "The portal does not open addresses of this kind."],
        "A notebook, which no browser shows": ["figures/analysis.ipynb", "The portal does not show files of kind"],
    }.items():
        page.move(awkward, "modality=ecephys/where=references", name)
        for words_shown in words:
            expect(page.stage).to_contain_text(words_shown)
        expect(page.stage.get_by_role("link")).to_have_count(0)
    page.move(awkward, "modality=ecephys/where=references", "Null")
    expect(page.stage.locator("img, iframe, .message")).to_have_count(0)

    # A picture of another host that does not load is reported.
    page.move(awkward, "modality=ecephys/where=references", "On another host")
    trouble = page.stage.get_by_role("alert")
    expect(trouble).to_contain_text("This figure could not be shown.")
    expect(trouble).to_contain_text("https://example.org/figures/drift%20map.png?size=large#top")
    assert "https://example.org/figures/drift%20map.png?size=large" in witness.foreign


def test_missing_figure_is_reported_and_shown_once_it_exists(
    page: PortalPage, made: Callable[..., Asset], witness: Witness
) -> None:
    witness.forgive("404")
    good = (fake_assets.DEMO / fake_assets.SPIM / "registration" / "overlay.jpg").read_bytes()
    asset = made(
        document(metric("Late", reference="figures/late.jpg"), metric("Broken", reference="figures/broken.png")),
        {"figures/broken.png": b"This is not a picture."},
    )
    page.open(asset)
    trouble = page.stage.get_by_role("alert")
    expect(trouble).to_contain_text("The figure figures/late.jpg is missing from the asset.")
    expect(trouble).to_contain_text("Tell the people who run the pipeline")
    again = trouble.get_by_role("button", name="Try again")
    again.click()
    expect(trouble).to_contain_text("missing")
    (asset.folder / "figures" / "late.jpg").write_bytes(good)
    again.click()
    expect_picture(page, "late.jpg")
    follow(page, "Next")
    expect(trouble).to_contain_text("The file is there, but the browser cannot read it")


def test_the_figure_stays_in_view_while_its_cards_scroll(page: PortalPage, made: Callable[..., Asset]) -> None:
    figure = (fake_assets.DEMO / fake_assets.SPIM / "registration" / "overlay.jpg").read_bytes()
    metrics = (metric(f"Metric {n}", reference="overlay.jpg", description=LONG) for n in range(12))
    page.open(made(document(*metrics), {"overlay.jpg": figure}))
    expect_picture(page, "overlay.jpg")
    expect_large_and_whole(page)
    # A long description has three lines until one opens it; so eight cards are seen whole, beside half the window.
    folded, more = page.card("Metric 0").box.locator(".qc-folded p"), page.card("Metric 0").box.locator(".qc-more")
    expect(more).to_have_text("More")
    expect(more).to_have_attribute("aria-expanded", "false")
    assert round(folded.evaluate(LINES)) == 3
    found = measure(page.page)
    assert found["readable"] >= 8 and found["share"] >= 50, found
    assert found["scrolls"] == 0, "the page itself is no higher than the window"
    more.click()
    expect(more).to_have_text("Less")
    expect(folded).to_have_count(0)
    more.click()
    assert round(folded.evaluate(LINES)) == 3
    page.page.keyboard.press("j")
    expect(page.card("Metric 1").box.locator(".qc-more")).to_have_text("More")  # folded as its card opens
    assert round(page.card("Metric 1").box.locator(".qc-folded p").evaluate(LINES)) == 3
    page.page.keyboard.press("k")
    expect(page.card("Metric 0").box).to_have_attribute("aria-current", "true")
    last = page.card("Metric 11").box
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport(ratio=0.9)
    expect(page.picture("overlay.jpg")).to_be_in_viewport(ratio=0.99)
    expect_large_and_whole(page)
    # A window of 1440 × 900 at 200 %: the current card is whole beside the whole figure.
    page.page.set_viewport_size({"width": 720, "height": 450})
    page.card("Metric 0").box.scroll_into_view_if_needed()
    pixels.wait_for(page.page, lambda: measure(page.page)["readable"] >= 1, "no card is whole")
    found = measure(page.page)
    assert found["share"] >= 30 and found["wider"] == found["scrolls"] == 0, found
    expect(page.stage).to_be_in_viewport(ratio=1)


def test_only_the_open_groups_figures_and_the_next_ones_are_asked_for(page: PortalPage) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        address = urlsplit(request.url)
        if address.path.startswith("/files/") and not address.query:  # before one is fetched ahead, it is asked about
            asked.append(address.path.rpartition("/")[2])

    page.page.on("request", note)
    many = fake_assets.demo(fake_assets.MANY_PROBES, page.portal.assets)
    page.open(many, "probe=ProbeA/type=Drift")
    expect_picture(page, "drift_map.png")
    pixels.wait_for(page.page, lambda: "noise.png" in asked, "the first of the next group is not fetched ahead")
    assert set(asked) == {"drift_map.png", "noise.png"}
    page.group("Yield").first.click()
    expect_picture(page, "unit_yield.png")
    # The next one is fetched ahead, so that a step to it is quick.
    pixels.wait_for(page.page, lambda: "firing_rates.png" in asked, "the next figure is not fetched ahead")
    assert set(asked) == {"drift_map.png", "noise.png", "unit_yield.png", "firing_rates.png"}


def test_a_figure_reads_well_in_both_themes(page: PortalPage) -> None:
    spim = fake_assets.demo(fake_assets.SPIM, page.portal.assets)
    page.open(spim, "evaluation=Cell detection", "Cells")
    expect_picture(page, "counts.svg")
    for theme in ("light", "dark"):
        expect_theme(page, theme)
        # A drawing without a background of its own is shown on white, as it was made for.
        assert pixels.near(pixels.at(page.picture("counts.svg"), 0.01, 0.5), (255, 255, 255))
