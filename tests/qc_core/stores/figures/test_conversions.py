"""Real pictures, converted in real processes; percentiles are compared with numpy's."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from qc_core.errors import ReferenceUnreadable, StoreUnavailable
from qc_core.stores.figures.conversions import HEADER, Conversions, Limits, is_deep_grey_png

RAMP = np.arange(300 * 400, dtype=np.uint16).reshape(300, 400) // 2


@pytest.fixture
def converter(tmp_path: Path) -> Conversions:
    return Conversions(tmp_path / "converted")


def save_picture(path: Path, values: Any, **how: Any) -> Any:
    Image.fromarray(values).save(path, **how)
    return path


def pixels(converted: Any) -> Any:
    with Image.open(converted.path) as opened:
        assert opened.format == "PNG"
        return np.asarray(opened)


@pytest.mark.parametrize("compression", ["raw", "tiff_lzw", "tiff_adobe_deflate"])
def test_a_16_bit_tiff_is_stretched_between_its_percentiles(
    converter: Conversions, tmp_path: Path, compression: str
) -> None:
    made = converter.png(save_picture(tmp_path / "a.tif", RAMP, compression=compression), 10, 90)
    low, high = np.percentile(RAMP, [10, 90], method="inverted_cdf")
    assert (made.facts["bottom"], made.facts["top"]) == (low, high)
    expected = np.clip((RAMP.astype(float) - low) * 255 / (high - low), 0, 255)
    assert np.abs(pixels(made) - expected).max() <= 0.5 + 1e-6
    assert made.facts["bits"] == "16-bit"


def test_other_percentiles_give_another_picture(converter: Conversions, tmp_path: Path) -> None:
    source = save_picture(tmp_path / "a.tif", RAMP)
    assert not np.array_equal(pixels(converter.png(source, 0, 100)), pixels(converter.png(source, 20, 80)))


def test_the_first_page_is_shown_with_the_number_of_pages(converter: Conversions, tmp_path: Path) -> None:
    pages = [Image.fromarray(RAMP + step) for step in (0, 500, 900)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    made = converter.png(tmp_path / "a.tif", 0, 100)
    assert made.facts["pages"] == 3
    assert made.facts["bottom"] == 0


def test_numbers_that_are_none_are_black_and_counted(converter: Conversions, tmp_path: Path) -> None:
    values = RAMP.astype(np.float32)
    values[:2, :5] = np.nan
    values[2, 0] = np.inf
    made = converter.png(save_picture(tmp_path / "a.tiff", values))
    assert made.facts["odd"] == 11
    assert pixels(made)[:2, :5].max() == 0


@pytest.mark.parametrize("kind", [np.float64, np.float16, np.uint32, np.int16])
def test_formats_of_numbers_that_one_reader_lacks_are_read_by_the_other(
    converter: Conversions, tmp_path: Path, kind: Any
) -> None:
    import tifffile

    tifffile.imwrite(tmp_path / "a.tif", (RAMP // 8).astype(kind))
    made = converter.png(tmp_path / "a.tif")
    assert made.facts["stretched"]
    assert pixels(made).max() == 255


def test_colours_stay_as_they_are(converter: Conversions, tmp_path: Path) -> None:
    colours = np.stack([RAMP % 200, RAMP % 90, RAMP % 30], axis=-1).astype(np.uint8)
    made = converter.png(save_picture(tmp_path / "a.tif", colours))
    assert not made.facts["stretched"]
    assert np.array_equal(pixels(made), colours)


def test_a_picture_of_one_value_is_black(converter: Conversions, tmp_path: Path) -> None:
    assert pixels(converter.png(save_picture(tmp_path / "a.tif", np.full((9, 9), 700, np.uint16)))).max() == 0


def test_a_huge_picture_is_made_smaller_by_a_whole_factor(tmp_path: Path) -> None:
    made = Conversions(tmp_path / "c", Limits(shown=20_000)).png(save_picture(tmp_path / "a.tif", RAMP))
    assert made.facts["factor"] == 3
    assert pixels(made).shape == (100, 134)
    assert (made.facts["width"], made.facts["height"]) == (400, 300)


def test_it_is_made_once_and_again_when_the_file_changes(converter: Conversions, tmp_path: Path) -> None:
    source = save_picture(tmp_path / "a.tif", RAMP)
    first = converter.png(source)
    made_at = first.path.stat().st_ino
    assert converter.png(source).path.stat().st_ino == made_at
    save_picture(source, RAMP[:200])
    assert pixels(converter.png(source)).shape == (200, 400)


def test_the_cache_is_bounded_and_the_newest_stays(tmp_path: Path) -> None:
    converter = Conversions(tmp_path / "c", Limits(cached=1))
    for name in ("a.tif", "b.tif"):
        last = converter.png(save_picture(tmp_path / name, RAMP))
    assert [path.name for path in (tmp_path / "c").iterdir() if path.suffix == ".png"] == [last.path.name]
    assert len(list((tmp_path / "c").iterdir())) == 2


@pytest.mark.parametrize("content", [b"", b"hello", b"II*\x00\xff\xff\xff\xff", b"II*\x00\x08\x00\x00\x00\x01\x00"])
def test_a_damaged_file_is_reported(converter: Conversions, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.tif").write_bytes(content)
    with pytest.raises(ReferenceUnreadable, match=r"a\.tif cannot be shown"):
        converter.png(tmp_path / "a.tif")
    assert list((tmp_path / "converted").iterdir()) == []


def test_a_file_that_is_cut_short_is_reported(converter: Conversions, tmp_path: Path) -> None:
    whole = save_picture(tmp_path / "a.tif", RAMP, compression="tiff_lzw").read_bytes()
    (tmp_path / "a.tif").write_bytes(whole[: len(whole) // 3])
    with pytest.raises(ReferenceUnreadable, match="damaged or cut short"):
        converter.png(tmp_path / "a.tif")


def test_a_missing_file_is_reported(converter: Conversions, tmp_path: Path) -> None:
    with pytest.raises(ReferenceUnreadable, match=r"gone\.tif cannot be read"):
        converter.png(tmp_path / "gone.tif")


def test_too_many_pixels_are_refused_before_they_are_unpacked(tmp_path: Path) -> None:
    converter = Conversions(tmp_path / "c", Limits(pixels=1000))
    with pytest.raises(ReferenceUnreadable, match="400 × 300 pixels, more than"):
        converter.png(save_picture(tmp_path / "a.tif", RAMP))


def test_a_conversion_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    converter = Conversions(tmp_path / "c", Limits(seconds=0.001))
    with pytest.raises(ReferenceUnreadable, match="longer than"):
        converter.png(save_picture(tmp_path / "a.tif", RAMP))


def test_a_conversion_that_takes_too_much_memory_is_ended(tmp_path: Path) -> None:
    large = np.zeros((9000, 9000), np.uint16)
    converter = Conversions(tmp_path / "c", Limits(memory=300 * 1024**2))
    with pytest.raises(ReferenceUnreadable, match="more memory"):
        converter.png(save_picture(tmp_path / "a.tif", large, compression="tiff_adobe_deflate"))


def test_a_cache_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable, match="could not be kept"):
        Conversions(tmp_path / "file" / "c").png(save_picture(tmp_path / "a.tif", RAMP))


def test_the_head_of_a_png_shows_whether_it_has_16_bits(tmp_path: Path) -> None:
    assert is_deep_grey_png(save_picture(tmp_path / "a.png", RAMP).read_bytes()[:HEADER])
    assert not is_deep_grey_png(save_picture(tmp_path / "b.png", RAMP.astype(np.uint8)).read_bytes())
    assert not is_deep_grey_png(b"")
    assert not is_deep_grey_png(b"\x89PNG\r\n\x1a\n")


@pytest.mark.parametrize(
    ("size", "small"),
    [((840, 300), (420, 150)), ((100, 3000), (10, 300)), ((20, 10), (20, 10)), ((420, 300), (420, 300))],
)
def test_a_small_picture_keeps_its_shape_and_is_never_enlarged(
    converter: Conversions, tmp_path: Path, size: tuple[int, int], small: tuple[int, int]
) -> None:
    Image.new("RGB", size, "red").save(tmp_path / "a.png")
    made = converter.thumbnail(tmp_path / "a.png")
    with Image.open(made.path) as shown:
        assert (shown.format, shown.size) == ("JPEG", small)
    assert converter.get_kept_thumbnail(tmp_path / "a.png") == made


def test_a_small_picture_of_deep_greyscale_is_stretched_and_see_through_is_white(
    converter: Conversions, tmp_path: Path
) -> None:
    ramp = np.linspace(0, 900, 400 * 400).reshape(400, 400).astype(np.uint16)
    made = converter.thumbnail(save_picture(tmp_path / "a.tif", ramp))
    with Image.open(made.path) as shown:
        assert shown.getextrema()[0] == (0, 255)
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(tmp_path / "b.png")
    with Image.open(converter.thumbnail(tmp_path / "b.png").path) as shown:
        assert shown.getpixel((25, 25)) == (255, 255, 255)


def test_there_is_no_small_picture_of_a_damaged_file_or_of_too_many_pixels(tmp_path: Path) -> None:
    converter = Conversions(tmp_path / "kept", Limits(pixels=100))
    (tmp_path / "bad.png").write_bytes(b"no picture")
    Image.new("L", (20, 20)).save(tmp_path / "large.png")
    for name, why in (("bad.png", "damaged"), ("large.png", "more than the portal converts")):
        with pytest.raises(ReferenceUnreadable, match=why):
            converter.thumbnail(tmp_path / name)
    assert converter.get_kept_thumbnail(tmp_path / "none.png") is None
