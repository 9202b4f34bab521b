"""A made-up field of view under a two-photon microscope: cells, vessels, activity and motion."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from demo.canvas import blur, dice

SIZE = 384  # pixels; 400 µm
MICRONS = 400 / SIZE


@dataclass(frozen=True)
class FieldOfView:
    """One imaging plane."""

    background: np.ndarray
    cells: list[tuple[float, float, float]]  # x, y, radius in pixels
    footprints: np.ndarray  # one picture per cell
    activity: np.ndarray  # one trace per cell, ΔF/F at 10 Hz
    shifts: np.ndarray  # x, y in pixels at 10 Hz


def make_field(session: str, plane: str, cells: int, shake: float, samples: int = 6000) -> FieldOfView:
    """A plane with so many cells and a motion of about so many pixels."""
    roll = dice(session, plane, "field")
    y, x = np.mgrid[0:SIZE, 0:SIZE].astype(float)
    haze = blur(roll.normal(0, 1, (SIZE, SIZE)), 22)
    grain = blur(roll.normal(0, 1, (SIZE, SIZE)), 1.6)
    background = 0.24 + 0.08 * haze / haze.std() + 0.03 * grain / grain.std()
    background *= vessels(roll, x, y)
    placed = put_cells(roll, cells)
    footprints = np.array([cell(roll, x, y, *spot) for spot in placed])
    activity = np.array([calcium(roll, samples) for _ in placed])
    walk = np.stack([blur(np.cumsum(roll.normal(0, 1, samples + 600)), 12)[300:-300] for _ in range(2)])
    walk -= walk.mean(axis=1, keepdims=True)
    shifts = shake * walk / np.abs(walk).max()
    for start in roll.integers(0, samples - 60, 26):  # the animal runs or licks
        shifts[:, start : start + 40] += shake * roll.normal(0, 0.45, (2, 1)) * np.hanning(40)
    return FieldOfView(background, placed, footprints, activity, shifts)


def vessels(roll: np.random.Generator, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Shadows of blood vessels: 1 where there are none."""
    light = np.ones_like(x)
    for width in (13, 7, 5):
        base, slope, bend, phase = (
            roll.uniform(40, 340),
            roll.uniform(-0.6, 0.6),
            roll.uniform(8, 26),
            roll.uniform(0, 6),
        )
        middle = base + slope * (x - SIZE / 2) + bend * np.sin(x / 58 + phase)
        light *= 1 - 0.62 * np.exp(-(((y - middle) / width) ** 2))
    return light


def put_cells(roll: np.random.Generator, wanted: int) -> list[tuple[float, float, float]]:
    """Cells that do not lie on each other."""
    found: list[tuple[float, float, float]] = []
    while len(found) < wanted:
        x, y, radius = roll.uniform(16, SIZE - 16), roll.uniform(16, SIZE - 16), roll.uniform(5.6, 8.2)
        if all((x - u) ** 2 + (y - v) ** 2 > (radius + r + 1.5) ** 2 for u, v, r in found):
            found.append((float(x), float(y), float(radius)))
    return found


def cell(roll: np.random.Generator, x: np.ndarray, y: np.ndarray, u: float, v: float, radius: float) -> np.ndarray:
    """A ring: the indicator is kept out of the nucleus."""
    turn, long = roll.uniform(0, np.pi), roll.uniform(1.0, 1.25)
    along = (x - u) * np.cos(turn) + (y - v) * np.sin(turn)
    across = -(x - u) * np.sin(turn) + (y - v) * np.cos(turn)
    distance = np.sqrt((along / long) ** 2 + (across * long) ** 2)
    body = 1 / (1 + np.exp(np.minimum((distance - radius) / 0.7, 60)))
    nucleus = 0.62 * np.exp(-((distance / (radius * 0.52)) ** 2))
    return body * (1 - nucleus) * roll.uniform(0.35, 1.0)


def calcium(roll: np.random.Generator, samples: int) -> np.ndarray:
    """Transients that rise at once and decay in about a second."""
    events = (roll.random(samples) < roll.uniform(0.002, 0.013)) * roll.uniform(0.5, 2.2, samples)
    decay = np.exp(-np.arange(60) / 11.0)
    return np.convolve(events, decay)[:samples] + roll.normal(0, 0.06, samples)


def shift(image: np.ndarray, dx: float, dy: float) -> np.ndarray:
    """The picture shifted by parts of a pixel (linear interpolation)."""
    for axis, amount in ((1, dx), (0, dy)):
        whole = int(np.floor(amount))
        part = amount - whole
        image = (1 - part) * np.roll(image, whole, axis) + part * np.roll(image, whole + 1, axis)
    return image


def mean_images(field: FieldOfView) -> tuple[np.ndarray, np.ndarray]:
    """The mean over the session before and after motion correction."""
    sharp = field.background + field.footprints.sum(axis=0) * 0.55
    picks = np.linspace(0, field.shifts.shape[1] - 1, 90).astype(int)
    before = sum(shift(sharp, *field.shifts[:, i]) for i in picks) / picks.size
    return before, blur(sharp, 0.45)


def movie(field: FieldOfView, session: str, frames: int, crop: int = 240) -> list[np.ndarray]:
    """Raw and corrected frames side by side, ten times as fast as life."""
    roll = dice(session, "movie")
    low = (SIZE - crop) // 2
    here = slice(low, low + crop)
    made = []
    for index in range(frames):
        at = 600 + index * 10
        level = 0.3 + np.clip(field.activity[:, at : at + 10].mean(axis=1), 0, 3) * 0.55
        scene = field.background + np.einsum("c,cyx->yx", level, field.footprints)
        grain = blur(roll.normal(0, 1, (SIZE, SIZE)), 0.8) * 0.10
        raw = shift(scene, *(field.shifts[:, at] * 1.5))[here, here] + grain[here, here]
        done = shift(scene, *roll.normal(0, 0.15, 2))[here, here] + grain[here, here]
        gap = np.full((crop, 8), 1.2)
        both = np.concatenate([raw, gap, done], axis=1)
        made.append(np.clip(both / 1.15 * 255, 0, 255).round().astype(np.uint8))
    return made
