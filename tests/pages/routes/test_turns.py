"""A request that waits for its turn: given up when its reader has left, and after a while."""

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.requests import Request

from pages.routes import turns
from pages.routes.files import build_refusal
from qc_core.errors import ReferenceUnreadable, StoreUnavailable, TooBusy, TooCostly
from qc_core.stores.figures.fair_pool import FairPool, PoolLimits


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
