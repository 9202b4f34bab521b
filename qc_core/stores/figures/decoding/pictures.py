"""The one module that opens pictures: only formats on a list, pixels counted before anything is unpacked.

Each task makes what the portal shows of a picture: one PNG, or the two pictures of a pair in raw colours.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from qc_core.stores.figures.decoding.arrays import read_array
from qc_core.stores.figures.decoding.sources import FigureSource, open_source
from qc_core.stores.figures.decoding.stacks import Pages, Stack, read_maximum, read_stack
from qc_core.stores.figures.decoding.undecodable import TooManyPixels, Undecodable, check_size

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
"""What Pillow may try. It knows many more: for PostScript it starts another program, which runs the file."""
STRETCHED = ("I;16", "I;16B", "I;16L", "I;16N", "I", "F")
"""Pillow's modes of greyscale with more than 8 bits."""
TALLEST, MAX_FITTED = 20_000, 8_000_000
"""Rows, and pixels, of one picture of a pair as it is sent."""
_EIGHT_BITS = {"1": "L", "L": "L", "LA": "RGBA", "PA": "RGBA", "RGBA": "RGBA"}
_DAMAGE = (OSError, ValueError, TypeError, SyntaxError, EOFError, LookupError, OverflowError)
"""What Pillow and tifffile raise for a file that is damaged."""
_ORIENTATION = 0x0112
"""The tag of EXIF for how a picture is to be turned."""
_ROWS = 512
_SAMPLE = 4_000_000


@contextmanager
def opened(source: Any, most_pixels: int) -> Iterator[Image.Image]:
    """A picture whose pixels are counted and not yet decoded. Raises UnidentifiedImageError where it is none."""
    Image.MAX_IMAGE_PIXELS = None  # ours is checked here, with a sentence of its own
    with Image.open(source, formats=FORMATS) as picture:
        check_size(*picture.size, most_pixels)
        yield picture


def write_png(
    source: str | dict[str, Any],
    target: str,
    low: float,
    high: float,
    most_pixels: int,
    shown_pixels: int,
    first: int = 0,
    window: int = 1,
    array: str = "",
) -> dict[str, Any]:
    """Write a page of `source` to `target` as an 8-bit PNG, and report what was done.

    It is the page `first`, counted from 0, or the last; of a stack `window` pages from there, as their maximum. No
    other page is read. `array` names one of several in a file or a Zarr folder, "" for the usual one. Greyscale of more
    than 8 bits is stretched from the `low`th to the `high`th percentile of its values; anything else keeps its colours.
    Above `shown_pixels` it is made smaller by a whole factor. Raises Undecodable.
    """
    with _damage_reported():
        wanted = Pages(first, window)
        picture, facts = _read_pages(open_source(source), low, high, most_pixels, wanted, array=array)
        width, height = picture.size
        factor = 1
        while (width // factor) * (height // factor) > shown_pixels:
            factor += 1
        _reduce(picture, factor, _EIGHT_BITS.get(picture.mode, "RGB")).save(target, format="PNG", compress_level=1)
    del facts["orientation"]
    return facts | {"width": width, "height": height, "factor": factor}


def write_pair(
    sources: Sequence[str], target: str, width: int, low: float, high: float, most_pixels: int
) -> dict[str, Any]:
    """Write pictures, one after the other, to `target` as raw RGB of one size, which the answer holds.

    That is `width` and the shape of the first; the others are fitted into it without distortion, on white. Of a very
    tall one fewer pixels are made. Deep greyscale is stretched as in `write_png`. Raises Undecodable.
    """
    size: tuple[int, int] | None = None
    with Path(target).open("wb") as out:
        for source in sources:
            try:
                with _damage_reported():
                    picture = _on_white(source, width, low, high, most_pixels)
                    size = size or _fit_size(picture.size, width)
                    out.write(ImageOps.pad(picture, size, color="white").tobytes())
            except TooManyPixels as error:
                raise Undecodable(f"One of the two pictures is too large to compare here. {error}") from error
            except Undecodable as error:
                raise Undecodable(f"One of the two pictures cannot be read. {error}") from error
    return {"size": size}


def write_thumbnail(
    source: str, target: str, width: int, height: int, low: float, high: float, most_pixels: int
) -> dict[str, Any]:
    """Write the first page of `source` to `target` as a JPEG that fits into `width` and `height`, on white.

    It keeps its shape, and is never enlarged. Deep greyscale is stretched as in `write_png`. Raises Undecodable.
    """
    with _damage_reported():
        picture = _on_white(source, width, low, high, most_pixels)
        picture.thumbnail((width, height))
        picture.save(target, format="JPEG", quality=82)
    return {"width": picture.width, "height": picture.height}


@contextmanager
def _damage_reported() -> Iterator[None]:
    try:
        yield
    except UnidentifiedImageError as error:
        raise Undecodable("It is not a picture in a form that the portal can read, or it is damaged.") from error
    except _DAMAGE as error:
        raise Undecodable(f"It is damaged or cut short ({type(error).__name__}).") from error


def _read_pages(
    source: FigureSource,
    low: float,
    high: float,
    most_pixels: int,
    wanted: Pages,
    draft: int | None = None,
    array: str = "",
) -> tuple[Image.Image, dict[str, Any]]:
    """The picture, decoded, and stretched where it is deep greyscale; and what there is to report of it.

    Of a JPEG no more has to be decoded than `draft` pixels in width need.
    """
    try:
        stacked = _read_stack(source, low, high, most_pixels, wanted, array)
        return stacked or _by_pillow(source, low, high, most_pixels, wanted, draft)
    except UnidentifiedImageError:
        return _by_tifffile(source, low, high, most_pixels, wanted)


def _read_stack(
    source: FigureSource, low: float, high: float, most_pixels: int, wanted: Pages, array: str
) -> tuple[Image.Image, dict[str, Any]] | None:
    """Pages of a greyscale TIFF, or slices of an array; None for any other file, and for what only Pillow decompresses.

    tifffile finds a page of thousands by its number, where Pillow reads the head of each page before it.
    """
    if source.is_folder:
        from qc_core.stores.figures.decoding.zarrs import read_zarr

        stack: Stack | None = read_zarr(source, wanted, most_pixels, array)
    else:
        stack = read_array(source, wanted, most_pixels, array) or read_stack(source, wanted, most_pixels)
    if stack is None:
        return None
    values, numbers = stack.values, stack.pages
    facts: dict[str, Any] = {"array": stack.array} if stack.array else {}
    facts |= {"arrays": stack.arrays} if stack.arrays else {}
    facts |= {"pages": stack.number, "orientation": 1, "first": numbers.start, "window": len(numbers)}
    if values.dtype == np.uint8:
        return Image.fromarray(values), facts | {"stretched": False}
    picture, stretch = _stretch(values, low, high)
    return picture, facts | stretch


def _by_pillow(
    source: FigureSource, low: float, high: float, most_pixels: int, wanted: Pages, draft: int | None
) -> tuple[Image.Image, dict[str, Any]]:
    """Pillow reads what is compressed (LZW, deflate, zstd, JPEG), and all colours."""
    with source.open() as file, opened(file, most_pixels) as picture:
        facts = {"pages": getattr(picture, "n_frames", 1), "stretched": False, "orientation": 1}
        if draft and picture.format == "JPEG":
            picture.draft("RGB", (draft, draft))
        if picture.format != "TIFF":  # an animation is not a stack
            picture.seek(0)
            picture.load()
            facts["orientation"] = picture.getexif().get(_ORIENTATION, 1)
            if picture.mode not in STRETCHED:
                return picture, facts
            shown, stretch = _stretch(np.asarray(picture), low, high)
            return shown, facts | stretch
        numbers = wanted.of(facts["pages"])
        facts |= {"first": numbers.start, "window": len(numbers)}
        picture.seek(numbers.start)
        check_size(*picture.size, most_pixels)
        picture.load()
        if picture.mode not in STRETCHED and len(numbers) == 1:
            return picture, facts
        mode, values = picture.mode, np.asarray(picture)
        for number in numbers[1:]:
            picture.seek(number)
            check_size(*picture.size, most_pixels)
            if picture.mode != mode or picture.size != values.shape[1::-1]:
                raise Undecodable("Its pages differ in size or kind, so they have no maximum.")
            values = np.maximum(values, np.asarray(picture))
        if mode not in STRETCHED:
            return Image.fromarray(values), facts
        shown, stretch = _stretch(values, low, high)
        return shown, facts | stretch


def _by_tifffile(
    source: FigureSource, low: float, high: float, most_pixels: int, wanted: Pages
) -> tuple[Image.Image, dict[str, Any]]:
    """tifffile reads number formats that Pillow does not know, such as 64-bit floats."""
    import tifffile

    try:
        with source.open() as opened_file, tifffile.TiffFile(opened_file) as file:
            pages = len(file.pages)
            numbers = wanted.of(pages)
            values = read_maximum(file, numbers, most_pixels)
    except tifffile.TiffFileError as error:
        raise Undecodable("It is not a picture in a form that the portal can read, or it is damaged.") from error
    if values.ndim != 2 or values.dtype.kind not in "iuf":
        raise Undecodable(
            f"Its first page holds values of shape {values.shape} ({values.dtype}), which are not a picture."
        )
    picture, stretch = _stretch(values, low, high)
    return picture, {"pages": pages, "orientation": 1, "first": numbers.start, "window": len(numbers)} | stretch


def _on_white(source: str, width: int, low: float, high: float, most_pixels: int) -> Image.Image:
    """A picture in RGB, turned by its EXIF, made smaller by a whole factor where it is far wider than `width`.

    What is see-through is white.
    """
    picture, facts = _read_pages(open_source(source), low, high, most_pixels, Pages(), draft=width)
    factor = max(1, min(picture.size) // (2 * width))
    small = _reduce(picture, factor, "RGBA")
    if facts["orientation"] != 1:  # browsers turn pictures by it too
        small.getexif()[_ORIENTATION] = facts["orientation"]
        small = ImageOps.exif_transpose(small)
    background = Image.new("RGBA", small.size, "white")
    background.alpha_composite(small)
    return background.convert("RGB")


def _fit_size(size: tuple[int, int], width: int) -> tuple[int, int]:
    """`width` and the height that keeps the shape; fewer pixels of one that is so tall that they would be too many."""
    shape = size[1] / size[0]
    width = min(width, max(1, int((MAX_FITTED / shape) ** 0.5)), max(1, int(TALLEST / shape)))
    return width, min(TALLEST, max(1, round(width * shape)))


def _reduce(picture: Image.Image, factor: int, mode: str) -> Image.Image:
    """In another mode and smaller by a whole factor; a strip at a time, since whole it would be there several times."""
    if factor == 1:
        return picture if picture.mode == mode else picture.convert(mode)
    width, height = picture.size
    rows = factor * max(1, _ROWS // factor)
    made = Image.new(mode, (ceil(width / factor), ceil(height / factor)))
    for top in range(0, height, rows):
        strip = picture.crop((0, top, width, min(height, top + rows))).convert(mode)
        made.paste(strip.reduce(factor), (0, top // factor))
    return made


def _stretch(values: Any, low: float, high: float) -> tuple[Image.Image, dict[str, Any]]:
    """An array of numbers as a picture in 8 bits, and the values that became black and white."""
    kind, depth = values.dtype.kind, 8 * values.itemsize
    if kind in "iu" and depth == 16:
        bottom, top = _percentiles_of_counts(values, low, high)
    else:
        step = max(1, int((values.size / _SAMPLE) ** 0.5))
        some = values[::step, ::step]
        some = some[np.isfinite(some)].astype(np.float64)
        bottom, top = (float(value) for value in np.percentile(some, [low, high])) if some.size else (0.0, 0.0)
    out = np.zeros(values.shape, np.uint8)
    odd = 0
    for start in range(0, values.shape[0], _ROWS):
        rows = values[start : start + _ROWS].astype(np.float64)
        known = np.isfinite(rows)
        odd += int(rows.size - np.count_nonzero(known))
        rows[~known] = bottom
        scaled = (rows - bottom) * (255.0 / (top - bottom)) if top > bottom else np.where(rows > bottom, 255.0, 0.0)
        out[start : start + _ROWS] = np.clip(np.rint(scaled), 0, 255)
    done = {"stretched": True, "bits": f"{depth}-bit{' float' if kind == 'f' else ''}", "odd": odd}
    return Image.fromarray(out), done | {"bottom": bottom, "top": top, "low": low, "high": high}


def _percentiles_of_counts(values: Any, low: float, high: float) -> tuple[float, float]:
    """Exact percentiles (the nearest value below) of 16-bit values, without sorting them."""
    counts = np.zeros(65536, np.int64)
    offset = 32768 if values.dtype.kind == "i" else 0
    for start in range(0, values.shape[0], _ROWS):
        rows = values[start : start + _ROWS].astype(np.int32).ravel() + offset
        counts += np.bincount(rows, minlength=65536)
    reached = np.cumsum(counts)
    at = [int(np.searchsorted(reached, max(1, np.ceil(share / 100 * reached[-1])))) for share in (low, high)]
    return float(at[0] - offset), float(at[1] - offset)
