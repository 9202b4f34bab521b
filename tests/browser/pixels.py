"""What colours stand on the screen, and pictures of one colour to look for."""

import io

from PIL import Image
from playwright.sync_api import Locator, Page

Colour = tuple[int, int, int]
RED, BLUE, GREEN, WHITE = (220, 30, 30), (30, 60, 220), (20, 160, 60), (255, 255, 255)


def picture(colour: Colour, size: tuple[int, int] = (800, 600), kind: str = "PNG") -> bytes:
    """A picture of one colour."""
    made = io.BytesIO()
    Image.new("RGB", size, colour).save(made, kind)
    return made.getvalue()


def seen(page: Page, area: Locator, across: float, down: float = 0.25) -> Colour:
    """The colour on screen at a share of an area's width and height."""
    box = area.bounding_box()
    assert box is not None
    clip = {
        "x": box["x"] + box["width"] * across - 2,
        "y": box["y"] + box["height"] * down - 2,
        "width": 4,
        "height": 4,
    }
    red, green, blue = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB").resize((1, 1)).getpixel((0, 0))  # type: ignore[misc]
    return red, green, blue


def alike(one: Colour, other: Colour) -> bool:
    """Whether two colours are the same to the eye; JPEG and scaling shift them a little."""
    return all(abs(a - b) < 25 for a, b in zip(one, other, strict=True))


def until_seen(page: Page, area: Locator, colour: Colour, across: float, down: float = 0.25) -> None:
    """Wait until a colour is on screen there; fails, naming what is there instead."""
    found: list[Colour] = []
    for _ in range(100):
        found.append(seen(page, area, across, down))
        if alike(found[-1], colour):
            return
    raise AssertionError(f"{colour} is not at {across}, {down} of the area; there is {found[-1]}")
