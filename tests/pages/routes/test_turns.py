"""A request that waits for its turn: given up when its reader has left, and after a while."""

import asyncio
import threading
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route

from pages.routes import turns
from pages.routes.asset_rows import list_assets
from pages.routes.exports import export_assets
from pages.routes.files import build_refusal
from pages.shell.portal import TYPED_NAME
from qc_core.errors import ReferenceUnreadable, StoreUnavailable, TooBusy, TooCostly
from qc_core.stores.figures.fair_pool import LISTING, FairPool, PoolLimits
from qc_core.stores.index.listed import ListedIndex
from tests.fakes.portal import TIMEOUT, free_port
from tests.pages.screen import Screen
from tests.waiting import wait_until


def request(*messages: str) -> Request:
    """A request of which the server hears these messages, and then nothing."""
    waiting = list(messages)

    async def receive() -> dict[str, object]:
        if not waiting:
            await asyncio.Event().wait()
        return {"type": waiting.pop(0), "body": b"", "more_body": False}

    return Request({"type": "http"}, receive)


@pytest.fixture
def busy_pool(monkeypatch: pytest.MonkeyPatch) -> Iterator[FairPool]:
    """A pool whose one thread is at work until the end of the test."""
    monkeypatch.setattr(turns, "asker", lambda request: "A")
    monkeypatch.setattr(turns, "_GLANCE", 0.01)
    pool, started, release = FairPool("test", PoolLimits(threads=1, per_person=1)), threading.Event(), threading.Event()
    job = pool.submit("B", "figure", "first", lambda: (started.set(), release.wait(30)))
    assert started.wait(30)
    yield pool
    release.set()
    job.future.result(30)


def in_turn(pool: FairPool, asked: Request, begun: list[str]) -> None:
    asyncio.run(turns.in_turn(asked, pool, "figure", "key", lambda: begun.append("begun")))


def test_a_request_whose_reader_has_left_is_not_begun(busy_pool: FairPool) -> None:
    begun: list[str] = []
    with pytest.raises(TooBusy, match="cancelled"):
        in_turn(busy_pool, request("http.request", "http.disconnect"), begun)
    again = busy_pool.submit("A", "figure", "key", lambda: "asked for again")
    assert again.askers == 1
    assert begun == []


def test_a_request_that_waits_too_long_is_refused_with_a_reason(
    busy_pool: FairPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "MAX_SECONDS", 0.0)
    with pytest.raises(TooBusy, match=r"could not be made in time\. Try again"):
        in_turn(busy_pool, request("http.request"), [])


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (TooBusy("Too much.", "Try again."), 429),
        (TooCostly("Too large."), 422),
        (ReferenceUnreadable("Gone."), 404),
        (StoreUnavailable("Away."), 503),
    ],
)
def test_each_refusal_has_its_status_and_its_words(error: Any, status: int) -> None:
    answer = build_refusal(error)
    assert (answer.status_code, bytes(answer.body).decode()) == (status, str(error))
    assert ("retry-after" in answer.headers) == (status == 429)


@contextmanager
def serve(*routes: Route) -> Iterator[Callable[[str, str], int]]:
    """These routes on a server of their own; what is given asks for a path as a person, and gives the status."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    wait_until(lambda: server.started)

    def ask(path: str, person: str) -> int:
        asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Cookie": f"{TYPED_NAME}={person}"})
        with urllib.request.urlopen(asked, timeout=TIMEOUT) as answer:
            answer.read()
            return int(answer.status)

    yield ask
    server.should_exit = True
    thread.join(TIMEOUT)


def test_many_lists_and_exports_of_one_person_do_not_make_another_wait(
    screen: Callable[..., Screen], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen(QC_PORTAL_TRUST_NETWORK="1")
    begun, release = threading.Semaphore(0), threading.Event()
    query = ListedIndex.query

    def query_slowly(self: ListedIndex, asked: Any) -> Any:
        if asked.text == "slow":
            begun.release()
            assert release.wait(TIMEOUT)
        return query(self, asked)

    monkeypatch.setattr(ListedIndex, "query", query_slowly)
    routes = Route("/rows/assets", list_assets), Route("/export/assets.{format}", export_assets)
    with serve(*routes) as ask, ThreadPoolExecutor(20) as pool:
        paths = ["/rows/assets?q=slow", "/export/assets.csv?q=slow"] * 10
        many = [pool.submit(ask, path, "Ada") for path in paths]
        try:
            for _ in range(LISTING.per_person):
                assert begun.acquire(timeout=TIMEOUT)
            assert (ask("/rows/assets?q=", "Eve"), ask("/export/assets.csv", "Eve")) == (200, 200)
            assert not any(one.done() for one in many)
            assert not begun.acquire(blocking=False), "one person has not more at once"
        finally:
            release.set()
        assert [one.result(TIMEOUT) for one in many] == [200] * 20
