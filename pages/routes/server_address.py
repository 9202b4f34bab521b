"""The address of the portal in Streamlit's own page, which would request its server below the page's own path first.

On `/view` that was two requests with a load which can only be answered 404. The page takes the address from
`window.__streamlit`, before its scripts run; `headers.py` allows exactly the script that is added here.
"""

import gzip
from functools import lru_cache

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SCRIPT = "<script>window.__streamlit = { BACKEND_BASE_URL: window.location.origin }</script>"


def add_address(page: str) -> str:
    """Streamlit's `index.html` with the script in it, ahead of all others."""
    return page.replace("<head>", f"<head>{_SCRIPT}", 1)


class ServerAddress:
    """Adds the script to the answers that are Streamlit's own page, which is changed once and kept."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._changed = lru_cache(4)(_change_body)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; change a page that has no policy of its own, as our routes' pages have."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        start: Message | None = None
        body = bytearray()

        async def send_with_script(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_page(message):
                start = message
            elif start is None:
                await send(message)
            elif message["type"] == "http.response.body":
                body.extend(message.get("body", b""))
                if not message.get("more_body"):
                    await self._send_page(start, bytes(body), send)

        await self.app(scope, receive, send_with_script)

    async def _send_page(self, start: Message, body: bytes, send: Send) -> None:
        start = {**start, "headers": list(start["headers"])}
        headers = MutableHeaders(scope=start)
        is_compressed = headers.get("content-encoding") == "gzip"
        if is_compressed:  # bytes 4 to 7 are the time of the compression (RFC 1952): the rest is the same each time
            body = body[:4] + bytes(4) + body[8:]
        changed = self._changed(body, is_compressed)
        for name in ("etag", "last-modified", "accept-ranges"):  # those of the file as it is
            del headers[name]
        headers["content-length"] = str(len(changed))
        await send(start)
        await send({"type": "http.response.body", "body": changed})


def _is_page(start: Message) -> bool:
    headers = MutableHeaders(scope=start)
    is_html = headers.get("content-type", "").startswith("text/html")
    return is_html and start["status"] == 200 and "content-security-policy" not in headers


def _change_body(body: bytes, is_compressed: bool) -> bytes:
    changed = add_address((gzip.decompress(body) if is_compressed else body).decode()).encode()
    return gzip.compress(changed, mtime=0) if is_compressed else changed
