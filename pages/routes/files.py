"""`/files/<record>/<which reference>/<name>`: the figures of a record, as bytes with ranges, or as a redirect.

A figure in a hosted store is redirected to, where the browser loads it by itself: a picture, a film, a tab. What a
script in the page reads comes through the portal, since scripts may fetch from the portal alone.
"""

from pathlib import Path

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response

from pages.components.portal import services
from qc_core.errors import QcError, RecordNotFound, ReferenceUnreadable
from qc_core.references.kind import is_read_by_scripts, media_type
from qc_core.stores.ports import Elsewhere

ACTIVE_TYPES = {"image/svg+xml", "text/html", "application/xhtml+xml", "text/xml", "application/xml"}
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
PASSIVE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


async def files(request: Request) -> Response:
    """One figure: checked that the record names it, then its bytes or where they are. 404 with a sentence where not."""
    try:
        found = await to_thread.run_sync(lambda: _found(request))
    except (RecordNotFound, ReferenceUnreadable) as error:
        return PlainTextResponse(str(error), status_code=404, headers={"Cache-Control": "no-store"})
    except QcError as error:
        return PlainTextResponse(str(error), status_code=503, headers={"Cache-Control": "no-store"})
    return _redirect(found) if isinstance(found, Elsewhere) else _bytes(found, request)


def _found(request: Request) -> Path | Elsewhere:
    names, figures = request.path_params, services().figures
    if _comes_from_us(names["file_name"], request.headers.get("sec-fetch-dest")):
        return figures.local_file(names["record_id"], names["digest"])
    return figures.open(names["record_id"], names["digest"])


def _comes_from_us(name: str, asked_for: str | None) -> bool:
    """Whether this request must have the bytes.

    Browsers say in `Sec-Fetch-Dest` what they ask for, over https and on this computer; elsewhere the name has to do.
    In a tab of its own, what could run a script comes from us too, in its sandbox.
    """
    if asked_for is None:
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
    about = path.stat()
    headers = {
        "ETag": f'"{about.st_mtime_ns:x}-{about.st_size:x}"',
        # The browser keeps it and asks each time whether it is still the same: a figure may be written anew.
        "Cache-Control": "private, no-cache",
        "Vary": "Sec-Fetch-Dest",
        "Content-Security-Policy": SANDBOX if _is_active(kind) else PASSIVE,
        "X-Frame-Options": "SAMEORIGIN",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if headers["ETag"] in [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    return FileResponse(path, media_type=kind, headers=headers, stat_result=about)
