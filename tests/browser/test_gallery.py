"""The gallery, looked at: each kind of figure as it is on the screen. Other sites are answered for by the test."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Frame, Route, expect

from demo.asset_gallery import FIGURES
from tests.browser import pixels
from tests.browser.conftest import TIMEOUT_MS, WINDOW, Witness, keep_pictures_of_failure
from tests.browser.portal_page import OPEN_IN_SESSION, PortalPage
from tests.fakes.assets import GALLERY, Asset, demo, document, metric
from tests.fakes.portal import Portal

VIEWS = ("figurl.org", "neuroglancer-demo.appspot.com", "ephys.allenneuraldynamics.org", "app.rerun.io")
LIBRARIES = {
    "cdn.jsdelivr.net": "window.vegaEmbed = async (place, spec) => drawn(document.querySelector(place), spec.mark);",
    "cdn.plot.ly": "window.Plotly = { newPlot: (id, data) => drawn(document.getElementById(id), data[0].type) };",
    "cdn.bokeh.org": "window.Bokeh = { Plotting: { figure: () => ({ vbar() {} }), "
    "show: (_, place) => drawn(document.querySelector(place), 'bokeh') } };",
}
DRAWN = "function drawn(element, what) { element.textContent = `drawn: ${what}`; }"


@pytest.fixture(scope="module")
def _gallery_tab(chromium: Browser, portal: Portal) -> Iterator[PortalPage]:
    """A tab in a browser profile to which the other sites answer. All tests of the gallery go on in it: it is slow to
    load, since the answers turn the browser's cache off."""
    context = chromium.new_context(reduced_motion="reduce", viewport=WINDOW)
    context.set_default_timeout(TIMEOUT_MS)
    alert = "<!doctype html><title>view</title><body>a view by another site</body>"
    for host in VIEWS:
        context.route(f"https://{host}/**", lambda route: route.fulfill(body=alert, content_type="text/html"))
    for host, script in LIBRARIES.items():
        context.route(f"https://{host}/**", _answers(f"{DRAWN}{script}"))
    yield PortalPage(context.new_page(), portal)
    context.unroute_all(behavior="ignoreErrors")
    context.close()


@pytest.fixture
def gallery(
    _gallery_tab: PortalPage, witness: Witness, request: pytest.FixtureRequest
) -> Iterator[Callable[[str, str], PortalPage]]:
    """Opens the gallery at a metric of a group: by its address at first, then in the session that is open."""
    page = _gallery_tab
    witness.watch(page.page.context)
    witness.allow(*VIEWS, *LIBRARIES)
    asset = demo(GALLERY, page.portal.assets)

    def open_at(kind: str, name: str) -> PortalPage:
        if page.page.url.startswith(page.portal.url):
            return page.move(asset, f"kind={kind}", name)
        return page.open(asset, f"kind={kind}", name)

    yield open_at
    keep_pictures_of_failure(request.node, [page.page])
    page.page.evaluate("0")  # the answer comes after all that the page reported: the next test gets none of it
    witness.stop_watching(page.page.context)


def _answers(script: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(body=script, content_type="text/javascript")


def walk(page: PortalPage, kind: str) -> Iterator[str]:
    """The names of a group's metrics, each with its figure on the screen."""
    names = [name for name, _ in FIGURES[kind]]
    for number, name in enumerate(names):
        expect(page.card(name).box).to_be_visible()
        yield name
        if number + 1 < len(names):
            page.figure.get_by_role("link", name="Next figure").first.click()


def frame_of(page: PortalPage, title: str | re.Pattern[str]) -> Frame:
    """The content of the frame on the stage."""
    frame = page.stage.get_by_title(title).element_handle().content_frame()
    assert frame
    return frame


def width_of(page: PortalPage, name: str) -> int:
    shown = page.picture(name)
    expect(shown).to_be_visible()
    expect(shown).to_have_js_property("complete", True)
    return int(shown.evaluate("image => image.naturalWidth"))


def grey_levels(page: PortalPage, name: str) -> list[float]:
    """The darkest, the mean and the brightest value of a picture's pixels."""
    script = """async image => {
      await image.decode();
      const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
      const pen = canvas.getContext("2d");
      pen.drawImage(image, 0, 0);
      const values = pen.getImageData(0, 0, canvas.width, canvas.height).data.filter((_, at) => at % 4 === 0).sort();
      return [values[0], values.reduce((sum, one) => sum + one, 0) / values.length, values[values.length - 1]];
    }"""
    return list(page.picture(name).evaluate(script))


def test_every_picture_is_there_at_its_own_size(gallery: Callable[[str, str], PortalPage]) -> None:
    page = gallery("pictures", "PNG")
    widths = {"PNG": 320, "JPEG": 320, "GIF": 160, "WebP": 320, "BMP": 160}
    for name in walk(page, "pictures"):
        file = dict(FIGURES["pictures"])[name].rpartition("/")[2]
        assert width_of(page, file) == widths.get(name) or name == "SVG"


def test_a_picture_with_16_bits_is_stretched_with_a_note_and_can_be_stretched_otherwise(
    gallery: Callable[[str, str], PortalPage], witness: Witness
) -> None:
    witness.forgive("404")  # the damaged one
    page = gallery("converted pictures", "TIFF, 16 bits, three pages")
    alert = page.stage.get_by_role("status")
    for name in walk(page, "converted pictures"):
        if name == "TIFF, 16 bits, three pages":
            expect(alert).to_have_text(
                "16-bit greyscale · 320 × 240 · stretched: black at 200 (0.5 %), white at 1,938 (99.5 %) · page 1 of 3"
            )
            page.page.keyboard.press(".")
            expect(alert).to_contain_text("page 2 of 3")
            page.stage.get_by_label("Page", exact=True).first.fill("1")
            expect(alert).to_contain_text("page 1 of 3")
            assert width_of(page, "stack.tif") == 320
            assert grey_levels(page, "stack.tif")[::2] == [0, 255]
            mean = grey_levels(page, "stack.tif")[1]
            page.stage.get_by_label("white above %").fill("90")
            page.stage.get_by_label("white above %").press("Tab")
            expect(alert).to_contain_text("(90 %)")
            expect(page.picture("stack.tif")).to_have_attribute("src", re.compile("high=90$"))
            assert grey_levels(page, "stack.tif")[1] > mean
        elif name == "TIFF, floating point":
            expect(alert).to_contain_text("100 pixels are not a number, shown black")
            assert width_of(page, "correlation.tiff") == 160
        elif name == "TIFF, colour":
            expect(alert).to_have_text("160 × 120 · brightness as stored")
            assert width_of(page, "overlay.tif") == 160
        elif name == "PNG, 16 bits":
            expect(alert).to_contain_text("16-bit greyscale")
            assert grey_levels(page, "raw16.png")[::2] == [0, 255]
        else:
            expect(page.stage.get_by_role("alert")).to_contain_text("damaged.tif cannot be shown")
            expect(page.stage.get_by_role("button", name="Try again")).to_be_visible()


def test_documents_and_videos_are_ready(gallery: Callable[[str, str], PortalPage]) -> None:
    page = gallery("documents and videos", "PDF")
    for name in walk(page, "documents and videos"):
        if name == "PDF":
            pixels.wait_for_fitted_page(page.figure)
            pixels.scroll_by_the_hint(page.figure)
        elif name == "AVI":  # browsers do not play it; the stage reports that
            expect(page.stage.get_by_role("alert")).to_be_visible()
        else:
            video = page.stage.locator("video")
            expect(video).to_be_visible()
            video.evaluate("video => video.readyState || new Promise(done => video.onloadedmetadata = done)")
            assert video.evaluate("video => video.videoWidth") == 160


def test_charts_are_drawn_with_their_data(gallery: Callable[[str, str], PortalPage]) -> None:
    page = gallery("charts", "Vega-Lite, data inside")
    marks = page.figure.locator("svg.marks")
    expect(marks.locator("path[aria-roledescription=bar]")).to_have_count(5)
    gallery("charts", "Vega-Lite, data beside it")
    expect(marks.locator("path[aria-roledescription=point]")).to_have_count(600)
    gallery("charts", "Vega")
    expect(marks.locator(".mark-rect path")).to_have_count(5)
    gallery("charts", "Vega-Lite, data elsewhere")
    expect(page.stage).to_contain_text("loads data from outside its asset")
    expect(page.stage.locator("pre")).to_have_text("https://example.org/data/trials.csv")


def test_html_figures_run_in_a_frame_without_an_origin(
    gallery: Callable[[str, str], PortalPage], witness: Witness
) -> None:
    witness.forgive("Content Security Policy")  # the fetch below, blocked
    page = gallery("charts", "HTML without a library")
    frame = frame_of(page, "canvas.html")
    expect(page.stage.locator(".wait")).to_have_count(0)

    def answers_to_the_pointer() -> bool:  # Chrome drops what is done in a frame that has only just appeared
        for across in (220, 221):
            frame.locator("#plot").hover(position={"x": across, "y": 100})
        return frame.locator("#said").inner_text() == "A2: 11.5 Hz"

    pixels.wait_for(page.page, answers_to_the_pointer, "the figure does not answer to the pointer")
    assert frame.evaluate("self.origin") == "null"
    blocked = "async () => { try { await fetch('/files/x'); return 'reached' } catch { return 'blocked' } }"
    assert frame.evaluate(blocked) == "blocked"
    gallery("charts", "HTML by Altair, library inside")  # a real export: nothing is answered for it
    bars = page.stage.frame_locator("iframe").locator("svg.marks path[aria-roledescription=bar]")
    expect(bars).to_have_count(5)
    for name, drawn in (("Altair", "bar"), ("Plotly", "bar"), ("Bokeh", "bokeh")):
        gallery("charts", f"HTML by {name}")
        expect(page.stage.frame_locator("iframe").get_by_text(f"drawn: {drawn}")).to_be_visible()


def test_an_html_figure_whose_library_may_not_be_loaded_names_it(
    page: PortalPage, made: Callable[..., Asset], witness: Witness
) -> None:
    witness.allow("cdn.example.org")  # asked for, and blocked by the browser
    witness.forgive("https://cdn.example.org/x.js")
    markup = b'<html><head><script src="https://cdn.example.org/x.js"></script></head><body>here</body></html>'
    page.open(made(document(metric("Page", reference="a.html")), files={"a.html": markup}))
    expect(page.stage).to_contain_text("This figure could not load https://cdn.example.org/x.js")
    expect(page.stage.frame_locator("iframe").get_by_text("here")).to_be_visible()


def test_views_of_other_sites_have_the_width_of_the_page_and_their_address_untouched(
    gallery: Callable[[str, str], PortalPage],
) -> None:
    page = gallery("embedded views", "Neuroglancer")
    named = dict(FIGURES["embedded views"])
    titles = {"Neuroglancer": "Neuroglancer", "FigURL": "FigURL: Unit summary"}
    titles |= {"SortingView": "FigURL: Sorting curation", "Ephys GUI": "Ephys curation"}
    for name in walk(page, "embedded views"):
        if name in titles:
            frame = page.view
            expect(frame).to_have_attribute("title", titles[name])
            own = r"&identifier=[0-9a-f]{32}(&session=.*)?" if name == "Ephys GUI" else ""
            expect(frame).to_have_attribute("src", re.compile(f"^{re.escape(named[name])}{own}$"))
            expect(frame.content_frame.get_by_text("a view by another site")).to_be_visible()
            pixels.wait_for(page.page, lambda: pixels.width_of(page.view) > 1350, f"{name} is narrow")
            expect(page.figure.get_by_role("link", name="Open this figure in a new tab")).to_have_attribute(
                "href", named[name]
            )
        elif name == "Rerun":
            expect(page.view).to_have_attribute("title", "Rerun 0.19.1: session_v0.19.1.rrd")
            expect(page.view).to_have_attribute("src", re.compile(r"^/rerun/\w+/\w+/session_v0\.19\.1\.rrd$"))
        elif name == "Rerun, no version":
            expect(page.stage).to_contain_text("“session_v0.19.1.rrd”")
        else:
            expect(page.stage.get_by_role("link")).to_have_text("Opens example.org in a new tab ↗")
            expect(page.stage.get_by_role("link")).to_have_attribute("href", named[name])
    gallery("embedded views", "FigURL")
    page.page.get_by_role("button", name="Groups: ").click()
    expect(page.open_group).to_be_visible()
    page.page.get_by_role("button", name="Groups: ").click()
    expect(page.open_group).to_be_hidden()


def test_texts_and_data_are_shown_or_named(gallery: Callable[[str, str], PortalPage]) -> None:
    page = gallery("texts and data", "CSV")
    for name in walk(page, "texts and data"):
        stage = page.stage
        if name == "CSV":
            expect(stage.locator("tbody tr")).to_have_count(500)
            expect(stage).to_contain_text("Shown: the first 500 rows.")
            expect(stage.locator("th").first).to_have_text("trial")
        elif name == "TSV":
            expect(stage.locator("tbody tr")).to_have_count(5)
        elif name == "Text, long":
            expect(stage).to_contain_text("Shown: the first 100 kB of 121 kB.")
            expect(stage.locator("pre")).to_contain_text("block 1 of 2500 done")
        elif name == "JSON":
            shown = stage.locator("pre")
            expect(shown).to_contain_text("detect_threshold")
            assert json.loads(shown.inner_text())["channels"] == [0, 1, 2, 3]
        elif name == "Markdown":
            expect(page.figure.get_by_role("heading", name="Summary of the session")).to_be_visible()
            expect(page.figure.locator(".st-key-qc-figure-markdown b")).to_have_count(0)
        elif name == "Zarr":
            facts = stage.get_by_role("status")
            expect(facts).to_have_text(re.compile(r"^16-bit greyscale · 64 × 48 · .* · page 1 of 6 · /0$"))
            assert width_of(page, "volume.zarr") == 64
            stage.get_by_label("Array").select_option("/1, 6 × 24 × 32, uint16")
            expect(facts).to_have_text(re.compile(r"32 × 24 · .* · page 1 of 6 · /1$"))
            expect(page.picture("volume.zarr")).to_have_attribute("src", re.compile("array=%2F1$"))
            stage.get_by_role("slider", name="Page").press("ArrowRight")
            expect(facts).to_have_text(re.compile(r"page 2 of 6 · /1$"))
            stage.get_by_label("white above %").fill("90")
            stage.get_by_label("white above %").press("Enter")
            expect(facts).to_have_text(re.compile(r"\(90 %\) · page 2 of 6 · /1$"))
            address = "&array=%2F1&page=2&low=0.5&high=90"
            expect(page.page, "what is shown has an address").to_have_url(re.compile(re.escape(address)))
            page.page.evaluate(OPEN_IN_SESSION, page.page.url.replace(address, "&array=%2F0&page=3&low=5&high=95"))
            expect(facts).to_have_text(re.compile(r"64 × 48 · .* \(5 %\), .* \(95 %\) · page 3 of 6 · /0$"))
            expect(page.page).to_have_url(re.compile("&low=5&high=95"))
            page.page.evaluate(OPEN_IN_SESSION, page.page.url.replace("&low=5&high=95", ""))
            expect(facts).to_have_text(re.compile(r"\(0.5 %\), .* \(99.5 %\) · page 3 of 6 · /0$"))
        else:
            sizes = {"HDF5": "2 kB", "NWB": "4.1 kB"}
            expect(stage.locator("strong")).to_contain_text(name)
            expect(stage.locator(".size")).to_contain_text(sizes[name])
            expect(stage.get_by_role("button", name="Copy the path")).to_be_visible()


def test_reference_that_cannot_be_shown_has_the_reason_and_can_be_copied(
    gallery: Callable[[str, str], PortalPage], witness: Witness
) -> None:
    page = gallery("places", "Web, TIFF")
    page.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    expect(page.stage).to_contain_text("does not show files of kind “.tif” from another server")
    assert pixels.click_and_read(page.stage.get_by_role("button", name="Copy this text")) == "Copied"
    assert page.page.evaluate("navigator.clipboard.readText()") == "https://example.org/figures/stack.tif"
