"""The gallery's pictures and videos: the same field of cells in every format, small."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from demo.canvas import BLUE, blur, dice, figure, grey, save_drawing, save_photo, save_png, to_bytes
from demo.movies import save_gif, save_movie

HEIGHT, WIDTH = 240, 320


def cells(page: int = 0) -> np.ndarray:
    """A field of bright cells, from 0 to 1; other pages lie deeper and are darker."""
    rolled = dice("gallery", "cells", page)
    field = np.zeros((HEIGHT, WIDTH))
    for y, x, bright in zip(
        rolled.integers(0, HEIGHT, 60), rolled.integers(0, WIDTH, 60), rolled.uniform(0.4, 1, 60), strict=True
    ):
        field[y, x] = bright
    field = blur(field, 4.0)
    return (field / field.max()) * (1 - 0.25 * page)


def make(folder: Path) -> None:
    """Write all of them below `figures/`."""
    figures = folder / "figures"
    figures.mkdir(parents=True, exist_ok=True)
    field = cells()
    flat = grey(field)
    save_png(flat, figures / "cells.png", None)
    save_photo(flat, figures / "cells.jpg")
    save_photo(flat, figures / "cells.webp")
    flat.reduce(2).save(figures / "cells.bmp", format="BMP")
    frames = [np.roll(to_bytes(field)[::2, ::2], 4 * step, axis=1) for step in range(12)]
    save_gif(frames, figures / "cells.gif", 120, colours=12)
    for suffix in ("mp4", "webm", "mov", "avi"):
        save_movie(frames * 2, figures / f"video.{suffix}", 12, 34)
    _deep(figures, field)
    _draw(figures)


def _deep(figures: Path, field: np.ndarray) -> None:
    """What browsers cannot show: a camera with 12 bits, a map of correlations with gaps, colours in a TIFF."""
    counts = [np.round(200 + 3000 * cells(page)).astype(np.uint16) for page in range(3)]
    first, *others = [Image.fromarray(one) for one in counts]
    first.save(figures / "stack.tif", save_all=True, append_images=others, compression="tiff_lzw")
    Image.fromarray(counts[0]).save(figures / "raw16.png", format="PNG", compress_level=9)
    correlation = (2 * field[::2, ::2] - 1).astype(np.float32)
    correlation[:10, :10] = np.nan
    Image.fromarray(correlation).save(figures / "correlation.tiff", compression="tiff_adobe_deflate")
    overlay = np.stack([to_bytes(field), to_bytes(cells(1)), to_bytes(cells(2))], axis=-1)[::2, ::2]
    Image.fromarray(np.ascontiguousarray(overlay)).save(figures / "overlay.tif", compression="tiff_lzw")
    whole = (figures / "stack.tif").read_bytes()
    (figures / "damaged.tif").write_bytes(whole[: len(whole) // 12])


def _draw(figures: Path) -> None:
    time = np.linspace(0, 4, 160)
    for name in ("trace.svg", "report.pdf"):
        drawn = figure(6, 3.5)
        axes = drawn.subplots()
        axes.plot(time, np.sin(3 * time) * np.exp(-time / 3), color=BLUE)
        axes.set(title="Response to the stimulus", xlabel="time (s)", ylabel="dF/F")
        save_drawing(drawn, figures / name)
