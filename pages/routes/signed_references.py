"""`/api/signed-reference?name=…&reference=…` and `/get-signed-reference/<name>?reference=…`: a figure's address.

The second one answers as AIND's portal does, whose other pages ask for it: `{"url": …}`. Scripts of pages elsewhere may
read its answer only where QC_PORTAL_CORS_ORIGINS lists them; a browser sends no login along with their requests.
"""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pages.routes.origins import own_address
from pages.routes.who import Handler, for_readers
from pages.shell.portal import services, settings
from qc_core.errors import BadSetting, NotAllowed, QcError, RecordNotFound, ReferenceUnreadable
from qc_core.settings.origins import may_read_answers
from qc_core.signed_reference import sign_reference

_FRESH = {"Cache-Control": "no-store"}
_PREFLIGHT = {"Access-Control-Allow-Methods": "GET, OPTIONS", "Access-Control-Allow-Headers": "Content-Type"}


async def serve_signed_reference(request: Request) -> Response:
    """`?name=…&reference=…`: a short-lived address of a figure that the record of that name holds."""
    name = request.path_params.get("name") or request.query_params.get("name", "")
    reference = request.query_params.get("reference", "")
    if not name or not reference:
        return _error(400, "Give the name of a record and one of its references: ?name=…&reference=…")
    try:
        found = await to_thread.run_sync(lambda: sign_reference(services(), name, reference))
    except NotAllowed as error:
        return _error(403, error.message, error.hint)
    except (RecordNotFound, ReferenceUnreadable) as error:
        return _error(404, error.message, error.hint)
    except QcError as error:
        return _error(503, error.message, error.hint)
    url = own_address(request) + found.url if found.url.startswith("/") else found.url
    return JSONResponse({"url": url, "expires_in": found.seconds}, headers=_FRESH)


def for_listed_origins(route: Handler) -> Handler:
    """A route whose answers, errors included, scripts of the listed origins may read; answers OPTIONS itself."""

    async def answer(request: Request) -> Response:
        listed = _is_listed(request.headers.get("origin"))
        response = Response(status_code=204) if request.method == "OPTIONS" else await route(request)
        response.headers["Vary"] = "Origin"
        if listed:
            response.headers["Access-Control-Allow-Origin"] = request.headers["origin"]
            if request.method == "OPTIONS":
                response.headers.update(_PREFLIGHT)
        return response

    return answer


get_signed_reference = for_listed_origins(for_readers(serve_signed_reference))


def _is_listed(origin: str | None) -> bool:
    try:
        return may_read_answers(origin, settings().cors_origins)
    except BadSetting:  # which the page reports
        return False


def _error(status: int, message: str, hint: str = "") -> Response:
    return JSONResponse({"error": message, "hint": hint}, status, headers=_FRESH)
