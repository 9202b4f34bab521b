"""Makes one PNG of one picture, in a process of its own that may be killed: `python converting.py JSON`.

It is started as a script, so it imports nothing of ours; what it is told and what it answers are one JSON object
each. Memory is limited for the whole process, pixels before anything is unpacked.
"""

import json
import sys
from typing import Any

STRETCHED = ("I;16", "I;16B", "I;16L", "I;16N", "I", "F")
"""Pillow's modes of greyscale with more than 8 bits."""
_ROWS = 512
_SAMPLE = 4_000_000


class Unreadable(Exception):
    """The picture cannot be converted; the message is a sentence for people."""


def convert(source: str, target: str, low: float, high: float, most_pixels: int, shown_pixels: int) -> dict[str, Any]:
    """Write the first page of `source` to `target` as an 8-bit PNG, and tell what was done.

    Greyscale of more than 8 bits is stretched from the `low`th to the `high`th percentile of its values; anything
    else keeps its colours. Above `shown_pixels` it is made smaller by a whole factor. Raises Unreadable.
    """
    from PIL import Image, UnidentifiedImageError  # heavy, like everything below

    Image.MAX_IMAGE_PIXELS = None  # ours is checked below, with a sentence of its own
    try:
        try:
            picture, facts = _by_pillow(source, low, high, most_pixels)
        except UnidentifiedImageError:
            picture, facts = _by_tifffile(source, low, high, most_pixels)
        width, height = picture.size
        factor = 1
        while (width // factor) * (height // factor) > shown_pixels:
            factor += 1
        (picture.reduce(factor) if factor > 1 else picture).save(target, format="PNG", compress_level=1)
    except MemoryError as error:
        raise Unreadable("It needs more memory than a conversion may take.") from error
    except (OSError, ValueError, TypeError, SyntaxError, EOFError, LookupError, OverflowError) as error:
        raise Unreadable(f"It is damaged or cut short ({type(error).__name__}).") from error
    return facts | {"width": width, "height": height, "factor": factor}


def _by_pillow(source: str, low: float, high: float, most_pixels: int) -> tuple[Any, dict[str, Any]]:
    """Pillow reads what is compressed (LZW, deflate, zstd, JPEG), and all colours."""
    from PIL import Image

    with Image.open(source) as opened:
        _check_size(*opened.size, most_pixels)
        facts = {"pages": getattr(opened, "n_frames", 1), "stretched": False}
        opened.seek(0)
        opened.load()
        if opened.mode in STRETCHED:
            import numpy as np

            picture, stretch = _stretched(np.asarray(opened), low, high)
            return picture, facts | stretch
        kept = {"1": "L", "L": "L", "LA": "RGBA", "PA": "RGBA", "RGBA": "RGBA"}
        return opened.convert(kept.get(opened.mode, "RGB")), facts


def _by_tifffile(source: str, low: float, high: float, most_pixels: int) -> tuple[Any, dict[str, Any]]:
    """tifffile reads number formats that Pillow does not know, such as 64-bit floats."""
    import tifffile

    try:
        with tifffile.TiffFile(source) as file:
            page: Any = file.pages[0]
            _check_size(page.imagewidth, page.imagelength, most_pixels)
            values = page.asarray()
            pages = len(file.pages)
    except tifffile.TiffFileError as error:
        raise Unreadable("It is not a picture in a form that the portal can read, or it is damaged.") from error
    if values.ndim != 2 or values.dtype.kind not in "iuf":
        raise Unreadable(f"Its first page holds values of shape {values.shape} ({values.dtype}), which are no picture.")
    picture, stretch = _stretched(values, low, high)
    return picture, {"pages": pages} | stretch


def _check_size(width: int, height: int, most_pixels: int) -> None:
    if width * height > most_pixels:
        raise Unreadable(f"It has {width} × {height} pixels, more than the portal converts.")


def _stretched(values: Any, low: float, high: float) -> tuple[Any, dict[str, Any]]:
    """An array of numbers as a picture in 8 bits, and the values that became black and white."""
    import numpy as np
    from PIL import Image

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
    import numpy as np

    counts = np.zeros(65536, np.int64)
    offset = 32768 if values.dtype.kind == "i" else 0
    for start in range(0, values.shape[0], _ROWS):
        rows = values[start : start + _ROWS].astype(np.int32).ravel() + offset
        counts += np.bincount(rows, minlength=65536)
    reached = np.cumsum(counts)
    at = [int(np.searchsorted(reached, max(1, np.ceil(share / 100 * reached[-1])))) for share in (low, high)]
    return float(at[0] - offset), float(at[1] - offset)


def _limit_memory(most_bytes: int) -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
    except (ImportError, ValueError, OSError):  # not on every system; the limit on pixels holds everywhere
        return


def main() -> int:
    """Read what to do from the one argument, write what was done to the standard output."""
    told = json.loads(sys.argv[1])
    _limit_memory(told.pop("most_bytes"))
    try:
        answer = convert(**told)
    except Unreadable as error:
        answer = {"problem": str(error)}
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
