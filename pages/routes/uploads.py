"""`POST /upload_metadata`: a record to view for a day, from somebody who may annotate or a pipeline with a token.

A browser sends the login's cookie along with whatever page posts here. So without a token the request has to come
from a page of ours, by its `Origin`, and be JSON, which no form can send.
"""

import asyncio
import hashlib
from threading import Event

from anyio import to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from pages.routes.origins import own_address
from pages.routes.who import person_of
from pages.shell.portal import now, services
from qc_core.errors import BadRecord, NotAllowed, QcError
from qc_core.identity.permissions import may_upload, require_confirmed
from qc_core.settings.origins import is_own_page
from qc_core.stores.state.uploads import KEPT_FOR
from qc_core.uploading.metadata import (
    MAX_BYTES,
    EndedError,
    NotARecordError,
    StoredUpload,
    TooLargeError,
    is_one_of,
    keep,
)

_FRESH = {"Cache-Control": "no-store"}


async def upload_metadata(request: Request) -> Response:
    """Keep the record, and answer with the link to it and a list of problems."""
    if request.method != "POST":
        return _refuse(405, "A record is sent with POST.", "See docs/deploy.md.", Allow="POST")
    try:
        by = await to_thread.run_sync(lambda: _who(request))
        if by is None:
            return _refuse(
                401,
                "Nobody is logged in, and there is no token that is known here.",
                "Send Authorization: Bearer <token>, one of QC_PORTAL_UPLOAD_TOKENS; or log in, and use /status.",
                **{"WWW-Authenticate": "Bearer"},
            )
        body = await _body(request)
        kept = await _keep(request, body, by)
        return JSONResponse(_answer(kept, request), 201, headers=_FRESH)
    except NotAllowed as error:
        return _refuse(403, error.message, error.hint)
    except TooLargeError as error:
        return _refuse(413, error.message, error.hint)
    except NotARecordError as error:
        return _refuse(422, error.message, error.hint)
    except BadRecord as error:
        return _refuse(400, error.message, error.hint)
    except EndedError as error:
        return _refuse(400, error.message, error.hint)
    except QcError as error:
        return _refuse(503, error.message, error.hint)
    except ClientDisconnect:
        return _refuse(400, "The record did not arrive whole.", "Send it again.")


def _who(request: Request) -> str | None:
    """Who uploads; None for nobody that is known. Raises NotAllowed where another site's page may be behind it.

    Raises StoreUnavailable where it cannot be looked up whether they logged out.
    """
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind:
        known = kind.lower() == "bearer" and is_one_of(token, services().settings.upload_tokens)
        return f"token {hashlib.sha256(token.encode()).hexdigest()}" if known else None
    person = require_confirmed(person_of(request, fresh=True))
    refused = may_upload(person, services().settings, now())
    if person is None or (refused is not None and refused.log_in):
        return None
    if refused is not None:
        raise NotAllowed(refused.reason, "Use a token, or ask to be let in.")
    origin, own = request.headers.get("origin"), services().settings.own_origin
    if not is_own_page(origin, own, request.headers.get("host", ""), on_loopback=services().settings.on_loopback):
        raise NotAllowed(
            "Without a token a record can be sent from a page of this portal only.",
            "Use a token, or the field on the page /status.",
        )
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise NotAllowed("The record is not sent as JSON.", "Set Content-Type: application/json.")
    return person.key


async def _keep(request: Request, body: bytes, by: str) -> StoredUpload:
    """Check and keep the record in a thread, which ends once the client closes the connection."""
    is_gone = Event()

    async def listen() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass
        is_gone.set()

    listening = asyncio.create_task(listen())
    try:
        return await to_thread.run_sync(lambda: keep(services(), body, by, is_gone.is_set))
    finally:
        listening.cancel()


async def _body(request: Request) -> bytes:
    """The body. Raises TooLargeError as soon as it is too large: whatever length was announced."""
    length = request.headers.get("content-length", "0")
    if length.isdigit() and int(length) > MAX_BYTES:
        raise TooLargeError
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_BYTES:
            raise TooLargeError
        parts.append(part)
    return b"".join(parts)


def _answer(kept: StoredUpload, request: Request) -> dict[str, object]:
    return {
        "link": own_address(request) + kept.link,
        "id": kept.record_id,
        "name": kept.name,
        "problems": list(kept.problems),
        "gone_after_hours": int(KEPT_FOR.total_seconds()) // 3600,
    }


def _refuse(status: int, message: str, hint: str, **headers: str) -> Response:
    return JSONResponse({"error": message, "hint": hint}, status, headers=_FRESH | headers)
