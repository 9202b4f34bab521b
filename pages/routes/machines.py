"""Routes for machines: `/healthz`, `/readyz`, `/metrics`, and `/api/signed-reference`."""

from anyio import to_thread
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from pages.routes.origins import own_address
from pages.shell.portal import services, settings
from qc_core.errors import BadSetting, NotAllowed, QcError, RecordNotFound, ReferenceUnreadable
from qc_core.health import checks as health
from qc_core.signed_reference import signed_reference

_FRESH = {"Cache-Control": "no-store"}


async def healthz(_request: Request) -> Response:
    """That this process is alive, and works: 503 where every thread that decodes figures is stuck.

    Nothing else is asked, so that an outage elsewhere does not replace it.
    """
    try:
        alive = not services().decoding.is_stuck()
    except QcError:  # a setting that cannot be used, which the page tells; starting anew would not help
        alive = True
    return JSONResponse({"alive": alive}, 200 if alive else 503, headers=_FRESH)


async def readyz(_request: Request) -> Response:
    """200 where records can be read, and drafts and copies kept, else 503. What is wrong, the page `/status` says."""
    checks = (health.RECORDS, health.STATE, health.COPIES)
    try:
        found = await to_thread.run_sync(lambda: list(health.examine(services(), checks)))
    except QcError:
        return JSONResponse({"ready": False, "settings": False}, 503, headers=_FRESH)
    ready = all(one.well for one in found)
    states = {one.what.lower().replace(" ", "_"): one.well for one in found}
    return JSONResponse({"ready": ready, **states}, 200 if ready else 503, headers=_FRESH)


async def metrics(_request: Request) -> Response:
    """The counts, as Prometheus reads them; 404 unless the settings ask for it."""
    try:
        wanted = settings().metrics
    except BadSetting:
        wanted = False
    if not wanted:
        return PlainTextResponse("QC_PORTAL_METRICS is not set.", 404, headers=_FRESH)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST, headers=_FRESH)


async def signed(request: Request) -> Response:
    """`?name=…&reference=…`: a short-lived address of a figure that the record of that name holds."""
    name, reference = (request.query_params.get(key, "") for key in ("name", "reference"))
    if not name or not reference:
        return _error(400, "Give the name of a record and one of its references: ?name=…&reference=…")
    try:
        found = await to_thread.run_sync(lambda: signed_reference(services(), name, reference))
    except NotAllowed as error:
        return _error(403, error.message, error.hint)
    except (RecordNotFound, ReferenceUnreadable) as error:
        return _error(404, error.message, error.hint)
    except QcError as error:
        return _error(503, error.message, error.hint)
    url = own_address(request) + found.url if found.url.startswith("/") else found.url
    return JSONResponse({"url": url, "expires_in": found.seconds}, headers=_FRESH)


def _error(status: int, message: str, hint: str = "") -> Response:
    return JSONResponse({"error": message, "hint": hint}, status, headers=_FRESH)
