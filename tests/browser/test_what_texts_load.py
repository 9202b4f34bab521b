"""Descriptions, Markdown figures and charts that name the portal's own addresses, looked at by somebody logged in."""

import io
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Locator, TimeoutError, expect

from qc_core.references.reference import AssetFile
from qc_core.references.shown import file_address
from qc_core.services import now
from qc_core.stores.folder.store import FolderStore
from tests.browser.pixels import repeat_until, wait_for
from tests.browser.portal_page import PortalPage
from tests.conftest import run_portal
from tests.fakes.assets import Asset, document, metric
from tests.fakes.login import cookie, settings
from tests.fakes.portal import Portal, free_port

LOGOUT = "/auth/logout"
VEGA_LITE = "https://vega.github.io/schema/vega-lite/v5.json"


def hostile_text(url: str) -> str:
    """Markdown that would load the logout in each way that Markdown has."""
    return "\n\n".join(
        [
            f"![a]({LOGOUT})",
            f"![b](<.{LOGOUT}?b>)",
            "![c](&#47;auth/logout?c)",
            "![d][ref] ![ref]",
            f"![e]({url}{LOGOUT}?e)",
            f"![`](https://example.org/ok.png)`]({LOGOUT}?f)",
            f"[![g](/view/..{LOGOUT}?g)](https://example.org/)",
            "![h](/healthz?h)",
            f"[out]({LOGOUT}) <{url}{LOGOUT}> {url}{LOGOUT}",
            f"[ref]: {LOGOUT}?ref",
            "The end of the text.",
        ]
    )


def tip(name: str, field: Any) -> dict[str, object]:
    """A chart of one large bar of that name, with its tooltip."""
    row = {"a": name, "n": 1, "image": f"{LOGOUT}?tip", "box": {"image": f"{LOGOUT}?box", "title": "Said"}}
    return {
        "$schema": VEGA_LITE,
        "data": {"values": [row]},
        "mark": {"type": "bar", "cursor": f"url({LOGOUT}?cursor), auto", "href": LOGOUT},
        "params": [{"name": "p", "value": "1", "bind": {"input": "image", "src": f"{LOGOUT}?bind"}}],
        "encoding": {"x": {"field": "a"}, "y": {"field": "n", "type": "quantitative"}, "tooltip": field},
    }


def move_onto(bar: Locator) -> None:
    """Move the pointer away and onto the bar: one that lies on it while it is drawn again is not noticed."""
    bar.page.mouse.move(0, 0)
    bar.hover()


def is_shown(alert: Locator) -> bool:
    """Whether it is shown within two seconds."""
    with suppress(TimeoutError):
        alert.wait_for(timeout=2_000)
    return alert.is_visible()


@pytest.fixture(scope="module")
def with_login(portal: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal with a login, over the shared one's assets and drafts."""
    port, log = free_port(), tmp_path_factory.mktemp("login") / "server.log"
    with run_portal(Portal(portal.assets, portal.state, log, port=port, more=settings(port))) as running:
        yield running


@pytest.fixture
def logged_in(with_login: Portal, new_page: Callable[..., PortalPage]) -> PortalPage:
    """A page of somebody who is logged in."""
    page = new_page(with_login)
    name, _, value = cookie(with_login.port).partition("=")
    page.page.context.add_cookies([{"name": name, "value": value, "url": page.portal.url}])
    return page


@pytest.fixture
def asked(logged_in: PortalPage) -> Iterator[list[str]]:
    """The paths of the portal that pictures and scripts of the page ask for."""
    paths: list[str] = []
    logged_in.page.context.on("request", lambda one: paths.append(urlsplit(one.url).path))
    yield paths
    assert LOGOUT not in paths and "/healthz" not in paths
    logged_in.page.reload()
    expect(logged_in.page.locator(".st-key-qc-top")).to_contain_text("Signing as Ada Lovelace")


def test_description_loads_figures_only_and_logs_nobody_out(
    logged_in: PortalPage, asked: list[str], made: Callable[..., Asset], portal: Portal
) -> None:
    picture = io.BytesIO()
    Image.new("L", (2, 2)).save(picture, "png")
    asset = made(document(metric("Plain"), metric("Drift", reference="a.png")), files={"a.png": picture.getvalue()})
    (record_id,) = FolderStore(portal.assets, now).find_ids(asset.name)
    figure = file_address(AssetFile("a.png"), record_id)
    shown = asset.document()
    shown["metrics"][0]["description"] = f"{hostile_text(logged_in.portal.url)}\n\n![kept]({figure})"
    asset.rewrite(shown)
    logged_in.open(asset, "probe=A", "Plain")
    card = logged_in.card("Plain").box
    expect(card).to_contain_text("The end of the text.")
    pictures = card.locator("img")
    expect(card.get_by_alt_text("kept")).to_be_attached()
    sources = pictures.evaluate_all("all => all.map((one) => one.getAttribute('src'))")
    assert sources == ["https://example.org/ok.png", figure]
    assert card.locator('a[href*="logout"]').count() == 0
    wait_for(logged_in.page, lambda: figure in asked, "the figure is not asked for")


def test_markdown_figure_loads_figures_only_and_logs_nobody_out(
    logged_in: PortalPage, asked: list[str], made: Callable[..., Asset]
) -> None:
    text = hostile_text(logged_in.portal.url)
    asset = made(document(metric("Text", reference="a.md")), files={"a.md": text.encode()})
    logged_in.open(asset, "probe=A", "Text")
    expect(logged_in.figure).to_contain_text("The end of the text.")
    assert logged_in.figure.locator('a[href*="logout"]').count() == 0


def test_charts_show_no_picture_lead_nowhere_and_one_of_pictures_has_the_reason(
    logged_in: PortalPage, asked: list[str], made: Callable[..., Asset]
) -> None:
    pictures = {
        "$schema": VEGA_LITE,
        "data": {"values": [{"u": LOGOUT}]},
        "mark": "image",
        "encoding": {"url": {"field": "u"}},
    }
    tips: dict[str, Any] = {
        "text": {"field": "image"},
        "box": {"field": "box"},
        "list": [{"field": "image"}, {"field": "a"}],
    }
    specs = {name: tip(name, field) for name, field in tips.items()} | {"pictures": pictures}
    asset = made(
        document(*(metric(name, reference=f"{name}.vl.json") for name in specs)),
        files={f"{name}.vl.json": json.dumps(spec).encode() for name, spec in specs.items()},
    )
    logged_in.open(asset, "probe=A", "text")
    bar = logged_in.figure.locator("path[aria-roledescription=bar]")
    alert = logged_in.page.locator("#vg-tooltip-element.visible")
    for name in tips:
        if name != "text":
            logged_in.move(asset, "probe=A", name)
        expect(logged_in.figure.locator("svg.marks")).to_contain_text(name)
        expect(bar).to_be_visible()
        repeat_until(logged_in.page, lambda: move_onto(bar), lambda: is_shown(alert), "the chart shows no tooltip")
        assert alert.locator("img").count() == 0
        bar.click()
        assert logged_in.page.url.startswith(f"{logged_in.portal.url}/view")
        assert logged_in.figure.locator('input[type="image"]').count() == 0
        logged_in.page.mouse.move(0, 0)
        expect(alert).to_have_count(0)
    logged_in.move(asset, "probe=A", "pictures")
    expect(logged_in.stage).to_contain_text("This chart draws pictures")
    assert logged_in.figure.get_by_test_id("stVegaLiteChart").count() == 0
