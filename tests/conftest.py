"""What browser and route tests share: one portal for all, others on request, and assets of a test's own."""

import gc
import os
import shutil
import signal
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from tests.fakes import assets as fake_assets
from tests.fakes.assets import Asset
from tests.fakes.portal import Portal
from tests.fakes.portal_starter import CAN_FORK, NAME_OF_STARTER, start_starter

if TYPE_CHECKING:
    from tests.fakes.kachery import Kachery
    from tests.fakes.s3 import S3

# On a busy machine making the first inputs can take a second, which is no fault of the strategy.
hypothesis.settings.register_profile(
    "portal", hypothesis.settings(deadline=None), suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("portal")

# A shell ignores Ctrl+C for what it runs in the background, and processes inherit that: those that tests start and end
# with Ctrl+C would then run until their time is up.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# What importing and collecting make stays until the end: to look for garbage among it, then or later, is in vain.
gc.disable()

LONGEST_FIRST = (
    *("demo/test_demo.py", "test_image.py"),
    *("browser/test_review_position.py", "browser/test_hostile.py", "browser/test_gallery.py"),
    *("browser/test_database.py", "browser/test_values.py", "browser/test_login.py", "browser/test_figures.py"),
    *("browser/test_what_texts_load.py", "browser/test_drafts.py", "browser/test_viewer.py"),
)
"""The files that take longest, by measured time: see `pytest_collection_modifyitems`."""

_running: list[Portal] = []


def pytest_configure(config: pytest.Config) -> None:
    """Where tests run side by side, start what starts portals once for all processes, while they collect the tests."""
    if CAN_FORK and getattr(config.option, "numprocesses", None) and NAME_OF_STARTER not in os.environ:
        start_starter()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, Any, Any]:
    """Look for garbage from here on, but not among what was made so far."""
    result = yield
    gc.freeze()
    gc.enable()
    return result


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start the longest files first, so that no process is left with a long one when the others are done.

    A file goes to one process as a whole. Within a file, and among all other files, the order stays as it is.
    """
    folder = Path(__file__).parent
    rank = {folder / name: position for position, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: rank.get(item.path, len(rank)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: Any, call: Any) -> Generator[None, Any, Any]:
    """Show the servers' logs where a test fails, and let fixtures know that it failed."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
        for portal in _running:
            report.sections.append((f"log of the server at {portal.url}", portal.log_text()[-4000:]))
    return report


FAILED = pytest.StashKey[bool]()


@contextmanager
def run_portal(portal: Portal) -> Iterator[Portal]:
    """Start a portal, end it afterwards, and show its log where a test fails meanwhile."""
    _running.append(portal)
    yield portal.started()
    portal.stop()
    _running.remove(portal)


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The portal that all tests share, over a copy of the demo. A test that changes something has its own asset."""
    folder = tmp_path_factory.mktemp("portal")
    shutil.copytree(fake_assets.DEMO, folder / "assets")
    with run_portal(Portal(folder / "assets", folder / "state", folder / "server.log")) as running:
        yield running


@pytest.fixture
def start_portal(portal: Portal, tmp_path: Path) -> Iterator[Callable[..., Portal]]:
    """Starts further portals: by default with the assets and the drafts of the shared one."""
    started: list[Portal] = []

    def start(**settings: object) -> Portal:
        log = tmp_path / f"server-{len(started)}.log"
        other = Portal(**({"assets": portal.assets, "state": portal.state, "log": log} | settings))
        started.append(other)
        _running.append(other)
        return other.started()

    yield start
    for other in started:
        other.stop()
        _running.remove(other)


@pytest.fixture
def copy_of(portal: Portal) -> Iterator[Callable[[str], Asset]]:
    """Copies a demo asset into the shared portal's folder, for one test."""
    yield from _remove_after_test(lambda name: fake_assets.copy_of(name, portal.assets))


@pytest.fixture
def made(portal: Portal) -> Iterator[Callable[..., Asset]]:
    """Makes a small asset in the shared portal's folder, for one test: `made(document, files={...})`."""
    yield from _remove_after_test(lambda document, files=None: fake_assets.made(document, portal.assets, files))


def _remove_after_test(make: Callable[..., Asset]) -> Iterator[Callable[..., Asset]]:
    made: list[Asset] = []

    def make_one(*args: object, **kwargs: object) -> Asset:
        made.append(make(*args, **kwargs))
        return made[-1]

    yield make_one
    for asset in made:
        shutil.rmtree(asset.folder, ignore_errors=True)


@pytest.fixture(scope="session")
def _s3_server() -> "Iterator[S3]":
    from tests.fakes.s3 import S3  # which imports moto: only for those who ask for it

    server = S3()
    server.bucket("listed")
    server.bucket("private")
    server.bucket("public", public=True)
    yield server
    server.stop()


@pytest.fixture
def s3(_s3_server: "S3") -> "S3":
    """S3 with two private buckets, `listed` and `private`, and a `public` one; its clock is right."""
    _s3_server.reset()
    return _s3_server


@pytest.fixture
def kachery() -> "Iterator[Kachery]":
    """A Kachery gateway that holds nothing yet."""
    from tests.fakes.kachery import Kachery

    gateway = Kachery()
    yield gateway
    gateway.stop()
