"""A portal on loopback answers under names of this computer only, so that no page elsewhere reads it by DNS rebinding.

A site may let its own host name point to 127.0.0.1 after its page was loaded. The browser then takes the portal for a
part of that site. The `Host` header still holds the site's name, and every route and the WebSocket refuse it.
"""

import logging

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import get_option

from pages.shell.portal import settings
from qc_core.errors import BadSetting
from qc_core.settings.origins import is_loopback, may_ask_for

log = logging.getLogger("qc_portal")

_REFUSED = (
    "This portal listens on this computer only, so it answers at localhost only. "
    "Where a proxy is in front of it, name the host that people use in ALLOW_WEBSOCKET_ORIGIN.\n"
)
_FORBIDDEN = 403


class AllowedHosts:
    """Refuses requests and handshakes for other hosts with 403."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is asked of this computer by one of its names."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        on_loopback, own = _listens()
        if not on_loopback or may_ask_for(hosts, own):
            await self.app(scope, receive, send)
            return
        log.warning("a request for the host %s was refused", ", ".join(hosts)[:100])
        if scope["type"] == "websocket":
            await receive()  # the handshake itself
            await send({"type": "websocket.close", "code": 1008, "reason": "This host is not the portal's."})
            return
        await PlainTextResponse(_REFUSED, _FORBIDDEN, {"Cache-Control": "no-store"})(scope, receive, send)


def _listens() -> tuple[bool, str | None]:
    """Whether only this computer can reach the server, and the origin that a login gives it."""
    try:
        current = settings()
    except BadSetting:  # which the page reports
        return is_loopback(get_option("server.address") or ""), None
    return current.on_loopback, current.own_origin
