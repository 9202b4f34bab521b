"""`/files/<record>/<which reference>/<name>`: the figures of a record, as bytes with ranges, or as a redirect.

A figure in a hosted store is redirected to, where the browser loads it by itself: a picture, a film, a tab. What a
script in the page reads comes through the portal, since scripts may fetch from the portal alone.

`/files/<record>/<which chart>/<which of its data>/<name>` gives what a chart of the record loads from beside it,
with `?rows` a table of it as JSON. With `?size` a figure's size is given, without a copy.
"""

from dataclasses import asdict
from pathlib import Path

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response

from pages.components.portal import services
from qc_core.errors import QcError, RecordNotFound, ReferenceUnreadable
from qc_core.references.kind import is_read_by_scripts, media_type
from qc_core.stores.figure_contents import rows_of
from qc_core.stores.ports import Elsewhere

ACTIVE_TYPES = {"image/svg+xml", "text/html", "application/xhtml+xml", "text/xml", "application/xml"}
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
PASSIVE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


async def files(request: Request) -> Response:
    """One figure: checked that the record names it, then its bytes or where they are. 404 with a sentence where not."""
    try:
        if "data" in request.path_params:
            return await to_thread.run_sync(lambda: _data(request))
        if "size" in request.query_params:
            return await to_thread.run_sync(lambda: _size(request))
        found = await to_thread.run_sync(lambda: _found(request))
    except QcError as error:
        return refusal(error)
    return _redirect(found) if isinstance(found, Elsewhere) else _bytes(found, request)


def _found(request: Request) -> Path | Elsewhere:
    names, figures = request.path_params, services().figures
    if _comes_from_us(request.method, names["file_name"], request.headers.get("sec-fetch-dest")):
        return figures.local_file(names["record_id"], names["digest"])
    return figures.open(names["record_id"], names["digest"])


def _size(request: Request) -> Response:
    measured = services().figures.size(request.path_params["record_id"], request.path_params["digest"])
    said = asdict(measured) if measured else {"bytes": None}
    return JSONResponse(said, headers={"Cache-Control": "no-store"})


def _data(request: Request) -> Response:
    """What a chart loads from beside it, as bytes or as rows."""
    names = request.path_params
    path = services().figures.data_file(names["record_id"], names["digest"], names["data"])
    delimiter = request.query_params.get("rows")
    if delimiter is None:
        return _bytes(path, request)
    rows = rows_of(path, names["file_name"], delimiter)
    return JSONResponse(rows, headers={"Cache-Control": "private, no-cache"})


def _comes_from_us(method: str, name: str, asked_for: str | None) -> bool:
    """Whether this request must have the bytes. One that asks for the size alone has no need of a copy.

    Browsers say in `Sec-Fetch-Dest` what they ask for, over https and on this computer; elsewhere the name has to do.
    In a tab of its own, what could run a script comes from us too, in its sandbox.
    """
    if asked_for is None or method == "HEAD":
        return is_read_by_scripts(name)
    if asked_for == "document":
        return _is_active(media_type(name))
    return asked_for not in {"image", "video", "audio"}


def _is_active(kind: str) -> bool:
    return kind.partition(";")[0] in ACTIVE_TYPES


def _redirect(place: Elsewhere) -> Response:
    headers = {
        # Shorter than the address is valid. A script gets another answer, so it must not find this one in the cache.
        "Cache-Control": f"private, max-age={place.seconds}",
        "Vary": "Sec-Fetch-Dest",
    }
    return RedirectResponse(place.url, status_code=302, headers=headers)


def _bytes(path: Path, request: Request) -> Response:
    kind = media_type(path.name)
    headers = {
        "Vary": "Sec-Fetch-Dest",
        "Content-Security-Policy": SANDBOX if _is_active(kind) else PASSIVE,
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return sent(request, path, kind, headers)


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
    return PlainTextResponse(str(error), 404 if gone else 503, headers={"Cache-Control": "no-store"})
