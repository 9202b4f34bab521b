"""What is really painted on the screen."""

import io
import itertools
import time
from typing import Any

from PIL import Image, ImageChops
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.browser.conftest import TIMEOUT_MS

Colour = tuple[int, int, int]
KEEP_NEXT_WORDS = """button => {
  button.nextWords = new Promise((resume) => {
    new MutationObserver(() => resume(button.textContent)).observe(button, { childList: true });
  });
}"""


def plain(colour: Colour, size: tuple[int, int] = (800, 600), form: str = "PNG") -> bytes:
    """A picture of one colour, to be looked for."""
    made = io.BytesIO()
    Image.new("RGB", size, colour).save(made, form)
    return made.getvalue()


def capture(shown: Locator) -> Image.Image:
    """A picture of an element as it is on the screen."""
    return Image.open(io.BytesIO(shown.screenshot())).convert("RGB")


def colours(shown: Locator) -> int:
    """How many different colours an element shows: a blank frame has a handful."""
    return len(capture(shown).getcolors(1 << 24) or [])


def wait_until_painted(shown: Locator, at_least: int = 100) -> None:
    """Wait until an element shows that many colours: a drawing rather than an empty frame."""
    wait_for(shown.page, lambda: colours(shown) >= at_least, f"fewer than {at_least} colours are shown")


def at(shown: Locator, across: float, down: float) -> Colour:
    """The colour at a point of an element, given as fractions of its width and height."""
    return colour_at(capture(shown), across, down)


def colour_at(picture: Image.Image, across: float, down: float) -> Colour:
    """The colour at a point of a picture, given as fractions of its width and height."""
    pixel = picture.getpixel((int(picture.width * across), int(picture.height * down)))
    assert isinstance(pixel, tuple)
    return (int(pixel[0]), int(pixel[1]), int(pixel[2]))


def near(one: Colour, other: Colour) -> bool:
    """Whether two colours are the same to the eye; pictures are compressed on the way."""
    return all(abs(a - b) <= 24 for a, b in zip(one, other, strict=True))


def width_of(shown: Locator) -> float:
    """How wide an element is on the screen; 0 where it is not there."""
    box = shown.bounding_box()
    return box["width"] if box else 0


def click_and_read(button: Locator) -> str:
    """What a button says once it is clicked, also where it says so for a moment only."""
    clicked = button.element_handle()
    clicked.evaluate(KEEP_NEXT_WORDS)
    clicked.click()
    return str(clicked.evaluate("button => button.nextWords"))


def differ(one: Image.Image, other: Image.Image) -> bool:
    """Whether two pictures of the screen differ anywhere."""
    return ImageChops.difference(one, other).getbbox() is not None


def wait_for(page: Page, condition: Any, otherwise: str, timeout: int = TIMEOUT_MS) -> None:
    """Wait until something holds that only Python can see; the page goes on meanwhile."""
    deadline = time.monotonic() + timeout / 1000
    while not condition():
        assert time.monotonic() < deadline, otherwise
        page.wait_for_timeout(50)


def repeat_until(page: Page, action: Any, condition: Any, otherwise: str) -> None:
    """Do something until it has had its effect: the browser drops what the pointer does in a frame, or on a chart, that
    has only just appeared."""

    def has_effect() -> bool:
        action()
        return bool(condition())

    wait_for(page, has_effect, otherwise)


def wait_until_pointed_at(frame: FrameLocator) -> FrameLocator:
    """A frame, once the pointer reaches what is in it."""
    body = frame.locator("body:has(*)")  # not that of the empty document, which a frame has until its own arrives
    places = itertools.cycle(({"x": 3, "y": 3}, {"x": 4, "y": 4}))
    body.evaluate("body => addEventListener('pointermove', () => { body.dataset.reached = 'yes' })")
    repeat_until(
        body.page,
        lambda: body.hover(position=next(places)),
        lambda: body.get_attribute("data-reached"),
        "the pointer does not reach the frame",
    )
    return frame


def wait_for_colour(shown: Locator, colour: Colour, across: float, down: float = 0.25) -> None:
    """Wait until that colour is at a position within an element."""
    wait_for(shown.page, lambda: near(at(shown, across, down), colour), f"{colour} is not at {across}, {down}")


def wait_for_fitted_page(figure: Locator) -> Locator:
    """The first page of a document, once it is as wide as there is room: it is drawn again for that."""
    room, drawn = figure.get_by_test_id("pdf-content"), figure.locator("canvas").first

    def fits() -> bool:
        (inner, outer) = (drawn.bounding_box(), room.bounding_box())
        return bool(inner and outer and 0.75 * outer["width"] < inner["width"] <= outer["width"])

    wait_for(figure.page, fits, "the page of the document does not fill the width")
    return drawn


def scroll_by_the_hint(figure: Locator) -> None:
    """Enlarge a PDF that is seen whole, and scroll to its end by the button that states that there is more."""
    more = figure.locator("button", has_text="More below")
    expect(more).not_to_be_visible()
    for _ in range(4):
        figure.get_by_title("Zoom In").dispatch_event("click")  # it is seen under the pointer alone
    expect(more).to_be_visible()
    more.click()
    repeat_until(figure.page, lambda: more.dispatch_event("click"), more.is_hidden, "the end is not reached")
