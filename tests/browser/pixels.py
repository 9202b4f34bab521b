"""What is really painted on the screen, and pictures of one colour to look for."""

import io

from PIL import Image, ImageChops
from playwright.sync_api import Locator, Page

from tests.browser.conftest import PATIENCE

Colour = tuple[int, int, int]
RED, BLUE, GREEN, WHITE = (220, 30, 30), (30, 60, 220), (20, 160, 60), (255, 255, 255)


def painted(shown: Locator) -> Image.Image:
    """A picture of an element as it is on the screen."""
    return Image.open(io.BytesIO(shown.screenshot())).convert("RGB")


def colours(shown: Locator) -> int:
    """How many different colours an element shows: a blank frame has a handful."""
    return len(painted(shown).getcolors(1 << 24) or [])


def wait_until_painted(shown: Locator, at_least: int = 100) -> None:
    """Wait until an element shows that many colours: a drawing rather than an empty frame."""
    wait_for(shown.page, lambda: colours(shown) >= at_least, f"fewer than {at_least} colours are shown")


def at(shown: Locator, across: float, down: float) -> Colour:
    """The colour at a place within an element, as parts of its width and height."""
    picture = painted(shown)
    pixel = picture.getpixel((int(picture.width * across), int(picture.height * down)))
    assert isinstance(pixel, tuple)
    return (int(pixel[0]), int(pixel[1]), int(pixel[2]))


def near(one: Colour, other: Colour) -> bool:
    """Whether two colours are the same to the eye; pictures are compressed on the way."""
    return all(abs(a - b) <= 24 for a, b in zip(one, other, strict=True))


def differ(one: Image.Image, other: Image.Image) -> bool:
    """Whether two pictures of the screen differ anywhere."""
    return ImageChops.difference(one, other).getbbox() is not None


def wait_for(page: Page, condition, otherwise: str, patience: int = PATIENCE) -> None:
    """Wait until something holds that only Python can see; the page goes on meanwhile."""
    waited = 0
    while not condition():
        assert waited < patience, otherwise
        page.wait_for_timeout(50)
        waited += 50


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
