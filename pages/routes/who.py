"""Who sends a request to a route of ours: the person of Streamlit's own signed cookie, by the rules of the page.

Streamlit gives a route no information about the person. Its cookie `_streamlit_user` is signed, and split where it is
long; the function that checks and joins it is private. It is used here and nowhere else, so that an upgrade can break
one place: `tests/pages/routes/test_doors.py` would fail.
"""

import json
from collections.abc import Awaitable, Callable
from urllib.parse import unquote

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

from pages.shell.portal import TYPED_NAME, now, person_at_the_computer, person_logged_in, services
from qc_core.errors import QcError
from qc_core.identity.permissions import Person, make_typed_person, may_view
from qc_core.json_document.value import JsonValue

_FRESH = {"Cache-Control": "no-store"}
Handler = Callable[[Request], Awaitable[Response]]


def claims_of(request: Request) -> dict[str, JsonValue]:
    """The claims in the cookie; {} without one, or where it is forged, of another portal, or too old."""
    decoded = _get_signed_cookie_with_chunks(dict(request.cookies), USER_COOKIE_NAME)
    try:
        claims = json.loads(decoded) if decoded else {}
    except ValueError:
        return {}
    ours = isinstance(claims, dict) and claims.get("origin") == services().settings.own_origin
    return claims if ours else {}


def person_of(request: Request, *, fresh: bool = False) -> Person | None:
    """Who sends it, as the page would see them; None for a guest. `fresh` as in `person_logged_in`."""
    settings = services().settings
    if settings.login:
        return person_logged_in(claims_of(request), fresh=fresh)
    if settings.trust_network:
        return make_typed_person(unquote(request.cookies.get(TYPED_NAME, "")))
    return person_at_the_computer()


def for_readers(route: Handler) -> Handler:
    """Wrap a route so that it answers only those who may view; others get the reason."""

    async def check_and_serve(request: Request) -> Response:
        try:
            refused = await to_thread.run_sync(lambda: refuse_to_view(request))
        except QcError as error:
            return JSONResponse({"error": error.message, "hint": error.hint}, 503, headers=_FRESH)
        return await route(request) if refused is None else refused

    return check_and_serve


def refuse_to_view(request: Request) -> Response | None:
    """The answer to somebody who may not view, with the reason; None where they may."""
    refused = may_view(person_of(request), services().settings, now())
    if refused is None:
        return None
    return JSONResponse({"error": refused.reason, "hint": "Log in on the page."}, 401, headers=_FRESH)
