"""`/files/<record>/<which reference>/<name>`: the figures of a record, never re-encoded, with ranges."""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from pages.components.portal import services
from qc_core.errors import QcError, RecordNotFound, ReferenceUnreadable
from qc_core.references.kind import media_type

ACTIVE_TYPES = {"image/svg+xml", "text/html", "application/xhtml+xml", "text/xml", "application/xml"}
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
PASSIVE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


async def files(request: Request) -> Response:
    """One figure: checked that the record names it, then its bytes. 404 with a sentence where it is not."""
    record_id, digest = request.path_params["record_id"], request.path_params["digest"]
    try:
        path = await to_thread.run_sync(lambda: services().figures.local_file(record_id, digest))
    except (RecordNotFound, ReferenceUnreadable) as error:
        return PlainTextResponse(str(error), status_code=404)
    except QcError as error:
        return PlainTextResponse(str(error), status_code=503)
    kind = media_type(path.name)
    about = path.stat()
    headers = {
        "ETag": f'"{about.st_mtime_ns:x}-{about.st_size:x}"',
        # The browser keeps it and asks each time whether it is still the same: a figure may be written anew.
        "Cache-Control": "private, no-cache",
        "Content-Security-Policy": SANDBOX if kind.partition(";")[0] in ACTIVE_TYPES else PASSIVE,
        "X-Frame-Options": "SAMEORIGIN",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if headers["ETag"] in [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    return FileResponse(path, media_type=kind, headers=headers, stat_result=about)
