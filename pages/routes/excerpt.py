"""`/excerpt/<record>/<which reference>/<name>`: the beginning of a text or table, as plain values for the page."""

from dataclasses import asdict

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pages.components.portal import services
from pages.routes.files import refusal
from qc_core.errors import QcError
from qc_core.stores.figure_contents import beginning


async def excerpt(request: Request) -> Response:
    """At most so many bytes, rows and columns; `limit` says what was left out."""
    names = request.path_params
    try:
        found = await to_thread.run_sync(
            lambda: beginning(names["record_id"], names["digest"], names["file_name"], services().figures)
        )
    except QcError as error:
        return refusal(error)
    return JSONResponse(asdict(found), headers={"Cache-Control": "no-store"})
