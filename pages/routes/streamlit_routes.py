"""Streamlit's own routes under the portal's rules: uploads ask who sends them and have limits, counts are off.

Streamlit takes a file from everybody who has a session, also from somebody who may see nothing (QC_PORTAL_GUESTS=0),
and keeps any number of them in memory. The only upload field is on `/status`, so the route asks what that page asks:
`identity.may_upload`. `/_stcore/metrics` answers only where `/metrics` does.
"""

import re

import anyio
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import get_option
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from pages.routes.who import person_of
from pages.shell.portal import now, services, settings
from qc_core.errors import BadSetting, QcError
from qc_core.identity.permissions import Refused, may_upload, require_confirmed
from qc_core.uploading.limits import Held, TooManyUploadsError, UploadLimits

_METRICS = re.compile(r"(?:^|/)_stcore/metrics/?$")
_UPLOAD = re.compile(r"(?:^|/)_stcore/upload_file/(?P<session>[^/]*)")
_SECONDS = 60
"""How long one upload may take; a slow one would hold the room of others."""
_FRAMING = 10_000
"""What the form adds to the size of a file: Streamlit's page sends one part, whose name may be long."""
_OF_A_SESSION, _OF_THE_PROCESS, _LARGE_FILES = 4, 100, 20
_FRESH = {"Cache-Control": "no-store"}


class StreamlitRoutes:
    """Asks before Streamlit's own routes are reached; passes everything else on."""

    def __init__(self, app: ASGIApp) -> None:
        """The limits follow from `server.maxUploadSize`, in megabytes of 1024 × 1024 bytes."""
        self.app = app
        one = int(get_option("server.maxUploadSize")) * 1024 * 1024
        self.limits = UploadLimits(
            one=one + _FRAMING,
            session=Held(_OF_A_SESSION, 2 * (one + _FRAMING)),
            process=Held(_OF_THE_PROCESS, _LARGE_FILES * (one + _FRAMING)),
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif _METRICS.search(scope["path"]) and not _wants_metrics():
            await PlainTextResponse("QC_PORTAL_METRICS is not set.", 404, _FRESH)(scope, receive, send)
        elif (found := _UPLOAD.search(scope["path"])) and scope["method"] != "OPTIONS":
            await self._upload(found["session"], scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _upload(self, session: str, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        refused = await to_thread.run_sync(lambda: _refuse(request))
        if refused is not None:
            await refused(scope, receive, send)
            return
        if scope["method"] != "PUT":
            await self.app(scope, receive, send)
            return
        try:
            reserved = self.limits.begin(session, _read_length(request), _read_stored())
        except TooManyUploadsError as error:
            status = 413 if (_read_length(request) or 0) > self.limits.one else 429
            await _error(status, error)(scope, receive, send)
            return
        answered = False

        async def send_and_see(message: Message) -> None:
            nonlocal answered
            answered = True
            await send(message)

        try:
            with anyio.move_on_after(_SECONDS):
                await self.app(scope, receive, send_and_see)
            if not answered:
                await PlainTextResponse("The file did not arrive in time.", 408, _FRESH)(scope, receive, send)
        finally:
            self.limits.end(session, reserved)


def _wants_metrics() -> bool:
    try:
        return settings().metrics
    except BadSetting:  # which the page reports
        return False


def _refuse(request: Request) -> Response | None:
    """The answer to somebody who may not upload; None for who may."""
    try:
        refused = may_upload(require_confirmed(person_of(request, fresh=True)), services().settings, now())
    except QcError as error:
        return _error(503, error)
    if refused is None:
        return None
    return JSONResponse({"error": refused.reason}, _status(refused), headers=_FRESH)


def _status(refused: Refused) -> int:
    return 401 if refused.log_in else 403


def _read_length(request: Request) -> int | None:
    length = request.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() and len(length) < len("1" * 20) else None


def _read_stored() -> dict[str, Held]:
    """What each session holds, as Streamlit's store of uploaded files has it."""
    manager = Runtime.instance().uploaded_file_mgr
    if not isinstance(manager, MemoryUploadedFileManager):
        return {}
    return {
        session: Held(len(files), sum(len(file.data) for file in list(files.values())))
        for session, files in list(manager.file_storage.items())
    }


def _error(status: int, error: QcError) -> Response:
    return JSONResponse({"error": error.message, "hint": error.hint}, status, headers=_FRESH)
