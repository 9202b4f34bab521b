"""`POST /upload_metadata`: a record to look at for a day, from somebody who is logged in or a pipeline with a token.

A browser sends the login's cookie along with whatever page posts here. So without a token the request has to come
from a page of ours, which its `Origin` says, and be JSON, which no form can send.
"""

import hashlib
from urllib.parse import urlencode

from anyio import to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from pages.components.portal import now, services
from pages.routes.who import person_of
from qc_core.errors import BadRecord, NotAllowed, QcError, StoreUnavailable
from qc_core.identity import UNCONFIRMED, may_upload
from qc_core.origins import is_own_page
from qc_core.stores.uploads import is_upload
from qc_core.uploading import MOST_BYTES, Checked, NotARecordError, checked, is_one_of

_FRESH = {"Cache-Control": "no-store"}


async def upload_metadata(request: Request) -> Response:
    """Keep the record, and answer with the link to look at it and a list of problems."""
    if request.method != "POST":
        return _refused(405, "A record is sent with POST.", "See docs/deploy.md.", Allow="POST")
    try:
        by = await to_thread.run_sync(lambda: _who(request))
        if by is None:
            return _refused(
                401,
                "Nobody is logged in, and there is no token that is known here.",
                "Send Authorization: Bearer <token>, one of QC_PORTAL_UPLOAD_TOKENS, or log in on the page.",
                **{"WWW-Authenticate": "Bearer"},
            )
        body = await _body(request)
        if body is None:
            return _refused(413, "The record is larger than 5 MB.", "Leave out what the portal does not need.")
        record = await to_thread.run_sync(lambda: checked(body, now()))
        return JSONResponse(await to_thread.run_sync(lambda: _kept(record, by, request)), 201, headers=_FRESH)
    except NotAllowed as error:
        return _refused(403, error.message, error.hint)
    except NotARecordError as error:
        return _refused(422, error.message, error.hint)
    except BadRecord as error:
        return _refused(400, error.message, error.hint)
    except QcError as error:
        return _refused(503, error.message, error.hint)
    except ClientDisconnect:
        return _refused(400, "The record did not arrive whole.", "Send it again.")


def _who(request: Request) -> str | None:
    """Who uploads; None for nobody that is known. Raises NotAllowed where another site's page may be behind it.

    Raises StoreUnavailable where it cannot be looked up whether they logged out.
    """
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind:
        known = kind.lower() == "bearer" and is_one_of(token, services().settings.upload_tokens)
        return f"token {hashlib.sha256(token.encode()).hexdigest()}" if known else None
    person = person_of(request, fresh=True)
    if not may_upload(person, services().settings, now()) or person is None:
        return None
    if person.unconfirmed:
        raise StoreUnavailable(UNCONFIRMED, "Try again in a minute.")
    origin, own = request.headers.get("origin"), services().settings.own_origin
    if not is_own_page(origin, own, request.headers.get("host", ""), on_loopback=services().settings.on_loopback):
        raise NotAllowed(
            "Without a token a record can be sent from a page of this portal only.",
            "Use a token, or send it from the page.",
        )
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise NotAllowed("The record is not sent as JSON.", "Set Content-Type: application/json.")
    return person.key


async def _body(request: Request) -> bytes | None:
    """The body, None as soon as it is too large: whatever its length was said to be."""
    said = request.headers.get("content-length", "0")
    if said.isdigit() and int(said) > MOST_BYTES:
        return None
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MOST_BYTES:
            return None
        parts.append(part)
    return b"".join(parts)


def _kept(record: Checked, by: str, request: Request) -> dict[str, object]:
    record_id = services().uploads.put(record.name, record.record, by)
    first = next(iter(services().records.ids_named(record.name)), record_id)
    alone = is_upload(first) and first == record_id
    place = urlencode({"name": record.name} if alone else {"id": record_id})
    base = services().settings.own_origin or f"{request.url.scheme}://{request.url.netloc}"
    return {
        "link": f"{base}/view?{place}",
        "id": record_id,
        "name": record.name,
        "problems": list(record.problems),
        "gone_after_hours": 24,
    }


def _refused(status: int, message: str, hint: str, **headers: str) -> Response:
    return JSONResponse({"error": message, "hint": hint}, status, headers=_FRESH | headers)
