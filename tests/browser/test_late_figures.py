"""Figures that are late, or are not what their name says: what stands in their place, and that they come after all."""

import json
from collections.abc import Callable

from playwright.sync_api import Route, expect

from tests.browser import pixels
from tests.browser.conftest import Witness
from tests.browser.portal_page import PortalPage
from tests.fakes.assets import Asset, document, metric

Make = Callable[..., Asset]
RED = (220, 30, 30)


def test_what_is_read_drawn_or_framed_says_so_in_time_too(new_page: Callable[..., PortalPage], made: Make) -> None:
    chart = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "mark": "point", "data": {"url": "b.csv"}}
    chart |= {"encoding": {"x": {"field": "x", "type": "quantitative"}}}
    files = {
        "a.csv": b"x,y\n1,2\n",
        "b.csv": b"x\n1\n",
        "a.html": b"<p>here</p>",
        "a.tif": pixels.plain(RED, form="TIFF"),
    }
    asset = made(
        document(metric("Read", reference="a.csv;a.html"), metric("Drawn", reference="a.tif;a.vl.json")),
        files | {"a.vl.json": json.dumps(chart).encode()},
    )
    page, other = new_page(alone=True), new_page(alone=True)
    held: list[Route] = []
    holds = [True]
    for one in (page, other):
        for what in ("excerpt/**", "page/**", "converted/**", "files/**/b.csv*"):
            one.page.route(f"**/{what}", lambda route: held.append(route) if holds else route.continue_())
    page.open(asset, metric="Read", group="probe=A")
    other.open(asset, metric="Drawn", group="probe=A")
    for one, name in ((page, "a.csv"), (page, "a.html"), (other, "a.tif"), (other, "a.vl.json")):
        expect(one.stage.get_by_role("alert").filter(has_text=f"{name} has not ")).to_contain_text("after 8 seconds")
    holds.clear()
    for route in held:
        route.continue_()
    expect(page.stage.get_by_role("cell", name="2")).to_be_visible()
    expect(page.stage.frame_locator("iframe").get_by_text("here")).to_be_visible()
    expect(other.picture("a.tif")).to_have_js_property("naturalWidth", 800)
    expect(other.figure.locator("svg.marks path[aria-roledescription=point]")).to_have_count(1)
    for one in (page, other):
        expect(one.stage.get_by_role("alert")).to_have_count(0)


def test_a_document_that_is_none_says_whom_that_concerns(page: PortalPage, made: Make, witness: Witness) -> None:
    files = {"words.pdf": b"<html>not here</html>", "broken.pdf": b"%PDF-1.4 and nothing more"}
    asset = made(document(*(metric(name, reference=name) for name in files)), files)
    for name in files:
        page.open(asset, "probe=A", name)
        said = page.stage.get_by_role("alert")
        expect(said).to_contain_text("it is no PDF, or is damaged. Tell whoever runs the pipeline")
        expect(said.get_by_role("button", name="Try again")).to_be_visible()
        expect(page.page.get_by_text("Invalid PDF file")).not_to_be_visible()
