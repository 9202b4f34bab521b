"""A made-up mouse before the cameras: its face in profile, and its wheel, as an infrared camera sees them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from demo.canvas import blur, dice

SCALE = 2  # drawn this much larger, then reduced
WIDTH, HEIGHT = 400, 300
FRAMES = 125
RATE = 25


def simulate_speed(session: str, samples: int, rate: float) -> np.ndarray:
    """Running speed in cm/s: bouts with pauses."""
    roll = dice(session, "speed")
    effort = blur(roll.normal(0, 1, samples + 400), rate * 1.6)[200:-200]
    effort /= effort.std()
    return np.clip(effort * 14 + 9, 0, 55) * (1 + 0.12 * np.sin(np.arange(samples) / rate * 2 * np.pi * 3.1))


def scale(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points in the large picture."""
    return [(x * SCALE, y * SCALE) for x, y in points]


def oval(draw: ImageDraw.ImageDraw, x: float, y: float, a: float, b: float, fill: int) -> None:
    """An ellipse about a centre."""
    draw.ellipse(((x - a) * SCALE, (y - b) * SCALE, (x + a) * SCALE, (y + b) * SCALE), fill=fill)


def fur() -> np.ndarray:
    """A texture of short hairs that run along the head."""
    roll = dice("fur")
    rough = roll.normal(0, 1, (HEIGHT, WIDTH))
    hair = blur(np.stack([np.convolve(row, np.ones(9) / 9, "same") for row in rough]), 0.7)
    return hair / hair.std()


def face_frames(session: str) -> list[np.ndarray]:
    """The face: whisking, blinking, licking and a pupil that follows running."""
    roll = dice(session, "face")
    pace = simulate_speed(session, FRAMES, RATE)
    pupil = 7 + 5.5 * blur(np.pad(pace, 60, mode="edge"), 14)[60:-60] / 30
    whisk = np.sin(np.arange(FRAMES) / RATE * 2 * np.pi * 5.3) * (3 + 9 * np.clip(pace / 25, 0, 1))
    licks = np.clip(np.sin(np.arange(FRAMES) / RATE * 2 * np.pi * 6.4), 0, 1) * (np.abs(np.arange(FRAMES) - 68) < 24)
    blink = np.exp(-(((np.arange(FRAMES) - 108) / 2.4) ** 2))
    hair = fur()
    grain = roll.normal(0, 1.6, (8, HEIGHT, WIDTH))
    light = light_of_lamp()
    frames = []
    for i in range(FRAMES):
        jolt = 1.2 * np.sin(i / RATE * 2 * np.pi * 3.1) * min(1.0, pace[i] / 20)
        face, coat = draw_face(pupil[i], whisk[i], licks[i], blink[i], jolt)
        frame = np.asarray(face, dtype=float) + hair * 5 * (np.asarray(coat, dtype=float) / 255)
        frames.append(np.clip(frame * light + grain[i % 8], 0, 255).round().astype(np.uint8))
    return frames


def light_of_lamp() -> np.ndarray:
    """An infrared lamp at the upper right; the corners are dark."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    return 0.55 + 0.6 * np.exp(-(((x - 265) / 190.0) ** 2) - ((y - 115) / 150.0) ** 2)


def draw_face(pupil: float, whisk: float, lick: float, blink: float, jolt: float) -> tuple[Image.Image, Image.Image]:
    """One frame without grain, and where the coat is."""
    image = Image.new("L", (WIDTH * SCALE, HEIGHT * SCALE), 26)
    coat = Image.new("L", image.size, 0)
    draw, mask = ImageDraw.Draw(image), ImageDraw.Draw(coat)
    up = jolt
    head = [(-20, 40), (70, 28), (140, 46), (205, 84), (262, 126), (300, 152), (309, 168), (298, 182), (255, 196),
            (200, 214), (140, 236), (70, 268), (-20, 300)]  # fmt: skip
    outline = scale([(x, y + up) for x, y in smooth(head)])
    draw.polygon(outline, fill=104)
    mask.polygon(outline, fill=255)
    oval(draw, 62, 70 + up, 44, 58, 84)  # ear
    oval(draw, 58, 74 + up, 30, 44, 128)
    oval(draw, 256, 176 + up, 30, 20, 118)  # whisker pad
    oval(draw, 303, 163 + up, 8, 9, 150)  # nose
    oval(draw, 307, 166 + up, 3, 2, 40)
    if lick > 0.1:
        draw.line(scale([(276, 190 + up), (290 + 24 * lick, 200 + 3 * lick)]), fill=176, width=int(8 * SCALE))
    draw_eye(draw, 176, 118 + up, pupil, blink)
    draw.line(scale([(400, 196), (330, 203)]), fill=205, width=int(7 * SCALE))  # water spout
    oval(draw, 330, 203, 4, 4, 235)
    draw.rectangle((0, 276 * SCALE, WIDTH * SCALE, HEIGHT * SCALE), fill=48)  # rim of the wheel
    soft = image.filter(ImageFilter.GaussianBlur(2.2 * SCALE / 2))
    pen = ImageDraw.Draw(soft)
    for row in range(4):
        for column in range(5):
            draw_whisker(pen, 238 + column * 9, 164 + row * 8 + up, row, column, whisk)
    size = (WIDTH, HEIGHT)
    return soft.resize(size, Image.Resampling.LANCZOS), coat.resize(size, Image.Resampling.BOX)


def smooth(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Cut the corners of a line twice (Chaikin)."""
    for _ in range(3):
        cut = []
        for (x, y), (u, v) in pairwise(points):
            cut += [(0.75 * x + 0.25 * u, 0.75 * y + 0.25 * v), (0.25 * x + 0.75 * u, 0.25 * y + 0.75 * v)]
        points = [points[0], *cut, points[-1]]
    return points


def draw_eye(draw: ImageDraw.ImageDraw, x: float, y: float, pupil: float, blink: float) -> None:
    """A dark eye with a bright pupil (lit along the axis), the lamp's reflection, and a lid."""
    oval(draw, x, y, 25, 23, 72)
    oval(draw, x, y, 21, 19 * (1 - 0.9 * blink), 22)
    if blink < 0.5:
        oval(draw, x + 1, y + 1, pupil, pupil * 0.97, 196)
        oval(draw, x + 9, y - 8, 2.4, 2.4, 255)


def draw_whisker(pen: ImageDraw.ImageDraw, x: float, y: float, row: int, column: int, whisk: float) -> None:
    """A thin curve that bends with the whisking."""
    angle = np.radians(62 + row * 13 - column * 7 + whisk * (1 - 0.08 * row))
    length = 66 + 20 * (4 - column) + 6 * row
    points = []
    for step in np.linspace(0, 1, 12):
        turn = angle + 0.35 * step**2
        points.append((x + length * step * np.cos(turn), y + length * step * np.sin(turn)))
    pen.line(scale(points), fill=168 - 10 * row, width=2)


def wheel_frames(session: str, count: int, rate: float, size: int) -> list[np.ndarray]:
    """The wheel from the side; its spokes turn with the speed of running."""
    roll = dice(session, "wheel")
    turn = np.cumsum(simulate_speed(session, count, rate)) / rate / 9
    grain = roll.normal(0, 1, (4, size, size))
    frames = []
    for i in range(count):
        image = Image.new("L", (size * SCALE, size * SCALE), 30)
        draw = ImageDraw.Draw(image)
        middle, radius = size / 2, size * 0.44
        oval(draw, middle, middle, radius, radius, 120)
        oval(draw, middle, middle, radius * 0.9, radius * 0.9, 52)
        for spoke in range(6):
            angle = turn[i] + spoke * np.pi / 3
            end = (middle + radius * 0.92 * np.cos(angle), middle + radius * 0.92 * np.sin(angle))
            draw.line(scale([(middle, middle), end]), fill=150 if spoke else 235, width=int(size * 0.035 * SCALE))
        oval(draw, middle, middle, size * 0.06, size * 0.06, 190)
        small = image.filter(ImageFilter.GaussianBlur(SCALE)).resize((size, size), Image.Resampling.LANCZOS)
        frames.append(np.clip(np.asarray(small, dtype=float) + grain[i % 4], 0, 255).round().astype(np.uint8))
    return frames
