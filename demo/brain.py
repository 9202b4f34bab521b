"""A made-up coronal section of a mouse brain: regions as smooth shapes, and how a microscope sees them."""

from __future__ import annotations

from typing import Any

import numpy as np

from demo.canvas import blur, dice

WIDTH, HEIGHT = 840, 620  # pixels of 14 µm
Region = tuple[float, float, float, float, float]  # x, y, half width, half height, tilt; x counts from the midline

REGIONS: dict[str, Region] = {
    "caudoputamen": (205, 18, 72, 92, 0.12),
    "thalamus": (70, 62, 78, 86, 0.0),
    "hypothalamus": (44, 172, 46, 52, 0.0),
    "amygdala": (198, 142, 36, 48, -0.4),
    "hippocampus": (118, -72, 112, 34, 0.33),
    "ventricle": (30, -62, 12, 44, -0.5),
}


def grid(bend: float = 0.0, stretch: float = 1.0, turn: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Coordinates from the middle of the section, deformed as tissue is before registration."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(float)
    x, y = x - WIDTH / 2, y - HEIGHT / 2 + 10
    x, y = x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)
    x = x / stretch + bend * np.sin(y / 95)
    return x, y + bend * 0.8 * np.cos(x / 120)


def inside(x: np.ndarray, y: np.ndarray, region: Region) -> np.ndarray:
    """Distance from the centre of a region on both sides of the midline: 1 at its edge."""
    centre, height, a, b, tilt = region
    u, v = np.abs(x) - centre, y - height
    return np.hypot((u * np.cos(tilt) + v * np.sin(tilt)) / a, (-u * np.sin(tilt) + v * np.cos(tilt)) / b)


def outline(x: np.ndarray, y: np.ndarray, shrink: float = 0.0) -> np.ndarray:
    """Distance from the middle of the brain: 1 at its surface. Two hemispheres with a groove above, a flat base."""
    groove = 34 * np.exp(-((x / 26) ** 2)) * (y < 0)
    high = np.where(y < 0, 214.0, 246.0) - shrink
    wide = np.where(y < 0, 356.0, 356.0 - 0.0016 * y**2) - shrink
    return (np.abs(x / wide) ** 2.35 + np.abs((np.abs(y) + groove) / high) ** 2.35) ** (1 / 2.35)


def edge(distance: np.ndarray, soft: float = 0.02) -> np.ndarray:
    """1 inside, 0 outside, with a soft border."""
    return 1 / (1 + np.exp(np.clip((distance - 1) / soft, -60, 60)))


def template(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The mean brain of an atlas: even and without noise."""
    body = edge(outline(x, y))
    cortex = edge(outline(x, y, 74))
    image = 0.52 * body - 0.06 * edge(outline(x, y, 30)) + 0.02 * edge(outline(x, y, 50)) - 0.08 * cortex
    image += 0.26 * (edge(outline(x, y, 74)) - edge(outline(x, y, 92))) / (1 + np.exp((y - 30) / 22))  # corpus callosum
    for name, gain in (("caudoputamen", 0.05), ("thalamus", 0.1), ("hypothalamus", -0.05), ("amygdala", 0.05)):
        image += gain * edge(inside(x, y, REGIONS[name]), 0.06)
    hippocampus = inside(x, y, REGIONS["hippocampus"])
    image += -0.06 * edge(hippocampus, 0.05) + 0.16 * np.exp(-(((hippocampus - 0.62) / 0.09) ** 2))
    image *= 1 - 0.85 * edge(inside(x, y, REGIONS["ventricle"]), 0.1)
    return np.clip(image, 0, 1) * body


def tissue(name: str, bend: Any = 0.0, stretch: float = 1.0, turn: float = 0.0, signal: bool = False) -> np.ndarray:
    """One section as the microscope saw it: fibres, grain, stripes of the light sheet; `signal` adds labelled cells."""
    roll = dice("tissue", name)
    x, y = grid(bend, stretch, turn)
    body = edge(outline(x, y))
    fibres = blur(roll.normal(0, 1, (HEIGHT, WIDTH)), 2.2)
    clouds = blur(roll.normal(0, 1, (HEIGHT, WIDTH)), 26)
    image = template(x, y) * (1 + 0.10 * fibres / fibres.std() * 0.8 + 0.12 * clouds / clouds.std())
    stripes = blur(roll.normal(0, 1, HEIGHT), 1.2)
    image *= 1 + 0.035 * (stripes / stripes.std())[:, None]
    image += 0.01 * roll.normal(0, 1, image.shape)
    if signal:
        image = image * 0.62 + draw_cells(roll, x, y) * body
    return np.clip(image, 0, 1.2)


def draw_cells(roll: np.random.Generator, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Bright cells, dense in the caudoputamen and in one layer of the cortex."""
    layer = np.exp(-(((outline(x, y, 40) - 1) / 0.06) ** 2)) / (1 + np.exp((y - 80) / 20))
    chance = 0.004 * edge(inside(x, y, REGIONS["caudoputamen"]), 0.08) + 0.006 * layer + 0.0002
    spots = (roll.random(x.shape) < chance) * roll.uniform(0.4, 1.6, x.shape)
    return blur(spots, 1.1) * 6.5 + blur(spots, 7) * 5
