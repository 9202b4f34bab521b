"""The log, as JSON, with an id for each request and each session; and a line for each request to a route of ours.

Such a request that is answered with an error is counted too, whichever route it was.
"""

import hashlib
import logging
import secrets
import sys
import time
from contextvars import ContextVar
from datetime import UTC, datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import get_option
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.shell import meters
from qc_core.log_lines import line

_request: ContextVar[str | None] = ContextVar("request", default=None)
_log = logging.getLogger("qc_portal.requests")
_OURS = (
    *("/files/", "/compare/", "/converted/", "/excerpt/", "/page/", "/rerun/"),
    *("/api/", "/upload_metadata", "/login", "/auth/", "/oauth2callback", "/readyz"),
)
"""`/lent/…` is not among them: there the path itself opens a door."""

_IS_AN_ERROR = 400
_STATUS_IS_ENOUGH = "/readyz"


class JsonLines(logging.Formatter):
    """Writes one object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON, with the ids of the request and the session that it belongs to."""
        exc = record.exc_info if record.exc_info and record.exc_info[0] else None
        return line(
            {
                "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
                "level": record.levelname.lower(),
                "logger": record.name,
                "message": record.getMessage(),
                "request": _request.get(),
                "session": _session(),
                **getattr(record, "about", {}),
            },
            exc,
        )


def write_json() -> None:
    """Send the logs of everything in this process through one handler that writes JSON to the error output."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    logging.captureWarnings(True)
    for name in ("urllib3", "botocore", "boto3", "s3transfer", "httpx", "httpcore", "matplotlib", "PIL"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # Its lines would hold the query of each address, and so what a login provider answers with.
    logging.getLogger("uvicorn.access").setLevel(logging.WARNING)
    for name, logger in logging.Logger.manager.loggerDict.items():
        if isinstance(logger, logging.Logger) and name.partition(".")[0] in {"streamlit", "uvicorn"}:
            logger.handlers.clear()
            logger.propagate = True


class RequestLog:
    """Gives each request an id, and writes a line for those to routes of ours: without the query, or a header."""

    def __init__(self, app: ASGIApp) -> None:
        """From here on everything is logged as JSON: Streamlit has set up its own by now."""
        self.app = app
        write_json()
        _log.info("The portal is on http://%s:%s", get_option("server.address") or "*", get_option("server.port"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and log how it was answered."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        token, begun, status = _request.set(secrets.token_hex(8)), time.monotonic(), 0

        async def send_and_see(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message.setdefault("headers", []).append((b"x-request-id", (_request.get() or "").encode()))
            await send(message)

        try:
            # What a web socket sends is no answer with a status, and there is much of it.
            await self.app(scope, receive, send if scope["type"] == "websocket" else send_and_see)
        finally:
            if scope["type"] == "http" and scope["path"].startswith(_OURS):
                about = {
                    "method": scope["method"],
                    "path": scope["path"],
                    "status": status,
                    "seconds": round(time.monotonic() - begun, 4),
                }
                _log.info("%s %s", scope["method"], scope["path"], extra={"about": about})
                if status >= _IS_AN_ERROR and scope["path"] != _STATUS_IS_ENOUGH:
                    meters.count_refusal(status)
            _request.reset(token)


def _session() -> str | None:
    """What identifies a page's session: a digest, since with the id itself anybody could take over the session."""
    context = get_script_run_ctx(suppress_warning=True)
    return hashlib.sha256(context.session_id.encode()).hexdigest()[:16] if context else None
