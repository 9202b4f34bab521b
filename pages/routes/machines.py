"""Routes for machines: `/healthz`, `/readyz` and `/metrics`."""

from anyio import to_thread
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from pages.shell.portal import services, settings
from qc_core.errors import BadSetting, QcError
from qc_core.health import checks as health

_FRESH = {"Cache-Control": "no-store"}


async def healthz(_request: Request) -> Response:
    """200 while this process works; 503 if every thread that decodes figures is stuck.

    Nothing else is asked, so that an outage elsewhere does not replace it.
    """
    try:
        alive = not services().decoding.is_stuck()
    except QcError:  # a setting that cannot be used, which the page reports; a restart would not help
        alive = True
    return JSONResponse({"alive": alive}, 200 if alive else 503, headers=_FRESH)


async def readyz(_request: Request) -> Response:
    """200 where records can be read, and drafts and copies kept, else 503. The page `/status` shows what is wrong."""
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
