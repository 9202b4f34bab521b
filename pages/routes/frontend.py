"""The modules of our browser components, with their styles: `/frontend/{digest}/{name}`.

They hold nothing of any record, and the page of a guest needs them as well, so everybody is given them.
"""

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.shell.frontend_modules import DIGEST, SERVED, preload_header

_KEEP = {"Cache-Control": "public, max-age=31536000, immutable"}
_FRESH = {"Cache-Control": "no-store"}


async def serve_frontend(request: Request) -> Response:
    """A module of this version of the portal; 404 for another version's and for any other name."""
    text = SERVED.get(request.path_params["name"])
    if request.path_params["digest"] != DIGEST or text is None:
        return PlainTextResponse("This portal has no such module.", 404, headers=_FRESH)
    return Response(text, headers=_KEEP, media_type="text/javascript")


class PreloadFrontend:
    """Names our modules in the answers that are Streamlit's own page, so that they are there when it draws."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.link = preload_header()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the header to a page that has no policy of its own, as our routes' pages have."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_link(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                is_page = headers.get("content-type", "").startswith("text/html")
                if is_page and "content-security-policy" not in headers:
                    headers["Link"] = self.link
            await send(message)

        await self.app(scope, receive, send_with_link)
