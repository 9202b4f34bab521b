"""Scripts and styles, compressed once and kept: Streamlit sends its own as they are, some 4 MB with a first load.

Their addresses have a digest of their text in them, so what was compressed under one stays right. Brotli would save a
further 8 %, which is not worth another package.
"""

import gzip
from dataclasses import dataclass, field

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qc_core.stores.cache import BoundedCache

MAX_KEPT_BYTES = 24 * 1024 * 1024
"""Bytes of compressed files."""
LEAST = 500
"""Bytes of a file that is worth it."""
_FOLDERS = ("/static/", "/frontend/")
_SUFFIXES = (".js", ".css", ".json", ".svg")
_CONDITIONS = ("range", "if-none-match", "if-modified-since")


@dataclass(slots=True)
class _Answer:
    """The answer of the inner application, held until it is complete."""

    start: Message = field(default_factory=dict)
    body: bytearray = field(default_factory=bytearray)

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = message
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")


class CompressedFiles:
    """Answers requests for scripts and styles with gzip, where the browser takes it; everything else is passed on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: BoundedCache[str, tuple[Message, bytes]] = BoundedCache(MAX_KEPT_BYTES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send a file from the cache, or compress it first."""
        if not _is_compressible(scope):
            await self.app(scope, receive, send)
            return
        kept = self._kept.get(scope["path"])
        if kept is None:
            answer = _Answer()
            plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
            await self.app({**scope, "headers": plain}, receive, answer.send)
            kept = answer.start, bytes(answer.body)
            if answer.start.get("status") == 200 and len(answer.body) >= LEAST:
                kept = await _compress(*kept)
                self._kept.put(scope["path"], kept, len(kept[1]))
        start, body = kept
        await send({**start, "headers": list(start["headers"])})  # which the layers around this one add to
        await send({"type": "http.response.body", "body": body})


def _is_compressible(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    path, headers = scope["path"], Headers(scope=scope)
    takes_gzip = "gzip" in headers.get("accept-encoding", "") and not any(name in headers for name in _CONDITIONS)
    return takes_gzip and path.startswith(_FOLDERS) and path.endswith(_SUFFIXES)


async def _compress(start: Message, body: bytes) -> tuple[Message, bytes]:
    smaller = await to_thread.run_sync(lambda: gzip.compress(body, compresslevel=9, mtime=0))
    start = {**start, "headers": list(start["headers"])}
    headers = MutableHeaders(scope=start)
    for name in ("etag", "last-modified", "accept-ranges"):  # those of the file as it is
        del headers[name]
    headers["content-encoding"], headers["content-length"] = "gzip", str(len(smaller))
    headers.add_vary_header("Accept-Encoding")
    return start, smaller
