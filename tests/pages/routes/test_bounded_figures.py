"""Files that would hang the portal or a page, through the routes: refused in a sentence, and still to be had."""

import json
from collections.abc import Callable

import pytest

from qc_core.references.reference import AssetFile
from qc_core.references.shown import data_address, reference_digest
from tests.fakes.assets import Asset, document, metric
from tests.fakes.portal import Answer, Portal

HARMLESS = b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>'
LEVELS = "".join(f'<g id="g{at}">{f"<use href={chr(34)}#g{at - 1}{chr(34)}/>" * 10}</g>' for at in range(1, 10))
BOMB = f'<svg xmlns="http://www.w3.org/2000/svg"><rect id="g0"/>{LEVELS}</svg>'.encode()
CHART = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "data": {"url": "rows.csv"}, "mark": "bar"}
FILES = {
    "good.svg": HARMLESS,
    "bomb.SVG": BOMB,
    "loop.png": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n{ } loop\n",
    "chart.json": json.dumps(CHART).encode(),
    "rows.csv": b"x\n" + b"1\n" * 300_000,
}


@pytest.fixture
def asset(made: Callable[..., Asset]) -> Asset:
    return made(document(*(metric(name, reference=name) for name in FILES)), files=FILES)


def is_bomb_refused(answer: Answer) -> bool:
    return (
        answer.status,
        "as often as it is shown" in answer.text,
        answer.headers["content-type"].partition(";")[0],
    ) == (
        422,
        True,
        "text/plain",
    )


def test_a_harmless_svg_is_sent_as_it_is(portal: Portal, asset: Asset, address_of: Callable[[Asset, str], str]) -> None:
    answer = portal.ask(address_of(asset, "good.svg"))
    assert (answer.status, answer.body, answer.headers["content-type"]) == (200, HARMLESS, "image/svg+xml")


@pytest.mark.parametrize("how", ["image", "document", "empty", "iframe", "object"])
def test_an_svg_that_would_hang_a_page_is_refused_however_it_is_asked_for(
    portal: Portal, asset: Asset, address_of: Callable[[Asset, str], str], how: str
) -> None:
    assert is_bomb_refused(portal.ask(address_of(asset, "bomb.SVG"), headers={"Sec-Fetch-Dest": how}))
    assert is_bomb_refused(portal.ask(address_of(asset, "bomb.SVG"), headers={"Range": "bytes=0-0"}))


def test_it_can_be_downloaded_all_the_same(
    portal: Portal, asset: Asset, address_of: Callable[[Asset, str], str]
) -> None:
    answer = portal.ask(f"{address_of(asset, 'bomb.SVG')}?download")
    assert (answer.status, answer.body) == (200, BOMB)
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''bomb.SVG"


def test_postscript_named_png_is_not_decoded_by_any_route(
    portal: Portal, asset: Asset, address_of: Callable[[Asset, str], str], frame_of: Callable[..., str]
) -> None:
    converted = portal.ask(address_of(asset, "loop.png").replace("/files/", "/converted/"))
    compared = portal.ask(frame_of(asset, "loop.png", "loop.png"))
    for answer in (converted, compared):
        assert answer.status == 404
        assert "not a picture in a form that the portal can read" in answer.text


def test_a_table_with_too_many_rows_is_refused_with_the_reason(
    portal: Portal, asset: Asset, id_of: Callable[[Asset], str]
) -> None:
    address = data_address(AssetFile("rows.csv"), reference_digest("chart.json"), id_of(asset))
    answer = portal.ask(f"{address}?rows=")
    assert answer.status == 404
    assert answer.text.startswith("The table rows.csv cannot be drawn. It holds more than 200,000 rows")
    assert portal.ask(address).body == FILES["rows.csv"]
