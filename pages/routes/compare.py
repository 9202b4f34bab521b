"""`/compare/<record>/<left>/<right>?width=…&at=…`: the image-comparison component in a frame with a policy of its own.

The component writes an inline script and loads JuxtaposeJS from a public address. Inside the page our policy
would block both, and rightly; here they run sandboxed, without our origin. `streamlit_image_comparison` calls
`components.html` of Streamlit to show its frame; we point its module-level `components` at a small replacement that
hands its HTML over instead. Only this module reaches into that package.
"""

import functools
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from pages.routes.files import build_refusal
from pages.routes.turns import in_turn
from pages.shell.portal import services
from qc_core.errors import QcError, ReferenceUnreadable
from qc_core.references.steps import WIDTHS, width_step
from qc_core.stores.cache import BoundedCache

SCRIPT_HOST = "https://cdn.knightlab.com"
POLICY = (
    f"default-src 'none'; script-src 'unsafe-inline' {SCRIPT_HOST}; style-src 'unsafe-inline' {SCRIPT_HOST}; "
    f"img-src data: {SCRIPT_HOST}; sandbox allow-scripts; frame-ancestors 'self'"
)
NARROWEST, WIDEST = WIDTHS[0], WIDTHS[-1]
_AT = "(at)"
"""A placeholder for the position of the handle in HTML that is kept, unique in it by its brackets."""

# The component is a pixel higher than its pictures: no scroll bar for that. Where its script cannot be loaded, what the
# component writes finds nothing to call, and stays silent.
QUIET = """<style>html { overflow: hidden; }</style>
<script>window.juxtapose = { JXSlider: class {} };</script>"""
# Reports to the page that the component is drawn, so that it may replace ours; silent where its script is missing.
# Then where its handle is, and what the component has no answer to: the wheel, two fingers, and keys.
REPORT = f"<script>{(Path(__file__).parent / 'compare_frame.js').read_text('utf-8')}</script>"


class _HandsOver:
    """Replaces `streamlit.components.v1` inside the component: gives back the HTML."""

    @staticmethod
    def html(markup: str, **_: Any) -> str:
        return markup


_Version = tuple[Path, int]
"""A file, and when it was changed last, in nanoseconds."""
_frames: BoundedCache[tuple[_Version, _Version, int], str] = BoundedCache(64_000_000)
"""The component's HTML, in characters; `_AT` marks the position of its handle."""


async def serve_pair(request: Request) -> Response:
    """The frame's page, with both pictures in it at about the size they are shown."""
    width = width_step(min(WIDEST, max(NARROWEST, _number(request, "width", 700))))
    at = min(100, _number(request, "at", 50))
    headers = {"Content-Security-Policy": POLICY, "X-Frame-Options": "SAMEORIGIN", "Cache-Control": "private, no-cache"}
    try:
        markup = await _frame(request, width)
    except QcError as error:
        refused = build_refusal(error)
        refused.headers.update(headers)
        return refused
    markup = markup.replace(_AT, str(at))
    return HTMLResponse(f"<!doctype html><meta charset='utf-8'><body>{QUIET}{markup}{REPORT}</body>", headers=headers)


def _number(request: Request, name: str, usual: int) -> int:
    text = request.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else usual


async def _frame(request: Request, width: int) -> str:
    """The component's HTML for a pair, kept or made in its turn."""
    record_id, left, right = (request.path_params[part] for part in ("record_id", "left", "right"))
    figure = f"{record_id}/{left}/{right}"

    def versions() -> tuple[_Version, _Version]:
        return _version(record_id, left), _version(record_id, right)

    both = await in_turn(request, services().fetching, figure, ("find", figure), versions)
    found = _frames.get((*both, width))
    if found is None:
        found = await in_turn(
            request, services().decoding, figure, ("pair", figure, both, width), lambda: _make_html(*both, width)
        )
    return found


def _version(record_id: str, digest: str) -> _Version:
    path = services().figures.local_file(record_id, digest)
    try:
        return path, path.stat().st_mtime_ns
    except OSError as error:
        raise ReferenceUnreadable("One of the two pictures cannot be read.") from error


def _make_html(left: _Version, right: _Version, width: int) -> str:
    """The component's HTML. Both pictures were decoded elsewhere: here they are rows of colours, and nothing else."""
    from PIL import Image  # heavy, and few figures are pairs

    pair = services().conversions.pair(left[0], right[0], width)
    # Both fill one frame without distortion, whatever their own sizes; never an address or a label goes in.
    fitted = [Image.frombytes("RGB", pair.size, side) for side in (pair.left, pair.right)]
    asked = {"label1": "", "label2": "", "show_labels": False, "width": pair.size[0], "starting_position": _AT}
    markup = str(_component()(*fitted, **asked, in_memory=True))
    _frames.put((left, right, width), markup, len(markup))
    return markup


@functools.cache
def _component() -> Any:
    import streamlit_image_comparison as package

    package.components = _HandsOver
    return package.image_comparison
