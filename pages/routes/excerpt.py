"""`/excerpt/<record>/<which reference>/<name>`: the beginning of a text or table, as plain values for the page."""

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pages.routes.files import build_refusal
from pages.routes.turns import in_turn
from pages.shell.portal import services
from qc_core.errors import QcError
from qc_core.stores.figures.contents import read_beginning


async def serve_excerpt(request: Request) -> Response:
    """At most so many bytes, rows and columns; `limit` states what was left out."""
    record_id, digest, name = (request.path_params[part] for part in ("record_id", "digest", "file_name"))
    figure = f"{record_id}/{digest}"
    try:
        found = await in_turn(
            request,
            services().fetching,
            figure,
            ("excerpt", figure, name),
            lambda: read_beginning(record_id, digest, name, services().figures),
        )
    except QcError as error:
        return build_refusal(error)
    return JSONResponse(asdict(found), headers={"Cache-Control": "no-store"})
