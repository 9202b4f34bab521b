"""A real Chromium, and the probe that runs inside its pages and takes the times there."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from bench.records import Seen

TIMEOUT_MS = 60_000
PROBE = (Path(__file__).parent / "probe.js").read_text("utf-8")

Expected = dict[str, Any]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium if there is one, else Playwright's own."""
    names = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")
    found = next((path for path in map(shutil.which, names) if path), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()


def review(seen: Seen) -> Expected:
    """A group of the portal: its picture, and every card with its widgets."""
    return {"kind": "review", "picture": seen.picture, "names": list(seen.names)}


def figure(pictures: list[tuple[str, int]]) -> Expected:
    """A figure of pictures, each by its description and its width in pixels: loaded, decoded, and on the stage."""
    return {"kind": "figure", "pictures": pictures}


def picture(name: str | None) -> Expected:
    """A picture with that file name, loaded, as the open figure."""
    return {"kind": "picture", "picture": name}


def mark(expected: str) -> Expected:
    """The mark of the open group in the tree, with how many of its metrics are changed."""
    return {"kind": "mark", "text": expected}


def floor(number: int = 0) -> Expected:
    """The floor's page after so many clicks on its button."""
    return {"kind": "floor", "number": number, "cards": 5}


def rows(number: str) -> Expected:
    """A page of the list of assets that states which of how many it shows, such as "1–50 of 1,061"."""
    return {"kind": "rows", "text": number}


def text(selector: str, expected: str) -> Expected:
    """An element that has this text."""
    return {"kind": "text", "selector": selector, "text": expected}


def open_page(browser: Browser, address: str, expected: Expected, *, is_slow: bool = False) -> tuple[Page, float]:
    """A page in a window of its own, with an empty cache; milliseconds from navigation until `expected` is there.

    `is_slow` makes the line one of 10 Mbit/s with 40 ms of latency, by Chromium's own throttling.
    """
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    if is_slow:
        speed = {"downloadThroughput": 10e6 / 8, "uploadThroughput": 10e6 / 8, "latency": 40, "offline": False}
        page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", speed)
    page.set_default_timeout(TIMEOUT_MS)
    arm(page, expected)
    page.goto(address, wait_until="commit")
    return page, await_promise(page, "benchDone", expected)


def arm(page: Page, expected: Expected) -> None:
    """Before a page is opened: let it take the time at which `expected` is there, as `benchDone`."""
    page.add_init_script(PROBE + f"window.benchDone = window.benchOpened({json.dumps(expected)});")


def time_click(page: Page, target: Locator, expected: Expected, then: Expected | None = None) -> float:
    """Milliseconds from the click event until `expected` is there.

    `await_promise(page, "benchThen", then)` gives those until `then` is.
    """
    page.evaluate("([expected, then]) => window.benchArm(expected, then)", [expected, then])
    target.click()
    return await_promise(page, "benchClicked", expected)


def time_key(page: Page, field: Locator, key: str, expected: Expected) -> float:
    """Milliseconds from a key that is pressed in a field until `expected` is there."""
    page.evaluate("expected => window.benchArm(expected, null, 'keydown')", expected)
    field.press(key)
    return await_promise(page, "benchClicked", expected)


def await_promise(page: Page, promise: str, expected: Expected) -> float:
    """The milliseconds that a promise of the probe gives. Raises SystemExit where that never comes."""
    # The promise is awaited with a limit, so that a condition that never holds names which one it was.
    script = f"Promise.race([window.{promise}, new Promise(end => setTimeout(() => end(null), {TIMEOUT_MS}))])"
    found = page.evaluate(script)
    if found is None:
        raise SystemExit(f"Never seen at {page.url}: {expected}")
    return float(found)
