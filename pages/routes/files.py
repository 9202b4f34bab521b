"""`/files/<record>/<which reference>/<name>`: the figures of a record, as bytes with ranges, or as a redirect.

For a figure in a hosted store the answer is a redirect if the browser loads it by itself (a picture, a video, a tab).
Files that a script in the page reads are sent by the portal, since scripts may fetch from the portal only.

`/files/<record>/<which chart>/<which of its data>/<name>` gives what a chart of the record loads from its own folder,
with `?rows` a table of it as JSON. `?size` gives a figure's size, without a copy. `?ahead` answers whether a picture
can be shown, before a page prefetches it: a missing one is not an error then.

An SVG is checked before it is sent. One that would hang the page is refused with the reason; it can still be downloaded
(`?download`).
"""

from dataclasses import asdict
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response

from pages.routes.turns import in_turn
from pages.shell.portal import services
from qc_core.errors import QcError, RecordNotFound, ReferenceUnreadable, TooBusy, TooCostly
from qc_core.references.kind import FigureKind, is_read_by_scripts, kind_of_name, media_type
from qc_core.stores.ports import Redirect

ACTIVE_TYPES = {"image/svg+xml", "text/html", "application/xhtml+xml", "text/xml", "application/xml"}
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
MAX_CHART_DATA_BYTES = 100_000_000
"""Bytes of a file that a chart loads from its own folder, as it lies there: JSON, which the browser reads whole."""
PASSIVE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


async def serve_files(request: Request) -> Response:
    """One figure: checked that the record names it, then its bytes or where they are. 404 with a sentence where not."""
    try:
        if "data" in request.path_params:
            return await _data(request)
        if "size" in request.query_params:
            return await _size(request)
        if "ahead" in request.query_params:
            return await _can_be_shown(request)
        found = await _find_or_redirect(request)
        if isinstance(found, Path) and not _is_download(request):
            await _check(request, found)
    except QcError as error:
        return build_refusal(error)
    return _redirect(found) if isinstance(found, Redirect) else _bytes(found, request)


async def _find_or_redirect(request: Request) -> Path | Redirect:
    name = request.path_params["file_name"]
    return await _find(request, from_us=_comes_from_us(request.method, name, request.headers.get("sec-fetch-dest")))


async def _find(request: Request, *, from_us: bool) -> Path | Redirect:
    names, figures = request.path_params, services().figures
    record_id, digest, name = names["record_id"], names["digest"], names["file_name"]

    def find() -> Path | Redirect:
        if from_us or (kind_of_name(name) is FigureKind.SVG and _is_readable(record_id, digest)):
            return figures.local_file(record_id, digest)
        return figures.open(record_id, digest)

    figure = f"{record_id}/{digest}"
    return await in_turn(request, services().fetching, figure, ("open", figure, name, from_us), find)


def _is_readable(record_id: str, digest: str) -> bool:
    """Whether the portal can read a figure before the browser does; not in a bucket that it may not read."""
    return services().figures.public_address(record_id, digest) is None


def _is_download(request: Request) -> bool:
    return "download" in request.query_params


async def _check(request: Request, path: Path) -> None:
    """Raises TooCostly for an SVG that would hang the page that draws it."""
    name, digest = request.path_params["file_name"], request.path_params["digest"]
    if media_type(path.name) == media_type("x.svg"):
        figure, conversions = f"{request.path_params['record_id']}/{digest}", services().conversions
        await in_turn(
            request, services().decoding, figure, ("svg", figure), lambda: conversions.check_svg(path, name=name)
        )


async def _can_be_shown(request: Request) -> Response:
    """Whether the browser would get this picture now, as `{"shown": true}`."""
    try:
        found = await _find(request, from_us=False)
        if isinstance(found, Path):
            await _check(request, found)
        shown = True
    except QcError:
        shown = False  # the reason is reported where the figure is opened
    return JSONResponse({"shown": shown}, headers={"Cache-Control": "no-store"})


async def _size(request: Request) -> Response:
    record_id, digest = request.path_params["record_id"], request.path_params["digest"]
    figure = f"{record_id}/{digest}"
    measured = await in_turn(
        request, services().fetching, figure, ("size", figure), lambda: services().figures.size(record_id, digest)
    )
    facts = asdict(measured) if measured else {"bytes": None}
    return JSONResponse(facts, headers={"Cache-Control": "no-store"})


async def _data(request: Request) -> Response:
    """What a chart loads from its own folder, as bytes or as rows."""
    record_id, digest, data, name = (request.path_params[key] for key in ("record_id", "digest", "data", "file_name"))
    figure, conversions = f"{record_id}/{digest}", services().conversions
    path = await in_turn(
        request,
        services().fetching,
        figure,
        ("data", figure, data),
        lambda: services().figures.data_file(record_id, digest, data),
    )
    delimiter = request.query_params.get("rows")
    if delimiter is None:
        if path.stat().st_size > MAX_CHART_DATA_BYTES:
            raise TooCostly(f"{name} is larger than {MAX_CHART_DATA_BYTES // 1_000_000} MB, too much for a chart.")
        return _bytes(path, request)
    delimiter = delimiter[:1]
    found = await in_turn(
        request,
        services().decoding,
        figure,
        ("rows", figure, data, delimiter),
        lambda: conversions.rows(path, delimiter, name=name),
    )
    return respond_with_file(request, found.path, "application/json", {"Content-Security-Policy": PASSIVE})


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


def _redirect(found: Redirect) -> Response:
    headers = {
        # Shorter than the address is valid. A script gets another answer, so it must not find this one in the cache.
        "Cache-Control": f"private, max-age={found.max_age}",
        "Vary": "Sec-Fetch-Dest",
    }
    return RedirectResponse(found.url, status_code=302, headers=headers)


def _bytes(path: Path, request: Request) -> Response:
    kind = media_type(path.name)
    headers = {
        "Vary": "Sec-Fetch-Dest",
        "Content-Security-Policy": SANDBOX if _is_active(kind) else PASSIVE,
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if _is_download(request):
        name = quote(request.path_params["file_name"], safe="", errors="replace")
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return respond_with_file(request, path, kind, headers)


def respond_with_file(request: Request, path: Path, kind: str, headers: dict[str, str]) -> Response:
    """The bytes of a file, or 304 if the browser has them. Any page of the portal may show it in a frame."""
    about = path.stat()
    headers = {
        "ETag": f'"{about.st_mtime_ns:x}-{about.st_size:x}"',
        # The browser keeps it and asks each time whether it is still the same: a figure may be replaced.
        "Cache-Control": "private, no-cache",
        "X-Frame-Options": "SAMEORIGIN",
    } | headers
    if headers["ETag"] in [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    return FileResponse(path, media_type=kind, headers=headers, stat_result=about)


def build_refusal(error: QcError) -> Response:
    """The answer for a figure that cannot be sent, with a sentence.

    404 if there is none, 422 if it exists but is not shown, 429 if there are too many requests, 503 if it may work
    later.
    """
    headers = {"Cache-Control": "no-store"}
    match error:
        case TooCostly():
            status = 422
        case RecordNotFound() | ReferenceUnreadable():
            status = 404
        case TooBusy():
            status, headers["Retry-After"] = 429, "2"
        case _:
            status = 503
    return PlainTextResponse(str(error), status, headers=headers)
