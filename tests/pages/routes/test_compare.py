"""`/compare/`: the image-comparison component in a frame of its own, with nothing in it but two pictures."""

import base64
import io
import re
import zlib
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import numpy as np
import pytest
from PIL import Image

from pages.routes.compare import SCRIPT_HOST
from tests.fakes.assets import Asset, document, metric
from tests.fakes.portal import Portal

HOSTILE = "figures/')+alert('1 <b>#%41.png"
RED, BLUE = (200, 30, 30), (30, 30, 200)


def picture(size: tuple[int, int], colour: Any, form: str = "PNG", mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, form)
    return out.getvalue()


def ramp(form: str) -> bytes:
    """From dark to bright, with 16 bits of which only the lowest 11 are used: without a stretch it is black."""
    out = io.BytesIO()
    Image.fromarray(np.tile(np.arange(0, 2000, 5, dtype=np.uint16), (200, 1))).save(out, form)
    return out.getvalue()


@pytest.fixture(scope="module")
def _pictures() -> dict[str, bytes]:
    return {
        "wide.png": picture((400, 200), RED),
        HOSTILE: picture((100, 300), BLUE),
        "clear.png": picture((400, 200), (0, 0, 0, 0), mode="RGBA"),
        "deep.png": picture((20, 10), 40_000, mode="I;16"),
        "ramp.tif": ramp("TIFF"),
        "ramp.png": ramp("PNG"),
        "film.gif": picture((40, 20), 3, "GIF", "P"),
        "damaged.png": picture((400, 200), RED)[:80],
        "words.png": b"This is not a picture.",
        "loop.png": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n{ } loop\n",
        "plot.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "huge.png": _header_of_a_huge_picture(),
    }


def _header_of_a_huge_picture() -> bytes:
    """A picture whose head gives it 40,000 × 40,000 pixels; to unpack it would take gigabytes."""
    small = bytearray(picture((8, 8), 0, mode="L"))
    small[16:24] = (40_000).to_bytes(4, "big") * 2
    small[29:33] = zlib.crc32(bytes(small[12:29])).to_bytes(4, "big")
    return bytes(small)


@pytest.fixture
def asset(made: Callable[..., Asset], _pictures: dict[str, bytes]) -> Asset:
    return made(document(*(metric(name, reference=f"wide.png;{name}") for name in _pictures)), _pictures)


def pictures_in(page: str) -> list[Image.Image]:
    inside = re.findall(r"src: 'data:image/jpg;base64,([A-Za-z0-9+/=]+)'", page)
    return [Image.open(io.BytesIO(base64.b64decode(one))) for one in inside]


def near(pixel: Any, colour: Any) -> bool:
    return all(abs(one - other) < 12 for one, other in zip(pixel, colour, strict=True))


def test_the_frame_holds_both_pictures_at_the_width_asked_for(
    portal: Portal, asset: Asset, frame_of: Callable[..., str]
) -> None:
    answer = portal.ask(f"{frame_of(asset, 'wide.png', HOSTILE)}?width=300")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    left, right = pictures_in(answer.text)
    assert left.size == right.size == (300, 150)
    assert near(left.getpixel((5, 5)), RED)
    # The other one is tall: it is fitted in undistorted, on white.
    assert near(right.getpixel((150, 75)), BLUE)
    assert near(right.getpixel((5, 75)), (255, 255, 255))


def test_the_policy_lets_the_component_run_without_our_origin_and_load_its_script_alone(
    portal: Portal, asset: Asset, frame_of: Callable[..., str]
) -> None:
    policy = portal.ask(frame_of(asset, "wide.png", HOSTILE)).headers["content-security-policy"]
    assert policy == (
        f"default-src 'none'; script-src 'unsafe-inline' {SCRIPT_HOST}; style-src 'unsafe-inline' {SCRIPT_HOST}; "
        f"img-src data: {SCRIPT_HOST}; sandbox allow-scripts; frame-ancestors 'self'"
    )
    assert "allow-same-origin" not in policy


def test_no_address_but_the_scripts_own_and_no_word_of_the_data_is_in_the_frame(
    portal: Portal, asset: Asset, frame_of: Callable[..., str]
) -> None:
    page = portal.ask(frame_of(asset, "wide.png", HOSTILE)).text
    addresses = re.findall(r"(?:https?:)?//[a-z][\w.-]*\.[a-z]+[^\s\"'<>]*", page)
    assert addresses and all(address.startswith(f"{SCRIPT_HOST}/") for address in addresses)
    assert set(re.findall(r"label: '(.*)'", page)) == {""}
    assert "alert" not in page and "wide" not in page and asset.name not in page


@pytest.mark.parametrize(
    ("query", "width"),
    [
        ("?width=1", 200),
        ("?width=99999", 2000),
        ("", 700),
        ("?width=-5", 700),
        ("?width=1e3", 700),
        ("?width=999999999999", 700),
        ("?width=³", 700),
        ("?width=%27%3Balert(1)", 700),
    ],
)
def test_the_width_stays_within_bounds_whatever_is_asked(
    portal: Portal, asset: Asset, frame_of: Callable[..., str], query: str, width: int
) -> None:
    page = portal.ask(frame_of(asset, "wide.png", "wide.png") + quote(query, safe="?=%")).text
    assert [one.size for one in pictures_in(page)] == [(width, width // 2)] * 2
    assert "alert" not in page


@pytest.mark.parametrize(("asked", "step"), [(201, 300), (431, 500), (500, 500), (1999, 2000)])
def test_the_width_goes_in_steps_so_that_each_is_made_once(
    portal: Portal, asset: Asset, frame_of: Callable[..., str], asked: int, step: int
) -> None:
    page = portal.ask(f"{frame_of(asset, 'wide.png', HOSTILE)}?width={asked}").text
    assert {one.width for one in pictures_in(page)} == {step}


@pytest.mark.parametrize(("query", "at"), [("", 50), ("&at=0", 0), ("&at=37", 37), ("&at=1000", 100), ("&at=x", 50)])
def test_the_handle_begins_where_it_is_asked_for(
    portal: Portal, asset: Asset, frame_of: Callable[..., str], query: str, at: int
) -> None:
    page = portal.ask(f"{frame_of(asset, 'wide.png', HOSTILE)}?width=200{query}").text
    assert re.findall(r'startingPosition: "(.*)"', page) == [f"{at}%"]


def test_transparent_pictures_are_on_white_and_a_palette_keeps_its_colours(
    portal: Portal, asset: Asset, frame_of: Callable[..., str]
) -> None:
    page = portal.ask(f"{frame_of(asset, 'wide.png', 'clear.png')}?width=200").text
    assert near(pictures_in(page)[1].getpixel((100, 50)), (255, 255, 255))
    assert portal.ask(frame_of(asset, "wide.png", "film.gif")).status == 200


def test_a_picture_that_browsers_do_not_show_is_converted_for_the_frame_too(
    portal: Portal, asset: Asset, frame_of: Callable[..., str]
) -> None:
    left, right = pictures_in(portal.ask(f"{frame_of(asset, 'ramp.tif', 'ramp.png')}?width=200").text)
    for one in (left, right):
        levels = [one.getpixel((column, 50))[0] for column in (3, 100, 196)]
        assert levels[0] < 30 < 100 < levels[1] < 160 < 225 < levels[2]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("damaged.png", "One of the two pictures cannot be read."),
        ("words.png", "One of the two pictures cannot be read."),
        ("loop.png", "One of the two pictures cannot be read. It is not a picture in a form"),
        ("plot.svg", "One of the two pictures cannot be read."),
        ("huge.png", "One of the two pictures is too large to compare here."),
    ],
)
def test_a_picture_that_cannot_be_compared_is_reported_in_a_sentence(
    portal: Portal, asset: Asset, frame_of: Callable[..., str], name: str, words: str
) -> None:
    # After a first good pair, since the component lifts Pillow's own limit on the size of a picture.
    assert portal.ask(frame_of(asset, "wide.png", HOSTILE)).status == 200
    answer = portal.ask(frame_of(asset, "wide.png", name))
    assert answer.status == 404
    assert answer.text.startswith(words)
    assert answer.headers["content-type"].startswith("text/plain")


def test_only_figures_of_the_record_can_be_compared(
    portal: Portal, asset: Asset, made: Callable[..., Asset], frame_of: Callable[..., str]
) -> None:
    other = made(document(metric("other", reference="other.png")), {"other.png": picture((10, 10), RED)})
    for path in (
        frame_of(asset, "wide.png", "other.png"),
        frame_of(other, "wide.png", "other.png"),
        frame_of(asset, "wide.png", "wide.png").replace("/compare/", "/compare/x"),
    ):
        answer = portal.ask(path)
        assert answer.status == 404
        assert answer.text.endswith(".") and "<" not in answer.text


def test_a_picture_that_was_replaced_is_shown_as_it_is_now(
    portal: Portal, asset: Asset, frame_of: Callable[..., str]
) -> None:
    address = f"{frame_of(asset, 'wide.png', 'wide.png')}?width=200"
    assert near(pictures_in(portal.ask(address).text)[0].getpixel((9, 9)), RED)
    (asset.folder / "wide.png").write_bytes(picture((400, 200), BLUE))
    assert near(pictures_in(portal.ask(address).text)[0].getpixel((9, 9)), BLUE)
