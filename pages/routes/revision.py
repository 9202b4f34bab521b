"""`/changed/<record>`: the revision of a record, for the open pages that ask now and then whether others changed it."""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pages.routes.files import build_refusal
from pages.shell.portal import services
from qc_core.errors import QcError


async def serve_revision(request: Request) -> Response:
    """`{"revision": "…"}`, as from `RecordStore.get_revision`."""
    record_id = request.path_params["record_id"]
    try:
        found = await to_thread.run_sync(services().records.get_revision, record_id)
    except QcError as error:
        return build_refusal(error)
    return JSONResponse({"revision": found}, headers={"Cache-Control": "no-store"})
