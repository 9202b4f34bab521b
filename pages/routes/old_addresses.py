"""`/qc_app`, `/portal` and the other pages of AIND's own portal: redirects to the pages here that show the same."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from qc_core.assets.old_addresses import resolve_old_address


async def redirect_old_address(request: Request) -> Response:
    """To a page of this portal, by an address that is relative to its root; who may see that page is asked there."""
    page = request.url.path.strip("/").rpartition("/")[2]
    there = resolve_old_address(page, request.query_params.multi_items())
    return RedirectResponse(f"./{there.removeprefix('.')}", 302, headers={"Cache-Control": "no-store"})
