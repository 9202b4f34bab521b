"""How every figure of the demo is drawn and saved, so that the same input gives the same bytes.

What would make them differ is fixed here: fonts (only the ones that come with matplotlib), the style, the metadata
(no dates, no software versions), and the compressor (Pillow's own zlib for PNG, none for PDF).
"""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("agg")

import numpy as np
from matplotlib import font_manager, rcdefaults, rcParams
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import TightLayoutEngine
from PIL import Image

BLUE, ORANGE, GREEN, RED, GREY = "#2f6db3", "#e08a1e", "#3a9a5b", "#c8372d", "#8a8f98"
SEED = 20260214

STYLE: dict[str, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "axes.titlesize": 11,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.8,
    "figure.dpi": 110,
    "legend.frameon": False,
    "legend.fontsize": 9,
    "lines.linewidth": 1.2,
    "svg.hashsalt": "qc-portal-demo",
    "svg.fonttype": "none",
    "pdf.compression": 0,
    "image.interpolation": "nearest",
}


def prepare() -> None:
    """Set the style and the fonts. A user's matplotlibrc and the fonts of the computer must not matter."""
    rcdefaults()
    rcParams.update(STYLE)
    own = str(Path(matplotlib.get_data_path()))
    font_manager.fontManager.ttflist = [font for font in font_manager.fontManager.ttflist if font.fname.startswith(own)]


def dice(*parts: object) -> np.random.Generator:
    """A random generator that depends on its name only, so that figures can be made in any order."""
    return np.random.default_rng([SEED, zlib.crc32("/".join(map(str, parts)).encode())])


def figure(width: float, height: float) -> Figure:
    """An empty figure; at 110 dots an inch, 12 inches are 1320 pixels."""
    return Figure(figsize=(width, height), layout=TightLayoutEngine(rect=None))  # a rectangle is measured twice


def picture(fig: Figure) -> Image.Image:
    """The figure as an RGB picture."""
    drawn = FigureCanvasAgg(fig)
    drawn.draw()
    return Image.fromarray(np.asarray(drawn.buffer_rgba())).convert("RGB")


def save_png(image: Figure | Image.Image, path: Path, colours: int | None = 128, refine: bool = False) -> None:
    """Save as PNG, with a palette of `colours` (None: as it is); `refine` keeps rare colours, and takes two seconds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    flat = picture(image) if isinstance(image, Figure) else image
    if colours is not None and flat.mode == "RGB":
        flat = flat.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE, kmeans=int(refine))
    flat.save(path, format="PNG", compress_level=6)


def save_photo(image: Figure | Image.Image, path: Path, quality: int = 82) -> None:
    """Save as JPEG or WebP, by the suffix."""
    path.parent.mkdir(parents=True, exist_ok=True)
    flat = picture(image) if isinstance(image, Figure) else image
    if path.suffix.lower() == ".webp":
        flat.save(path, format="WEBP", quality=quality, method=6)
    else:
        flat.save(path, format="JPEG", quality=quality, optimize=True)


def save_drawing(fig: Figure, path: Path) -> None:
    """Save as SVG or PDF, by the suffix, without dates and versions."""
    path.parent.mkdir(parents=True, exist_ok=True)
    nothing = {"Creator": None, "Producer": None, "CreationDate": None} if path.suffix == ".pdf" else {"Creator": None}
    if path.suffix == ".svg":
        nothing["Date"] = None
    fig.savefig(path, format=path.suffix[1:], metadata=nothing)


def grey(array: np.ndarray, low: float = 0.0, high: float = 1.0) -> Image.Image:
    """An array as a grey picture: `low` is black, `high` white."""
    return Image.fromarray(to_bytes(array, low, high))


def to_bytes(array: np.ndarray, low: float = 0.0, high: float = 1.0) -> np.ndarray:
    """Scale to 0–255."""
    return np.clip((array - low) / (high - low) * 255, 0, 255).round().astype(np.uint8)


def blur(array: np.ndarray, sigma: float) -> np.ndarray:
    """Gaussian blur of a picture or a trace (wraps round at the edges, which the demo never shows)."""
    result = array.astype(float)
    for axis in range(array.ndim):
        frequency = np.fft.fftfreq(array.shape[axis])
        shape = [1] * array.ndim
        shape[axis] = -1
        kernel = np.exp(-2 * (np.pi * sigma * frequency) ** 2).reshape(shape)
        result = np.fft.ifft(np.fft.fft(result, axis=axis) * kernel, axis=axis).real
    return result
