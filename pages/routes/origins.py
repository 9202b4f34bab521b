"""The portal's own address, and the check that only pages of the configured hosts open connections.

Streamlit lets in pages of its own host, of localhost, and of `server.corsAllowedOrigins` whatever their port. This is
stricter, and comes first. Streamlit is given the same hosts, for a proxy that does not pass the host on.
"""

import logging
import os

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

from pages.shell.portal import settings
from qc_core.settings.origins import ANYONE, may_connect, read_origins

log = logging.getLogger("qc_portal")


class AllowedOrigins:
    """Refuses the handshake of a WebSocket from a page of another host, with 403."""

    def __init__(self, app: ASGIApp) -> None:
        """The hosts are read once, at start."""
        self.app = app
        self.allowed = read_origins(os.environ.get("ALLOW_WEBSOCKET_ORIGIN", ""))
        named = [host for host in self.allowed if host != ANYONE]
        if named:
            config.set_option("server.corsAllowedOrigins", [*config.get_option("server.corsAllowedOrigins"), *named])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything else on."""
        if scope["type"] == "websocket" and not may_connect(_origin(scope), self.allowed):
            await receive()  # the handshake itself
            # An empty page gives no reason: the setting is named in the log of the portal's host.
            log.warning(
                "a page of %s may not connect: ALLOW_WEBSOCKET_ORIGIN names %s",
                (_origin(scope) or "no host")[:100],
                ", ".join(self.allowed) or "nothing",
            )
            await send({"type": "websocket.close", "code": 1008, "reason": "This origin may not connect."})
            return
        await self.app(scope, receive, send)


def own_address(request: Request) -> str:
    """Where people reach the portal, without a slash at the end: as the login knows it, else as it was asked for.

    Behind a proxy that does TLS the request itself is http.
    """
    return settings().own_origin or str(request.base_url).rstrip("/")


def _origin(scope: Scope) -> str | None:
    found = [value.decode("latin-1") for name, value in scope["headers"] if name == b"origin"]
    return found[0] if len(found) == 1 else None
