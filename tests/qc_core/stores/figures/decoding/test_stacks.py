"""TIFF with several pages: one of them by its number, or the maximum of several, reading no others."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from qc_core.errors import ReferenceUnreadable
from qc_core.stores.figures.conversions import MAX_WINDOW, Conversions
from qc_core.stores.figures.decoding import stacks
from qc_core.stores.figures.decoding.sources import LocalSource
from qc_core.stores.figures.decoding.stacks import Pages

PAGES = np.zeros((9, 20, 30), np.uint16)
for _number in range(9):
    PAGES[_number, _number, :] = 100 * (_number + 1)


@pytest.fixture
def conversions(tmp_path: Path) -> Conversions:
    return Conversions(tmp_path / "converted")


def rows_lit(conversions: Conversions, path: Path, first: int, window: int = 1) -> tuple[list[int], Any]:
    """The rows of the picture that are not black, and what was done."""
    made = conversions.png(path, 0, 100, pages=(first, window))
    return [int(row) for row in np.flatnonzero(np.asarray(Image.open(made.path)).any(axis=1))], made.facts


@pytest.mark.parametrize("compression", [None, "zlib"])
def test_a_page_is_drawn_by_its_number(conversions: Conversions, tmp_path: Path, compression: str | None) -> None:
    path = tmp_path / "stack.tif"
    tifffile.imwrite(path, PAGES, compression=compression, photometric="minisblack")
    assert rows_lit(conversions, path, 0)[0] == [0]
    rows, facts = rows_lit(conversions, path, 6)
    assert rows == [6] and (facts["pages"], facts["first"], facts["window"]) == (9, 6, 1)
    assert facts["bits"] == "16-bit" and facts["top"] == 700
    assert rows_lit(conversions, path, 99)[0] == [8], "after the last page comes none"


def test_the_maximum_of_a_window_is_drawn(conversions: Conversions, tmp_path: Path) -> None:
    path = tmp_path / "stack.tif"
    tifffile.imwrite(path, PAGES, photometric="minisblack")
    rows, facts = rows_lit(conversions, path, 2, 3)
    assert rows == [2, 3, 4] and (facts["first"], facts["window"], facts["top"]) == (2, 3, 500)
    assert rows_lit(conversions, path, 7, 50)[0] == [7, 8]


def test_pages_of_a_file_that_only_pillow_reads_are_shown(conversions: Conversions, tmp_path: Path) -> None:
    path = tmp_path / "colours.tif"
    frames = [Image.new("RGB", (30, 20), (40 * number, 0, 0)) for number in range(5)]
    frames[0].save(path, save_all=True, append_images=frames[1:], compression="tiff_lzw")
    made = conversions.png(path, pages=(3, 1))
    assert Image.open(made.path).getpixel((0, 0)) == (120, 0, 0) and made.facts["first"] == 3
    assert Image.open(conversions.png(path, pages=(1, 3)).path).getpixel((0, 0)) == (120, 0, 0)


def test_pages_that_differ_in_size_have_no_maximum(conversions: Conversions, tmp_path: Path) -> None:
    path = tmp_path / "odd.tif"
    with tifffile.TiffWriter(path) as out:
        for side in (20, 20, 30):
            out.write(np.ones((side, side), np.uint16), contiguous=False)
    assert conversions.png(path, pages=(2, 1)).facts["width"] == 30
    with pytest.raises(ReferenceUnreadable, match="differ in size"):
        conversions.png(path, pages=(1, 2))


def test_a_page_of_a_large_file_takes_a_small_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "large.tif"  # 2.1 GB that take 2 MB on the disk
    tifffile.memmap(path, shape=(4000, 512, 512), dtype="uint16", bigtiff=True)[3000] = 5
    before = bytes_read()
    found = stacks.read_stack(LocalSource(str(path)), Pages(3000), 10**8)
    assert found is not None and found.number == 4000 and found.values.max() == 5
    assert bytes_read() - before < 20_000_000


def bytes_read() -> int:
    counts = Path("/proc/self/io")
    return int(counts.read_text().split()[1]) if counts.exists() else 0


def test_one_page_or_no_tiff_is_no_stack(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "one.tif", PAGES[0])
    Image.new("L", (4, 3)).save(tmp_path / "a.png")
    (tmp_path / "cut.tif").write_bytes(b"II*\0\x08\0\0\0")
    for name in ("one.tif", "a.png", "cut.tif"):
        assert stacks.read_stack(LocalSource(str(tmp_path / name)), Pages(), 10**8) is None


@given(st.integers(-5, 10**9), st.integers(-5, 10**9), st.integers(0, 5000))
def test_wanted_pages_are_always_some_that_are_there(first: int, window: int, number: int) -> None:
    found = Pages(first, window).of(number)
    assert 1 <= len(found) <= MAX_WINDOW == stacks.MAX_WINDOW
    assert found.start >= 0 and found.stop <= max(number, 1)
