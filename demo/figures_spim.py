"""Figures of a light-sheet pipeline: stitching, registration to the atlas, cells by region."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

from demo.brain import HEIGHT, REGIONS, WIDTH, grid, inside, outline, template, tissue
from demo.canvas import BLUE, GREEN, GREY, ORANGE, dice, figure, to_bytes

FIT = {"bend": 6.0, "stretch": 1.012, "turn": 0.012}
"""How far the tissue is still off the atlas after registration."""


def atlas_picture() -> Image.Image:
    """The atlas template at this section."""
    return Image.fromarray(to_bytes(template(*grid()), 0, 0.78))


def brain_picture() -> Image.Image:
    """The registered brain at the same section."""
    return Image.fromarray(to_bytes(tissue("registered", **FIT), 0, 0.86))


def signal_picture() -> Image.Image:
    """The channel of the labelled cells, in the green that viewers use."""
    seen = to_bytes(tissue("signal", signal=True, **FIT), 0.02, 0.9)
    return Image.fromarray(np.stack([seen // 4, seen, seen // 3], axis=-1))


def stitch(aligned: bool) -> Image.Image:
    """Four by three tiles; before stitching they are offset and each has its own brightness."""
    roll = dice("tiles")
    whole = tissue("tiles", bend=9, stretch=0.985)
    made = np.zeros_like(whole)
    for row, top in enumerate(range(0, HEIGHT, 207)):
        for column, left in enumerate(range(0, WIDTH, 210)):
            dy, dx = (0, 0) if aligned else roll.integers(-9, 10, 2)
            gain = 1.0 if aligned else 1 + 0.14 * np.sin(row * 2.1 + column * 1.3)
            here = np.s_[top : top + 207, left : left + 210]
            made[here] = np.roll(whole, (int(dy), int(dx)), (0, 1))[here] * gain
    return Image.fromarray(to_bytes(made, 0, 0.9))


def overlay() -> Figure:
    """The borders of atlas regions drawn over the brain."""
    fig = figure(11, 7.6)
    axis = fig.subplots()
    axis.imshow(tissue("registered", **FIT), cmap="gray", vmin=0, vmax=0.86, interpolation="bilinear")
    x, y = grid()
    hues = {"caudoputamen": "#56c7ff", "thalamus": "#ffb347", "hypothalamus": "#f26fb5", "amygdala": "#b3e36b"}
    hues |= {"hippocampus": "#ffe24d", "ventricle": "#ff6f61"}
    for name, hue in hues.items():
        axis.contour(inside(x, y, REGIONS[name]), levels=[1], colors=[hue], linewidths=1.2)
        axis.plot([], [], color=hue, label=name)
    axis.contour(outline(x, y), levels=[1], colors=["white"], linewidths=1.2)
    axis.plot([WIDTH - 100, WIDTH - 28.6], [HEIGHT - 24] * 2, color="white", lw=3)
    axis.text(WIDTH - 64, HEIGHT - 34, "1 mm", color="white", ha="center")
    axis.set_title("CCFv3 borders over the registered brain · coronal, AP −1.6 mm")
    axis.axis("off")
    axis.legend(loc="upper left", labelcolor="white", fontsize=9)
    return fig


def draw_borders(axis: Axes, moved: dict[str, float], colour: str, label: str) -> None:
    """The outline and regions of one brain as lines."""
    x, y = grid(**moved)
    axis.contour(outline(x, y)[::4, ::4], levels=[1], colors=[colour], linewidths=1.4)
    for name in REGIONS:
        axis.contour(inside(x, y, REGIONS[name])[::4, ::4], levels=[1], colors=[colour], linewidths=0.9)
    axis.plot([], [], color=colour, label=label)


def borders(registered: bool) -> Figure:
    """Borders of atlas and brain upon each other, before or after the deformable step."""
    fig = figure(8, 6)
    axis = fig.subplots()
    draw_borders(axis, {}, GREY, "atlas")
    moved = FIT if registered else {"bend": 22.0, "stretch": 0.93, "turn": 0.05}
    draw_borders(axis, moved, BLUE if registered else ORANGE, "after" if registered else "before")
    axis.set(aspect="equal")
    axis.invert_yaxis()
    axis.axis("off")
    axis.set_title("Deformable registration · " + ("after" if registered else "before"))
    axis.legend(loc="lower right")
    return fig


def cell_counts() -> Figure:
    """Cells by region, left and right."""
    roll = dice("cells")
    areas = ["Caudoputamen", "Primary motor", "Primary somatosensory", "Anterior cingulate", "Retrosplenial",
             "Hippocampus", "Thalamus", "Amygdala", "Hypothalamus", "Midbrain"]  # fmt: skip
    left = np.sort(np.exp(roll.normal(7.5, 1.0, len(areas))))
    right = left * roll.normal(1.0, 0.09, len(areas))
    fig = figure(9, 5)
    axis = fig.subplots()
    rows = np.arange(len(areas))
    axis.barh(rows + 0.2, left, 0.38, color=GREEN, label="left")
    axis.barh(rows - 0.2, right, 0.38, color=BLUE, label="right")
    axis.set_yticks(rows, areas[::-1])
    axis.set(xlabel="cells", title="Detected cells by region")
    axis.legend(loc="lower right")
    return fig
