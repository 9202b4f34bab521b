"""Figures of a planar imaging pipeline: motion correction, field of view, cells and their activity."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle
from PIL import Image

from demo.canvas import BLUE, GREEN, GREY, ORANGE, RED, blur, dice, figure, grey, picture
from demo.imaging import MICRONS, FieldOfView


def motion_trace(field: FieldOfView, plane: str) -> Figure:
    """The shift of every frame, and how well frames match the template before and after."""
    seconds = np.arange(field.shifts.shape[1]) / 10
    x, y = field.shifts * MICRONS
    fig = figure(12, 6)
    top, middle, bottom = fig.subplots(3, 1, sharex=True, height_ratios=[1.2, 1.2, 1])
    for axis, shift, colour, label in ((top, x, BLUE, "x"), (middle, y, ORANGE, "y")):
        axis.plot(seconds, shift, color=colour, lw=0.7)
        axis.axhspan(-5, 5, color=GREEN, alpha=0.1, lw=0)
        axis.set(ylabel=f"{label} shift (µm)", ylim=(-14, 14))
    far = np.hypot(x, y)
    roll = dice(plane, "correlation")
    bottom.plot(seconds, 0.93 - far * 0.016 + roll.normal(0, 0.006, seconds.size), color=GREY, lw=0.6, label="raw")
    after = 0.95 - far * 0.0016 + roll.normal(0, 0.005, seconds.size)
    bottom.plot(seconds, after, color=GREEN, lw=0.6, label="corrected")
    bottom.set(xlabel="time (s)", ylabel="correlation", xlim=(0, seconds[-1]), ylim=(0.6, 1))
    bottom.legend(ncols=2, loc="lower right")
    top.set_title(f"{plane} · rigid motion, 95th percentile {np.percentile(far, 95):.1f} µm")
    return fig


def mean_picture(image: np.ndarray, text: str) -> Image.Image:
    """A mean image, twice its size, with a scale bar of 100 µm."""
    big = grey(image, 0.02, 0.92).resize((768, 768), Image.Resampling.BICUBIC)
    pixels = np.array(big)
    length = round(100 / MICRONS * 2)
    pixels[728:736, 744 - length : 744] = 255
    fig = Figure(figsize=(7.68, 7.68), dpi=100)
    axis = fig.add_axes((0, 0, 1, 1))
    axis.imshow(pixels, cmap="gray", vmin=0, vmax=255)
    axis.text(24, 44, text, color="white", fontsize=13, weight="bold")
    axis.text(744 - length / 2, 720, "100 µm", color="white", ha="center", fontsize=11)
    axis.axis("off")
    return picture(fig).convert("L")


def rois(field: FieldOfView, mean: np.ndarray, plane: str, session: str) -> Figure:
    """The cells that were found, over the mean image, and how sure the classifier is."""
    roll = dice(session, plane, "rois")
    sure = np.clip(roll.beta(4, 1.6, len(field.cells)), 0.05, 0.999)
    fig = figure(12, 6.6)
    left, right = fig.subplots(1, 2, width_ratios=[1.4, 1])
    left.imshow(mean, cmap="gray", vmin=0, vmax=0.85, extent=(0, 400, 400, 0), interpolation="bilinear")
    for number, ((x, y, radius), chance) in enumerate(zip(field.cells, sure, strict=True)):
        colour = "#5fe08a" if chance >= 0.5 else "#ff6f61"
        left.add_patch(Circle((x * MICRONS, y * MICRONS), radius * MICRONS * 1.12, fill=False, ec=colour, lw=1.1))
        if number % 6 == 0:
            left.text((x + radius) * MICRONS, y * MICRONS - 6, str(number), color="white", fontsize=7)
    left.set(xlabel="x (µm)", ylabel="y (µm)")
    left.set_title(f"{plane} · {len(field.cells)} ROIs, {int((sure >= 0.5).sum())} classified as soma")
    right.hist(sure, np.linspace(0, 1, 26), color=GREEN, ec="white", lw=0.4)
    right.axvline(0.5, color=RED, ls="--", lw=1, label="limit 0.5")
    right.set(xlabel="soma probability", ylabel="ROIs", xlim=(0, 1))
    right.set_title("Classifier")
    right.legend(loc="upper left")
    return fig


def traces(field: FieldOfView, plane: str) -> Figure:
    """ΔF/F of all cells as a map, and of some as lines."""
    fig = figure(12, 6.4)
    top, bottom = fig.subplots(2, 1, sharex=True, height_ratios=[1.2, 1])
    busy = np.argsort(-(field.activity**2).mean(axis=1), kind="stable")
    sampled = field.activity[busy][:, : 6000 // 10 * 10].reshape(busy.size, -1, 10).mean(axis=2)
    extent = (0, 600, busy.size, 0)
    shown = top.imshow(sampled, aspect="auto", cmap="magma", vmin=0, vmax=2, extent=extent)
    top.set(ylabel="ROI, busiest first")
    top.set_title(f"{plane} · ΔF/F")
    fig.colorbar(shown, cax=top.inset_axes((1.012, 0, 0.014, 1)), label="ΔF/F")
    scaled_lines(bottom, field.activity[busy[:5]])
    bottom.set(xlabel="time (s)", xlim=(0, 600))
    return fig


def scaled_lines(axis: Axes, rows: np.ndarray) -> None:
    """A few traces above each other, with a bar for scale."""
    seconds = np.arange(rows.shape[1]) / 10
    for index, row in enumerate(rows):
        axis.plot(seconds, blur(row, 1.2) + 3.2 * index, color=GREEN, lw=0.6)
    axis.plot([592, 592], [0, 2], color="black", lw=2)
    axis.text(588, 1, "2 ΔF/F", ha="right", va="center", fontsize=8)
    axis.set_yticks([])
    axis.spines["left"].set_visible(False)


def epilepsy(session: str) -> Figure:
    """Height and width of events in the mean trace: interictal ones would be alone at the top left."""
    roll = dice(session, "interictal")
    fig = figure(9, 5)
    axis = fig.subplots()
    width, height = roll.gamma(6, 0.11, 320), roll.gamma(2.4, 0.05, 320)
    axis.scatter(width, height, s=12, color=BLUE, alpha=0.6, lw=0, label="events")
    axis.add_patch(Rectangle((0, 0.42), 0.4, 0.28, fc=RED, alpha=0.1, ec="none"))
    axis.text(0.02, 0.66, "interictal", color=RED)
    axis.set(xlabel="width (s)", ylabel="height (ΔF/F)", xlim=(0, 2), ylim=(0, 0.7))
    axis.set_title("Interictal events · none in the zone")
    axis.legend()
    return fig


def noise_level(session: str, planes: list[str]) -> Figure:
    """Brightness over the session, which shows bleaching and lost immersion."""
    roll = dice(session, "brightness")
    fig = figure(10, 4.6)
    axis = fig.subplots()
    minutes = np.linspace(0, 62, 373)
    for plane, start, colour in zip(planes, (212, 168, 143), (BLUE, ORANGE, GREEN), strict=False):
        loss = np.exp(-minutes / 700)
        dip = 1 - 0.18 / (1 + np.exp(-(minutes - 47))) if start == 143 else 1
        axis.plot(minutes, start * loss * dip + roll.normal(0, 1.1, minutes.size), color=colour, lw=0.8, label=plane)
    axis.set(xlabel="time (min)", ylabel="mean brightness (counts)", xlim=(0, 62), ylim=(90, 230))
    axis.set_title("Brightness of the planes")
    axis.legend()
    return fig
