"""Figures that are late, or not of the kind of their name: what is shown meanwhile, and that they come after all."""

import json
from collections.abc import Callable

from playwright.sync_api import Route, expect

from tests.browser import pixels
from tests.browser.conftest import Witness
from tests.browser.portal_page import PortalPage
from tests.fakes.assets import Asset, document, metric

Make = Callable[..., Asset]
RED = (220, 30, 30)


def test_late_files_and_frames_are_reported_in_time(new_page: Callable[..., PortalPage], made: Make) -> None:
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


def test_damaged_pdf_is_reported_with_whom_to_ask(page: PortalPage, made: Make, witness: Witness) -> None:
    files = {"words.pdf": b"<html>not here</html>", "broken.pdf": b"%PDF-1.4 and nothing more"}
    asset = made(document(*(metric(name, reference=name) for name in files)), files)
    for name in files:
        page.open(asset, "probe=A", name)
        alert = page.stage.get_by_role("alert")
        expect(alert).to_contain_text("it is not a PDF, or is damaged. Tell the people who run the pipeline")
        expect(alert.get_by_role("button", name="Try again")).to_be_visible()
        expect(page.page.get_by_text("Invalid PDF file")).not_to_be_visible()


def test_svg_that_would_hang_the_page_is_refused_and_can_be_downloaded(
    page: PortalPage, made: Make, witness: Witness
) -> None:
    witness.forgive("422")
    witness.forgive("404")
    shown = '<use href="#g{}"/>'
    groups = "".join(f'<g id="g{at}">{shown.format(at - 1) * 10}</g>' for at in range(1, 10))
    bomb = f'<svg xmlns="http://www.w3.org/2000/svg"><rect id="g0"/>{groups}</svg>'.encode()
    chart = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "mark": "bar", "data": {"url": "rows.csv"}}
    files = {"bomb.svg": bomb, "a.vl.json": json.dumps(chart).encode(), "rows.csv": b"x\n" + b"1\n" * 300_000}
    asset = made(document(metric("Drawing", reference="bomb.svg"), metric("Chart", reference="a.vl.json")), files)

    page.open(asset, "probe=A", "Drawing")
    alert = page.stage.get_by_role("alert")
    expect(alert).to_contain_text("The SVG bomb.svg is not drawn here. Drawing it takes more than 250,000 shapes")
    with page.page.expect_download() as download:
        alert.get_by_role("link", name="Download the file").click()
    assert download.value.path().read_bytes() == bomb

    page.open(asset, "probe=A", "Chart")
    expect(page.stage.get_by_role("alert")).to_contain_text("It holds more than 200,000 rows, too much for a chart.")
