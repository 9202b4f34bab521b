"""`/files/<record>/<which reference>/<name>`: the figures of a record, never re-encoded, with ranges.

`/files/<record>/<which chart>/<which of its data>/<name>` gives what a chart of the record loads from beside it,
with `?rows` a table of it as JSON.
"""

from pathlib import Path

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response

from pages.components.portal import services
from qc_core.errors import QcError, RecordNotFound, ReferenceUnreadable
from qc_core.references.kind import media_type
from qc_core.stores.figure_contents import rows_of

ACTIVE_TYPES = {"image/svg+xml", "text/html", "application/xhtml+xml", "text/xml", "application/xml"}
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
PASSIVE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


async def files(request: Request) -> Response:
    """One figure: checked that the record names it, then its bytes. 404 with a sentence where it is not."""
    rows = request.query_params.get("rows") if "data" in request.path_params else None
    try:
        path = await to_thread.run_sync(lambda: _named(**request.path_params))
        if rows is not None:
            return JSONResponse(await to_thread.run_sync(lambda: rows_of(path, rows)))
    except QcError as error:
        return refusal(error)
    kind = media_type(path.name)
    policy = SANDBOX if kind.partition(";")[0] in ACTIVE_TYPES else PASSIVE
    return sent(request, path, kind, {"Content-Security-Policy": policy, "Cross-Origin-Resource-Policy": "same-origin"})


def _named(record_id: str, digest: str, file_name: str, data: str = "") -> Path:
    figures = services().figures
    return figures.data_file(record_id, digest, data) if data else figures.local_file(record_id, digest)


def sent(request: Request, path: Path, kind: str, headers: dict[str, str]) -> Response:
    """A file's bytes, or the word that the browser has them already. Any page of ours may show it in a frame."""
    about = path.stat()
    headers = {
        "ETag": f'"{about.st_mtime_ns:x}-{about.st_size:x}"',
        # The browser keeps it and asks each time whether it is still the same: a figure may be written anew.
        "Cache-Control": "private, no-cache",
        "X-Frame-Options": "SAMEORIGIN",
    } | headers
    if headers["ETag"] in [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    return FileResponse(path, media_type=kind, headers=headers, stat_result=about)


def refusal(error: QcError) -> Response:
    """The answer where a figure cannot be had: a sentence. 404 where there is none, 503 where it may come back."""
    gone = isinstance(error, RecordNotFound | ReferenceUnreadable)
    return PlainTextResponse(str(error), status_code=404 if gone else 503)
