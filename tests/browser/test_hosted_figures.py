"""Figures in S3 and Kachery, as a person sees them."""

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Witness
from tests.browser.pixels import wait_for
from tests.browser.portal_page import PortalPage
from tests.conftest import run_portal
from tests.fakes import assets
from tests.fakes.assets import Asset, document, metric
from tests.fakes.kachery import Kachery
from tests.fakes.portal import Portal
from tests.fakes.s3 import S3

VIDEO = assets.DEMO / assets.VIDEOS / "videos" / "face_camera.mp4"
CHART = assets.DEMO / assets.FIBERS / "qc" / "responses.vl.json"
GROUP = "probe=A"


def png(width: int, colour: str = "teal") -> bytes:
    """A picture that is known again by its width."""
    written = io.BytesIO()
    Image.new("RGB", (width, 20), colour).save(written, "PNG")
    return written.getvalue()


class Hosted:
    """A portal that knows both stores, with a clock that can be moved."""

    def __init__(self, s3: S3, kachery: Kachery, folder: Path) -> None:
        self.s3, self.kachery, self.ahead = s3, kachery, folder / "ahead"
        self.assets = folder / "assets"
        self.assets.mkdir()
        self.ahead.write_text("0")
        settings = s3.settings("listed") | kachery.settings(folder / "kachery")
        self.portal = Portal(self.assets, folder / "state", folder / "log", more=settings, ahead=self.ahead)

    def asset(self, **references: str) -> Asset:
        """An asset with one metric for each reference; the figures of its own are in the folder."""
        made = [metric(name, reference=text) for name, text in references.items()]
        return assets.made(document(*made), self.assets, {"figures/own.png": png(101)})

    def has_sent(self, key: str) -> bool:
        """Whether a whole object has been sent; how a picture begins is read by a range, which has another status."""
        return any(one.status == 200 for one in self.s3.list_requests(key))

    def later(self, hours: int) -> None:
        self.ahead.write_text(str(hours * 3600))
        self.s3.later = timedelta(hours=hours)


@pytest.fixture(scope="module")
def _hosted(_s3_server: S3, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    kachery = Kachery()
    hosted = Hosted(_s3_server, kachery, tmp_path_factory.mktemp("hosted"))
    with run_portal(hosted.portal):
        yield hosted
    kachery.stop()


@pytest.fixture
def hosted(_hosted: Hosted, s3: S3) -> Hosted:
    """The portal of all tests of this file, its clock and that of S3 set right."""
    _hosted.later(0)
    return _hosted


def expect_picture(page: PortalPage, name: str, width: int) -> None:
    expect(page.picture(name)).to_have_js_property("naturalWidth", width)


def forget(page: Page) -> None:
    """What a browser's cache does by itself as the hours pass."""
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")


def test_figure_is_shown_from_each_location(
    hosted: Hosted, new_page: Callable[..., PortalPage], witness: Witness
) -> None:
    hosted.s3.put("listed", "Node 109#x/signed.png", png(102))
    hosted.s3.put("listed", "chart.vl.json", CHART.read_bytes())
    hosted.s3.put("listed", "drawn.svg", b"<svg xmlns='http://www.w3.org/2000/svg' width='103' height='9'/>")
    hosted.s3.put("public", "open.png", png(104), public=True)
    picture, video = hosted.kachery.put(png(105)), hosted.kachery.put(VIDEO.read_bytes())
    asset = hosted.asset(
        own="figures/own.png",
        signed="s3://listed/Node 109#x/signed.png",
        drawn="s3://listed/drawn.svg",
        open="s3://public/open.png",
        kachery=f"sha1://{picture}?label=kachery.png",
        video=f"sha1://{video}?label=video.mp4",
        chart="s3://listed/chart.vl.json",
        gone=f"sha1://{'0' * 40}?label=gone.png",
    )
    page = new_page(hosted.portal)
    page.open(asset, GROUP, "own")
    expect_picture(page, "own.png", 101)
    for name, width in (("signed.png", 102), ("drawn.svg", 103), ("open.png", 104), ("kachery.png", 105)):
        page.figure.get_by_role("link", name="Next figure").click()
        expect_picture(page, name, width)
    page.figure.get_by_role("link", name="Next figure").click()
    expect(page.stage.locator("video")).to_have_js_property("videoWidth", 400)
    page.move(asset, GROUP, "chart")
    expect(page.figure.locator(".vega-embed canvas, .vega-embed svg").first).to_be_visible()
    witness.forgive("404 (Not Found)")
    page.move(asset, GROUP, "gone")
    expect(page.figure).to_contain_text("gone.png is missing: Kachery has no file")


def test_a_page_that_is_left_open_still_shows_its_figures(hosted: Hosted, new_page: Callable[..., PortalPage]) -> None:
    for number in range(1, 5):
        hosted.s3.put("listed", f"figure{number}.png", png(200 + number))
    asset = hosted.asset(**{f"m{number}": f"s3://listed/figure{number}.png" for number in range(1, 5)})
    page = new_page(hosted.portal, alone=True).open(asset, GROUP, "m1")
    expect_picture(page, "figure1.png", 201)
    page.mark_session()
    # The next two are fetched ahead, by addresses that the clock would make invalid on their way.
    wait_for(
        page.page, lambda: all(hosted.has_sent(f"figure{number}.png") for number in (1, 2, 3)), "not fetched ahead"
    )
    hosted.later(2)
    forget(page.page)
    for direction, numbers in (("Next figure", (2, 3, 4)), ("Previous figure", (3, 2, 1))):
        for number in numbers:
            page.figure.get_by_role("link", name=direction).click()
            expect_picture(page, f"figure{number}.png", 200 + number)
    assert page.is_same_session()
    assert {one.status for one in hosted.s3.asked} == {200, 206}  # how a PNG begins is read by its range


def test_the_browser_loads_a_figure_once(hosted: Hosted, new_page: Callable[..., PortalPage]) -> None:
    hosted.s3.put("listed", "once.png", png(300))
    page = new_page(hosted.portal).open(hosted.asset(once="s3://listed/once.png"), GROUP, "once")
    expect_picture(page, "once.png", 300)
    hosted.s3.asked.clear()
    page.reload()
    expect_picture(page, "once.png", 300)
    assert hosted.s3.list_requests("once.png") == []
