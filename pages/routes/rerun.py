"""`/rerun/<record>/<which reference>/<name>` sends the browser on to Rerun's viewer, with an address made for it.

The viewer lies on another site and has no cookie of ours; nor has a program that was given the address of a figure
by `/api/signed-reference`. So they get `/lent/<token>/<name>`, which gives that one file for ten minutes;
of pages, to those of the viewer's origin. The address in our own page stays the same, whenever it is opened.
A recording in a bucket that the portal may not read is named by its own https address.
"""

from pathlib import Path
from urllib.parse import quote

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from pages.routes.files import PASSIVE, build_refusal, respond_with_file
from pages.routes.origins import own_address
from pages.shell.portal import services
from qc_core.errors import QcError
from qc_core.references.embeds import embeds_of, rerun_view


async def redirect_to_viewer(request: Request) -> Response:
    """A redirect to the viewer; the token in it is valid from now on."""
    names = request.path_params
    record_id, digest, name = names["record_id"], names["digest"], names["file_name"]
    try:
        recording = await to_thread.run_sync(lambda: services().figures.public_address(record_id, digest))
        if recording is None:
            await to_thread.run_sync(lambda: services().figures.local_file(record_id, digest))
    except QcError as error:
        return build_refusal(error)
    if recording is None:
        token = await to_thread.run_sync(lambda: services().figure_tokens.issue(record_id, digest))
        recording = f"{own_address(request)}/lent/{token}/{quote(name, safe='')}"
    view = rerun_view(recording, name, embeds_of(services().settings))
    if view is None:
        return PlainTextResponse("The name of the recording lacks the version of Rerun that reads it.", 404)
    headers = {"Cache-Control": "no-store", "X-Frame-Options": "SAMEORIGIN"}
    return RedirectResponse(view, 303, headers)


async def serve_recording_file(request: Request) -> Response:
    """The lent file, with ranges, to the viewer's pages alone; 404 when the ten minutes are over."""
    headers = {
        "Access-Control-Allow-Origin": embeds_of(services().settings).rerun_origin,
        "Access-Control-Allow-Methods": "GET, HEAD",
        "Access-Control-Allow-Headers": "Range, If-None-Match",
        "Access-Control-Allow-Private-Network": "true",  # a viewer on the web may read from a portal on a laptop
        "Access-Control-Expose-Headers": "Accept-Ranges, Content-Length, Content-Range, ETag",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Vary": "Origin",
        "Content-Security-Policy": PASSIVE,
        "Cache-Control": "no-store",
    }
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=headers)
    key = await to_thread.run_sync(lambda: services().figure_tokens.verify(request.path_params["token"]))
    if key is None:
        return PlainTextResponse("This address has expired: open the figure again.", 404, headers)

    def find_file() -> Path:
        return services().figures.local_file(key.record_id, key.digest)

    try:
        path = await to_thread.run_sync(find_file)
    except QcError as error:
        return build_refusal(error)
    return respond_with_file(request, path, "application/octet-stream", headers)
