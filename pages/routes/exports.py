"""`/export/assets.csv|parquet|json?…`: all assets that match a query of the list, as one file."""

import functools
import logging
from collections.abc import AsyncIterator, Iterator

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from pages.shell.portal import services
from qc_core.assets.query_text import parse_query
from qc_core.errors import QcError
from qc_core.pipeline.export.assets import AssetExport
from qc_core.pipeline.export.lines import Format

log = logging.getLogger("qc_portal")

_MEDIA_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.PARQUET: "application/vnd.apache.parquet",
    Format.JSON: "application/json",
}
_AT_ONCE = 2


async def export_assets(request: Request) -> Response:
    """The file, sent as it is written. Its name has `incomplete` where not all assets are known yet."""
    ending = request.path_params["format"]
    if ending not in set(Format):
        return JSONResponse({"error": "An export is CSV, Parquet or JSON.", "hint": ""}, 404)
    form, query = Format(ending), parse_query(request.query_params.multi_items())
    try:
        export = await to_thread.run_sync(lambda: AssetExport(services().index.query, query), limiter=_limiter())
    except QcError as error:
        return JSONResponse({"error": error.message, "hint": error.hint}, 503, {"Cache-Control": "no-store"})
    name = "assets" if export.is_complete else "assets-incomplete"
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"', "Cache-Control": "no-store"}
    return StreamingResponse(_send(export.write(form)), headers=headers, media_type=_MEDIA_TYPES[form])


async def _send(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The pieces, each made in a thread when it is its turn: several exports take turns, and leave threads to others.

    Where the index fails meanwhile the connection is cut, so that a browser reports the file as incomplete.
    """
    while (piece := await to_thread.run_sync(next, pieces, None, limiter=_limiter())) is not None:
        yield piece


@functools.cache
def _limiter() -> CapacityLimiter:
    return CapacityLimiter(_AT_ONCE)
