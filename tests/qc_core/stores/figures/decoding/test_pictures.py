"""What is opened as a picture, and what is not: by a list of formats, and by the pixels that a header promises."""

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, UnidentifiedImageError

from qc_core.errors import ReferenceUnreadable
from qc_core.stores.figures.conversions import Conversions, Limits
from qc_core.stores.figures.decoding.pictures import FORMATS, opened
from qc_core.stores.figures.decoding.undecodable import TooManyPixels

LOOP = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n{ } loop\n"


@pytest.fixture
def conversions(tmp_path: Path) -> Conversions:
    return Conversions(tmp_path / "converted")


def picture(form: str) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(out, form)
    return out


def flat_png(side: int) -> bytes:
    """A black PNG of one bit a pixel, made without its pixels: 100 megapixels are 12 kB."""
    rows = b"\0" * ((side + 7) // 8 + 1)
    pack = zlib.compressobj(9)
    body = b"".join([*(pack.compress(rows) for _ in range(side)), pack.flush()])
    parts = (b"IHDR" + struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0), b"IDAT" + body, b"IEND")
    chunks = [struct.pack(">I", len(one) - 4) + one + struct.pack(">I", zlib.crc32(one)) for one in parts]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize("form", FORMATS)
def test_formats_on_the_list_are_opened(form: Any) -> None:
    with opened(picture(form), 12) as found:
        assert (found.format, found.size) == (form, (4, 3))


@pytest.mark.parametrize("form", ["EPS", "PPM", "ICO", "PCX", "TGA", "IM", "SGI", "PDF"])
def test_no_other_format_is_tried_whatever_pillow_knows(form: str) -> None:
    with pytest.raises(UnidentifiedImageError), opened(picture(form), 12):
        pass


def test_pixels_are_counted_before_any_is_decoded() -> None:
    with pytest.raises(TooManyPixels, match="4 × 3 pixels"), opened(picture("PNG"), 11):
        pass


@pytest.mark.parametrize("name", ["loop.png", "loop.tif", "loop.jpg"])
def test_postscript_is_no_picture_whatever_its_name(conversions: Conversions, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(LOOP)
    with pytest.raises(ReferenceUnreadable, match="not a picture in a form that the portal can read"):
        conversions.png(tmp_path / name)
    with pytest.raises(ReferenceUnreadable, match="One of the two pictures cannot be read"):
        conversions.pair(tmp_path / name, tmp_path / name, 200)


def test_a_pair_of_small_files_with_many_pixels_takes_little_memory(tmp_path: Path) -> None:
    for name in ("left.png", "right.png"):
        (tmp_path / name).write_bytes(flat_png(10_000))
        assert (tmp_path / name).stat().st_size < 20_000
    pair = Conversions(tmp_path / "c", Limits(memory=600 * 1024**2)).pair(
        tmp_path / "left.png", tmp_path / "right.png", 200
    )
    assert pair.size == (200, 200)
    assert pair.left == pair.right == b"\0" * 120_000


def test_a_pair_with_more_pixels_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(flat_png(40))
    with pytest.raises(ReferenceUnreadable, match=r"too large to compare here\. It has 40 × 40"):
        Conversions(tmp_path / "c", Limits(compared=1000)).pair(tmp_path / "a.png", tmp_path / "a.png", 200)


@pytest.mark.parametrize(("size", "fitted"), [((3, 900), (66, 19_800)), ((900, 3), (200, 1)), ((1, 1), (200, 200))])
def test_a_pair_of_any_shape_stays_within_bounds(
    conversions: Conversions, tmp_path: Path, size: Any, fitted: Any
) -> None:
    Image.new("L", size).save(tmp_path / "a.png")
    pair = conversions.pair(tmp_path / "a.png", tmp_path / "a.png", 200)
    assert pair.size == fitted
    assert len(pair.left) == len(pair.right) == 3 * fitted[0] * fitted[1]


def test_a_picture_is_turned_by_its_exif(conversions: Conversions, tmp_path: Path) -> None:
    turned = Image.new("RGB", (40, 20), "red")
    turned.getexif()[0x0112] = 6
    turned.save(tmp_path / "a.jpg", exif=turned.getexif())
    assert conversions.pair(tmp_path / "a.jpg", tmp_path / "a.jpg", 200).size == (200, 400)


def test_a_refusal_is_remembered_and_a_time_limit_is_not(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(LOOP)
    once = Conversions(tmp_path / "c")
    sentences = set()
    for _ in range(2):
        with pytest.raises(ReferenceUnreadable) as refused:
            once.png(tmp_path / "a.png")
        sentences.add(str(refused.value))
    assert len(sentences) == 1
    (tmp_path / "a.png").write_bytes(flat_png(40))
    assert once.png(tmp_path / "a.png").facts["width"] == 40
