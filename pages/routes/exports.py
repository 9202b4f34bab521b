"""`/export/assets.csv|parquet|json?…`: all assets that match a query of the list, as one file."""

from collections.abc import AsyncIterator, Callable, Iterator
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from pages.routes.turns import in_turn
from pages.shell.portal import services
from qc_core.assets.query_text import parse_query
from qc_core.errors import QcError, TooBusy
from qc_core.pipeline.export.assets import AssetExport
from qc_core.pipeline.export.lines import Format

_MEDIA_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.PARQUET: "application/vnd.apache.parquet",
    Format.JSON: "application/json",
}
Result = TypeVar("Result")


async def export_assets(request: Request) -> Response:
    """The file, sent as it is written. Its name has `incomplete` where not all assets are known yet."""
    ending = request.path_params["format"]
    if ending not in set(Format):
        return JSONResponse({"error": "An export is CSV, Parquet or JSON.", "hint": ""}, 404)
    form, query = Format(ending), parse_query(request.query_params.multi_items())
    try:
        export = await _in_turn(request, lambda: AssetExport(services().index.query, query))
    except QcError as error:
        busy = isinstance(error, TooBusy)
        headers = {"Cache-Control": "no-store"} | ({"Retry-After": "2"} if busy else {})
        return JSONResponse({"error": error.message, "hint": error.hint}, 429 if busy else 503, headers)
    name = "assets" if export.is_complete else "assets-incomplete"
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"', "Cache-Control": "no-store"}
    return StreamingResponse(_send(request, export.write(form)), headers=headers, media_type=_MEDIA_TYPES[form])


async def _send(request: Request, pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The pieces, each made when it is its turn: exports take turns with each other, and with the lists of others.

    Where the index fails meanwhile the connection is cut, so that a browser reports the file as incomplete.
    """
    while (piece := await _in_turn(request, lambda: next(pieces, None))) is not None:
        yield piece


async def _in_turn(request: Request, act: Callable[[], Result]) -> Result:
    return await in_turn(request, services().listing, "export", object(), act)
