"""A real Chromium that reaches nothing but this computer; a test fails on any error the page reports."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    Request,
    ViewportSize,
    WebError,
    sync_playwright,
)
from playwright.sync_api import expect as expect_that

from tests.browser.portal_page import PortalPage
from tests.conftest import FAILED
from tests.fakes.assets import Asset
from tests.fakes.portal import Portal
from tests.paths import ROOT

TIMEOUT_MS = 30_000
"""Milliseconds within which something must be on screen: long, since only failures wait for it."""
WINDOW: ViewportSize = {"width": 1440, "height": 900}
ARTIFACTS = ROOT / "test-artifacts"

# Everything that is not loopback goes to a proxy that does not exist. Routes of Playwright's would do the same, but
# they turn the browser's cache off, and each page would load again.
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--no-first-run", "--proxy-server=http://127.0.0.1:9", "--process-per-site"),
    # A page lives for seconds: optimising its scripts, and collecting garbage often, costs more than it saves.
    # Scripts that are compiled while they arrive are never taken from the profile's compiled ones. The last argument of
    # this name counts: those of Playwright's that a page can notice are named again.
    "--disable-features=ScriptStreaming,PaintHolding,HttpsUpgrades,ThirdPartyStoragePartitioning,"
    "AvoidUnnecessaryBeforeUnloadCheckSync,AvoidCorsURLLoaderRestartOnRedirect",
    "--js-flags=--no-opt,--no-maglev,--min-semi-space-size=32",
]
FIGURE_HOSTS = {"example.org", "cdn.knightlab.com", "aind-open-data.s3.amazonaws.com"}
"""Hosts that the demo's records name figures on, and the image-comparison component's script."""


@dataclass
class Witness:
    """What pages reported and requested."""

    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)
    allowed: set[str] = field(default_factory=lambda: set(FIGURE_HOSTS))

    def watch(self, context: BrowserContext) -> None:
        for event, listener in self._listeners().items():
            context.on(event, listener)  # type: ignore[call-overload]  # one listener for several events

    def stop_watching(self, context: BrowserContext) -> None:
        for event, listener in self._listeners().items():
            context.remove_listener(event, listener)

    def _listeners(self) -> dict[str, Callable[[Any], None]]:
        return {"console": self._console, "weberror": self._uncaught, "request": self._request}

    def forgive(self, text: str) -> None:
        """Errors that contain this text are what the test is about."""
        self.forgiven.append(text)

    def forgive_an_absent_server(self) -> None:
        """The test ends the portal under an open page, which asks for it in vain until it is back."""
        self.forgiven += ["Failed to load resource", "WebSocket", "reaching server endpoint", "still running?"]
        self.forgiven += ["when disconnected from server", "Failed to fetch dynamically imported module"]

    def allow(self, *hosts: str) -> None:
        """Pages of this test may ask these hosts; most often the test answers for them."""
        self.allowed.update(hosts)

    def find_unforgiven(self) -> list[str]:
        return [error for error in self.errors if not any(text in error for text in self.forgiven)]

    def foreign_hosts(self) -> set[str]:
        return {urlsplit(address).hostname or "" for address in self.foreign}

    def _console(self, message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        if message.type != "error":
            return
        if urlsplit(where).hostname not in self.allowed:  # that those cannot be reached is so by design
            self.errors.append(f"{message.text} ({where})")

    def _uncaught(self, error: WebError) -> None:
        self.errors.append(f"uncaught: {error.error}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.hostname not in {"localhost", "127.0.0.1"}:
            self.foreign.append(request.url)


@pytest.fixture(scope="session")
def _warm(portal: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """One context for all tests that need none of their own, in the system's Chromium, or else Playwright's own.

    It has a profile on disk, since without one the browser keeps no compiled scripts: each page would compile
    Streamlit's 4 MB again. Its first tab stays open, so that all tabs share one process, and what that has loaded.
    Nothing moves in it: every frame of a movement costs the processor that the tests share.
    """
    expect_that.set_options(timeout=TIMEOUT_MS)
    with sync_playwright() as playwright:
        context = _launch(playwright, tmp_path_factory.mktemp("chromium"))
        context.set_default_timeout(TIMEOUT_MS)
        context.pages[0].goto(f"{portal.url}/_stcore/health")
        yield context
        context.close()


@pytest.fixture(scope="session")
def chromium(_warm: BrowserContext) -> Browser:
    """The browser, for tests that open contexts of their own."""
    assert _warm.browser
    return _warm.browser


def _launch(playwright: Playwright, profile: Path) -> BrowserContext:
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    path = next((found for found in map(shutil.which, names) if found), None)
    try:
        return playwright.chromium.launch_persistent_context(
            profile, executable_path=path, args=ARGUMENTS, viewport=WINDOW, reduced_motion="reduce"
        )
    except Error as error:
        pytest.fail(
            "There is no browser for the browser tests. `make test` installs one; by hand: "
            f"`python -m playwright install chromium`. ({str(error).splitlines()[0]})",
            pytrace=False,
        )


@pytest.fixture
def witness(request: pytest.FixtureRequest) -> Iterator[Witness]:
    """Fails the test where a page reported an error, or requested something it must not request."""
    seen = Witness()
    yield seen
    if not request.node.stash.get(FAILED, False):
        assert seen.find_unforgiven() == []
        assert seen.foreign_hosts() <= seen.allowed


@pytest.fixture
def new_page(
    _warm: BrowserContext,
    chromium: Browser,
    portal: Portal,
    start_portal: Callable[..., Portal],
    made: Callable[..., Asset],
    copy_of: Callable[[str], Asset],
    witness: Witness,
    request: pytest.FixtureRequest,
) -> Iterator[Callable[..., PortalPage]]:
    """Opens tabs. With `alone`, or other options of a context, the tab is in a browser profile of its own.

    It asks for `start_portal`, `made` and `copy_of` so that tabs are closed before the portals that they show are
    stopped, and before the assets whose figures they fetch are removed.
    """
    pages: list[Page] = []
    contexts: list[BrowserContext] = []
    witness.watch(_warm)

    def open_page(
        at: Portal = portal,
        *,
        alone: bool = False,
        viewport: ViewportSize = WINDOW,
        color_scheme: Literal["light", "dark"] = "light",
        **options: object,
    ) -> PortalPage:
        context = _warm
        if alone or options:
            context = chromium.new_context(reduced_motion="reduce", **options)
            context.set_default_timeout(TIMEOUT_MS)
            contexts.append(context)
            witness.watch(context)
        pages.append(context.new_page())
        pages[-1].set_viewport_size(viewport)
        pages[-1].emulate_media(color_scheme=color_scheme)
        return PortalPage(pages[-1], at)

    yield open_page
    keep_pictures_of_failure(request.node, pages)
    for page in pages:
        page.close()
    for context in contexts:
        context.close()
    _warm.clear_cookies()  # who was logged in is logged out
    witness.stop_watching(_warm)


def keep_pictures_of_failure(test: pytest.Item, pages: list[Page]) -> None:
    """Where a test failed, what its tabs show is kept."""
    if test.stash.get(FAILED, False):
        ARTIFACTS.mkdir(exist_ok=True)
        for number, page in enumerate(pages):
            name = re.sub(r"[^\w.-]+", "_", test.nodeid.partition("browser/")[2])[:120]
            page.screenshot(path=ARTIFACTS / f"{name}-{number}.png")


@pytest.fixture
def page(new_page: Callable[..., PortalPage]) -> PortalPage:
    """One tab on the shared portal."""
    return new_page()


@pytest.fixture(autouse=True)
def _server_logs_no_traceback(portal: Portal, request: pytest.FixtureRequest) -> Iterator[None]:
    """No error of the server's own goes unnoticed: the boundary would show it as a sentence, and log it."""
    before = len(portal.log_text())
    yield
    if not request.node.stash.get(FAILED, False):
        new = portal.log_text()[before:]
        assert "Traceback" not in new, new


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder drive a browser."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
