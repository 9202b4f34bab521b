"""`/page/<record>/<which reference>/<name>`: an interactive HTML export, in a sandbox with a policy of its own.

Exports of Altair, Plotly and Bokeh are inline scripts around a library. Here they run, without our origin, cookies or
storage, also when opened in a tab of their own. They may load that library from the hosts of the settings, and
nothing else from anywhere: no data, no pictures, no frames.
"""

import re

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from pages.routes.files import build_refusal
from pages.routes.turns import in_turn
from pages.shell.portal import services
from qc_core.errors import QcError, ReferenceUnreadable

MAX_BYTES = 40_000_000
"""Bytes of a web page of an asset, which is served whole with a report put in front."""

# Reports to the outer page what could not be loaded, since a frame that stays empty gives no reason.
REPORT = b"""<script>
(function () {
  const report = (what) => parent.postMessage({ sandboxed: String(what).slice(0, 300) }, "*");
  addEventListener("error", (event) => event.target !== window && report(event.target.src || event.target.href), true);
  addEventListener("securitypolicyviolation", (event) => report(event.blockedURI));
})();
</script>"""
_BEFORE_REPORT = re.compile(rb"\s*(<!doctype[^>]*>)?(\s*<!--.*?-->)*\s*(<html[^>]*>)?\s*(<head[^>]*>)?", re.I | re.S)


def page_policy(script_origins: tuple[str, ...]) -> str:
    """The policy of such a page. Vega, and some parts of Plotly and Bokeh, build functions from text."""
    hosts = " ".join(script_origins)
    return "; ".join(
        (
            "sandbox allow-scripts",
            "default-src 'none'",
            f"script-src 'unsafe-inline' 'unsafe-eval' blob: {hosts}",
            f"style-src 'unsafe-inline' {hosts}",
            "img-src data: blob:",
            f"font-src data: {hosts}",
            "worker-src blob:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'self'",
        )
    )


async def serve_sandboxed(request: Request) -> Response:
    """The HTML as it was written, with one script before its own that reports what could not be loaded."""
    names = request.path_params
    try:
        figure = f"{names['record_id']}/{names['digest']}"
        key = ("page", figure, names["file_name"])
        markup = await in_turn(request, services().fetching, figure, key, lambda: _markup(**names))
    except QcError as error:
        return build_refusal(error)
    at = found.end() if (found := _BEFORE_REPORT.match(markup)) else 0
    headers = {
        "Content-Security-Policy": page_policy(services().settings.script_origins),
        "X-Frame-Options": "SAMEORIGIN",
        "Cache-Control": "private, no-cache",
    }
    return HTMLResponse(markup[:at] + REPORT + markup[at:], headers=headers)


def _markup(record_id: str, digest: str, file_name: str) -> bytes:
    path = services().figures.local_file(record_id, digest)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ReferenceUnreadable(f"The figure {file_name} is larger than {MAX_BYTES // 1_000_000} MB.")
        return path.read_bytes()
    except OSError as error:
        raise ReferenceUnreadable(f"The figure {file_name} cannot be read.") from error
