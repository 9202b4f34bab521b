"""Streamlit's page with the portal's address: changed once, whatever the browser takes."""

import asyncio
import gzip
from typing import Any

import pytest
from starlette.responses import HTMLResponse
from starlette.types import Message, Receive, Scope, Send

from pages.routes import server_address
from pages.routes.server_address import ServerAddress

PAGE = f"<html><head><title>{'long enough to be compressed ' * 40}</title></head></html>"


async def answer(app: ServerAddress, *, takes_gzip: bool) -> Any:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        raise AssertionError("nothing is read of a GET")

    headers = [(b"accept-encoding", b"gzip")] if takes_gzip else []
    await app({"type": "http", "method": "GET", "path": "/", "headers": headers}, receive, send)
    start, body = sent
    assert dict(start["headers"])[b"content-length"] == str(len(body["body"])).encode()
    return gzip.decompress(body["body"]) if takes_gzip else body["body"]


def test_a_page_is_changed_once_at_whatever_time_it_was_compressed(monkeypatch: pytest.MonkeyPatch) -> None:
    changes: list[bool] = []
    add_address = server_address.add_address
    monkeypatch.setattr(server_address, "add_address", lambda page: changes.append(True) or add_address(page))

    times = iter(range(1_000_000_000, 2_000_000_000, 1_000))

    async def send_page(scope: Scope, receive: Receive, send: Send) -> None:
        page = HTMLResponse(PAGE)
        if dict(scope["headers"]):
            page = HTMLResponse(gzip.compress(PAGE.encode(), mtime=next(times)), headers={"content-encoding": "gzip"})
        await page(scope, receive, send)

    app = ServerAddress(send_page)
    answers = {asyncio.run(answer(app, takes_gzip=True)) for _ in range(3)}
    assert answers == {add_address(PAGE).encode()}
    assert len(changes) == 1
    assert asyncio.run(answer(app, takes_gzip=False)) == add_address(PAGE).encode()
    assert len(changes) == 2
