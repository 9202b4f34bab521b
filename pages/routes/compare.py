"""`/compare/<record>/<left>/<right>?width=…&at=…`: the image-comparison component in a frame with a policy of its own.

The component writes an inline script and loads JuxtaposeJS from a public address. Inside the page our policy
would block both, and rightly; here they run sandboxed, without our origin. `streamlit_image_comparison` calls
`components.html` of Streamlit to show its frame; we point its module-level `components` at a small stand-in that
hands its HTML over instead. That is the one place where we reach into that package.
"""

import functools
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from pages.components.portal import services
from qc_core.errors import QcError, ReferenceUnreadable
from qc_core.references.kind import FigureKind, kind_of_name
from qc_core.stores.conversions import HEADER, is_deep_grey_png
from qc_core.stores.figures_folder import beginning_of

SCRIPT_HOST = "https://cdn.knightlab.com"
POLICY = (
    f"default-src 'none'; script-src 'unsafe-inline' {SCRIPT_HOST}; style-src 'unsafe-inline' {SCRIPT_HOST}; "
    f"img-src data: {SCRIPT_HOST}; sandbox allow-scripts; frame-ancestors 'self'"
)
NARROWEST, WIDEST = 200, 2000
MOST_PIXELS = 100_000_000
"""Of one picture: unpacked it takes four bytes a pixel. The component lifts the limit that Pillow itself would keep."""

# The component is a pixel higher than its pictures: no scroll bar for that. Where its script cannot be loaded, what the
# component writes finds nothing to call, and stays silent.
QUIET = """<style>html { overflow: hidden; }</style>
<script>window.juxtapose = { JXSlider: class {} };</script>"""
# Tells the page that the component stands, so that it may take the place of ours; silent where its script is missing.
# Then where its handle is, and what the component has no answer to: the wheel, two fingers, and keys.
REPORT = f"<script>{(Path(__file__).parent / 'compare_frame.js').read_text('utf-8')}</script>"


@dataclass(frozen=True, slots=True)
class _Picture:
    path: Path
    changed: int


class _HandsOver:
    """Stands in for `streamlit.components.v1` inside the component: gives back the HTML."""

    @staticmethod
    def html(markup: str, **_: Any) -> str:
        return markup


async def compare(request: Request) -> Response:
    """The frame's page, with both pictures in it at the size they are shown."""
    names = request.path_params
    pixels = min(WIDEST, max(NARROWEST, _number(request, "width", 700)))
    at = min(100, _number(request, "at", 50))
    headers = {"Content-Security-Policy": POLICY, "X-Frame-Options": "SAMEORIGIN", "Cache-Control": "private, no-cache"}
    try:
        markup = await to_thread.run_sync(
            lambda: _frame(
                _picture(names["record_id"], names["left"]), _picture(names["record_id"], names["right"]), pixels, at
            )
        )
    except QcError as error:
        return PlainTextResponse(str(error), status_code=404, headers=headers)
    return HTMLResponse(f"<!doctype html><meta charset='utf-8'><body>{QUIET}{markup}{REPORT}</body>", headers=headers)


def _number(request: Request, name: str, usual: int) -> int:
    text = request.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else usual


def _picture(record_id: str, digest: str) -> _Picture:
    path = services().figures.local_file(record_id, digest)
    if kind_of_name(path.name) is FigureKind.CONVERTED or is_deep_grey_png(beginning_of(path, HEADER)):
        path = services().conversions.png(path).path
    return _Picture(path, path.stat().st_mtime_ns)


_one_at_a_time = threading.Lock()


@functools.lru_cache(maxsize=8)
def _frame(left: _Picture, right: _Picture, width: int, at: int) -> str:
    from PIL import Image, ImageOps, UnidentifiedImageError  # heavy, and few figures are pairs

    component = _component()
    pictures = []
    with _one_at_a_time:  # two large pairs at once would take the memory of four
        try:
            for picture in (left, right):
                with Image.open(picture.path) as opened:
                    if opened.width * opened.height > MOST_PIXELS:
                        raise ReferenceUnreadable("One of the two pictures is too large to compare here.")
                    opened.draft("RGB", (width, width))
                    shown = ImageOps.exif_transpose(opened).convert("RGBA")  # browsers turn pictures by it too
                paper = Image.new("RGBA", shown.size, "white")
                paper.alpha_composite(shown)
                pictures.append(paper.convert("RGB"))
        except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError) as error:
            raise ReferenceUnreadable("One of the two pictures cannot be read.", "Its file may be damaged.") from error
        size = (width, max(1, round(width * pictures[0].height / pictures[0].width)))
        # Both fill one frame without distortion, whatever their own sizes; never an address or a label goes in.
        fitted = [ImageOps.pad(picture, size, color="white") for picture in pictures]
        asked = {"label1": "", "label2": "", "show_labels": False, "width": width, "starting_position": at}
        return str(component(*fitted, **asked, in_memory=True))


@functools.cache
def _component() -> Any:
    import streamlit_image_comparison as package

    package.components = _HandsOver
    return package.image_comparison
