"""The gallery's pairs and locations, shown one by one: S3 and Kachery are on loopback, the web is answered for."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from demo.asset_gallery import FIGURES, LISTED, LOCATION
from tests.browser import pixels
from tests.browser.conftest import Witness
from tests.browser.portal_page import PortalPage
from tests.conftest import run_portal
from tests.fakes import assets
from tests.fakes.assets import GALLERY
from tests.fakes.kachery import Kachery
from tests.fakes.portal import Portal
from tests.fakes.s3 import S3

OWN = assets.DEMO / GALLERY
VENDORED = Path(__file__).parents[1] / "fakes" / "juxtapose"


@pytest.fixture(scope="module")
def stored(_s3_server: S3) -> S3:
    """Everything that the gallery names in S3, in buckets of those names."""
    listed, public = urlsplit(LISTED).netloc, urlsplit(LOCATION).netloc
    _s3_server.bucket(listed)
    _s3_server.bucket(public, public=True)
    for key in ("figures/cells.png", "figures/raw16.png", "data/session.nwb"):
        _s3_server.put(listed, f"gallery/{key}", (OWN / key).read_bytes())
    _s3_server.put(public, "gallery/figures/cells.png", (OWN / "figures/cells.png").read_bytes(), public=True)
    for name, width in (("in_the_bucket.png", 104), ("raw.png", 105), ("derived.png", 106)):
        picture = pixels.plain((0, 90, 90), (width, 40))
        _s3_server.put(public, f"{GALLERY}/figures/{name}", picture, public=True)
    return _s3_server


@pytest.fixture(scope="module")
def held() -> Iterator[Kachery]:
    gateway = Kachery()
    sha1 = gateway.put((OWN / "figures/cells.png").read_bytes())
    assert f"sha1://{sha1}?" in dict(FIGURES["places"])["Kachery"]
    yield gateway
    gateway.stop()


@pytest.fixture(scope="module")
def hosted(stored: S3, held: Kachery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal over the gallery that knows both stores, and may read one of the buckets."""
    folder = tmp_path_factory.mktemp("gallery")
    (folder / "assets").mkdir()
    (folder / "assets" / GALLERY).symlink_to(OWN, target_is_directory=True)
    settings = stored.settings(urlsplit(LISTED).netloc) | held.settings(folder / "kachery")
    with run_portal(Portal(folder / "assets", folder / "state", folder / "server.log", more=settings)) as running:
        yield running


@pytest.fixture
def walked(hosted: Portal, new_page: Callable[..., PortalPage]) -> Callable[[str], Iterator[tuple[str, PortalPage]]]:
    """Walks a group of the gallery from its first figure to its last; gives each name and the page."""
    page = new_page(hosted, alone=True)
    web = pixels.plain((20, 90, 20), (107, 40))
    page.page.context.route("https://example.org/**", lambda route: route.fulfill(body=web, content_type="image/png"))
    script = "https://cdn.knightlab.com/**/*"
    page.page.context.route(f"{script}.js", lambda route: route.fulfill(path=VENDORED / "juxtapose.min.js"))
    page.page.context.route(f"{script}.css", lambda route: route.fulfill(path=VENDORED / "juxtapose.css"))

    def walk(kind: str) -> Iterator[tuple[str, PortalPage]]:
        names = [name for name, _ in FIGURES[kind]]
        page.open(assets.demo(GALLERY, hosted.assets), f"kind={kind}", names[0])
        for number, name in enumerate(names):
            expect(page.card(name).box).to_be_visible()
            page.wait_until_settled()  # what a pair of two stages leaves behind is gone
            yield name, page
            if number + 1 < len(names):
                page.figure.get_by_role("link", name="Next figure").first.click()

    return walk


def test_a_figure_is_shown_from_each_location(walked: Callable[[str], Iterator[tuple[str, PortalPage]]]) -> None:
    widths = {
        "Results folder": ("cells.png", 320),
        "Web": ("drift map.png", 107),
        "Web, percent-encoded": ("drift.png", 107),
        "Under its location": ("in_the_bucket.png", 104),
        "Location of this asset": ("derived.png", 106),
        "Location of the raw asset": ("raw.png", 105),
        "S3, public": ("cells.png", 320),
        "S3, listed": ("cells.png", 320),
        "S3, listed, 16 bits": ("raw16.png", 320),
        "Kachery": ("cells.png", 320),
    }
    words = {
        "Web, TIFF": "does not show files of kind “.tif” from another server",
        "S3, public, HTML": "is in a bucket that the portal may not read, so it is a link",
        "S3, public, Zarr": "Zarr: volume.zarr",
        "S3, listed, NWB": "NWB: session.nwb 4.1 kB",
    }
    for name, page in walked("places"):
        if name in widths:
            file, width = widths.pop(name)
            expect(page.picture(file)).to_have_js_property("naturalWidth", width)
        else:
            expect(page.stage).to_contain_text(words.pop(name))
        if name == "S3, listed, 16 bits":
            expect(page.stage.get_by_role("status")).to_contain_text("16-bit greyscale")
        if name in {"S3, public, HTML", "S3, public, Zarr"}:
            link = page.stage.get_by_role("link", name="in a new tab ↗")
            expect(link).to_have_attribute("href", re.compile(r"/gallery/(figures/page\.html|data/volume\.zarr)$"))
        if name != "Results folder":
            expect(page.card(name).box).to_contain_text("Made up: nothing lies at this address.")
    assert widths == words == {}  # type: ignore[comparison-overlap]  # compared on purpose


def test_each_pair_is_compared_or_has_the_reason_why_not(
    walked: Callable[[str], Iterator[tuple[str, PortalPage]]], witness: Witness
) -> None:
    by_the_component, by_ours = {"PNG and WebP", "Two converted pictures"}, {"PNG and SVG"}
    by_ours |= {"A semicolon in a fragment"}
    for name, page in walked("pairs"):
        stage = page.stage
        if name in by_the_component | by_ours:
            expect(stage.locator(".pair .zoomable img")).to_have_count(2)
            pixels.wait_until_painted(stage)
            expect(stage.locator(".pair.framed")).to_have_count(1 if name in by_the_component else 0)
        if name == "Two converted pictures":
            rows = page.figure.locator(".stretch")
            expect(rows.first).to_contain_text("stack.tif: 16-bit, black at 200, white at 1,938")
            expect(rows.last).to_contain_text("raw16.png: 16-bit, black at 200")
            rows.last.get_by_label("white above %").fill("60")
            rows.last.get_by_label("white above %").press("Tab")
            expect(rows.last).not_to_contain_text("white at 1,938")
            expect(stage.get_by_alt_text("Right: raw16.png")).to_have_attribute("src", re.compile("high=60"))
            expect(stage.locator(".pair.framed")).to_have_count(0)  # ours shows the other stretch
        elif name == "Two videos":
            expect(stage.locator("video")).to_have_count(2)
            expect(page.page.get_by_label("Time in both videos")).to_be_visible()
        elif name == "Picture and video":
            expect(stage.locator(".pair video")).to_have_js_property("videoWidth", 160)
        elif name == "Picture and table":
            expect(page.picture("cells.png")).to_have_js_property("naturalWidth", 320)
            expect(stage.locator("tbody tr")).to_have_count(5)
        elif name == "Three parts":
            expect(stage).to_contain_text("It joins 3 references; two can be compared.")
        elif name == "An empty part":
            expect(page.picture("cells.png")).to_have_js_property("naturalWidth", 320)
    assert witness.find_unforgiven() == []
