"""The security headers of every response, above all the Content-Security-Policy."""

import base64
import hashlib
import re
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.routes.server_address import add_address
from pages.shell.portal import settings
from qc_core.errors import BadSetting
from qc_core.references.embeds import embeds_of

FIGURE_HOSTS = "https:"
"""Pictures and videos may come from any https address, since a record may name any public file, and besides from the
stores that the settings name, where those are plain http."""


def inline_script_hashes(index_html: str) -> list[str]:
    """The CSP hashes of the inline scripts in Streamlit's own page, computed from the installed file."""
    scripts = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", index_html, flags=re.DOTALL)
    return [f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in scripts]


def page_policy(index_html: str, figure_origins: tuple[str, ...] = (), frame_origins: tuple[str, ...] = ()) -> str:
    """The policy of the page. No `unsafe-eval`, no foreign script, frames from ourselves and `frame_origins` only."""
    hashes = " ".join(inline_script_hashes(index_html))
    hosts = " ".join((FIGURE_HOSTS, *figure_origins))
    directives = [
        "default-src 'none'",
        f"script-src 'self' {hashes} blob: 'wasm-unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        f"img-src 'self' data: blob: {hosts}",
        "font-src 'self' data:",
        "connect-src 'self'",
        f"media-src 'self' blob: {hosts}",
        " ".join(("frame-src 'self'", *frame_origins)),
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
    return "; ".join(directives)


COMMON_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


def _origins() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The origins that figures come from, and those that may be framed."""
    try:
        return settings().figure_origins, embeds_of(settings()).frame_origins
    except BadSetting:  # which the page reports
        return (), ()


class SecurityHeaders:
    """Adds the headers to every HTTP answer; a route that sets one of them itself keeps its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        index = Path(streamlit.__file__).parent / "static" / "index.html"
        policy = page_policy(add_address(index.read_text("utf-8")), *_origins())
        self.headers = {"Content-Security-Policy": policy, **COMMON_HEADERS}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; set what the answer lacks."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)
