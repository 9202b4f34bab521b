"""`/converted/<record>/<which reference>/<name>?low=…&high=…&page=…&window=…&array=…`: a picture as PNG.

With `facts`, what was done to it; with `quiet` besides, a refusal is an answer as well: `{"problem": "…"}`. `page`,
from 1, is the page of a TIFF, or the slice of an array in HDF5 or Zarr, `window` of how many the maximum is drawn.
`array` names one of several arrays, as the facts list them.
"""

import math
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pages.routes.files import PASSIVE, build_refusal, respond_with_file
from pages.routes.turns import in_turn
from pages.shell.portal import services
from qc_core.errors import QcError
from qc_core.references.steps import percentile_steps
from qc_core.stores.figures.conversions import HIGH, LOW, MAX_WINDOW, Converted
from qc_core.stores.parts import HostedParts

MOST_PAGES = 1_000_000
LONGEST_NAME = 1000


async def serve_converted(request: Request) -> Response:
    """A page of a TIFF, or a 16-bit picture, stretched between two percentiles into 8 bits."""
    asked = request.query_params
    pages = _count(asked.get("page", ""), MOST_PAGES) - 1, _count(asked.get("window", ""), MAX_WINDOW)
    array = asked.get("array", "")[:LONGEST_NAME]
    try:
        found = await _convert(request, *_percentiles(asked.get("low", ""), asked.get("high", "")), pages, array)
    except QcError as error:
        if "facts" in asked and "quiet" in asked:
            return JSONResponse({"problem": error.message}, headers={"Cache-Control": "no-store"})
        return build_refusal(error)
    if "facts" in asked:
        return JSONResponse(dict(found.facts), headers={"Cache-Control": "no-store"})
    headers = {"Content-Security-Policy": PASSIVE, "Cross-Origin-Resource-Policy": "same-origin"}
    return respond_with_file(request, found.path, "image/png", headers | {"ETag": f'"{found.path.stem}"'})


async def _convert(request: Request, low: float, high: float, pages: tuple[int, int], array: str) -> Converted:
    """The picture, from the cache or made in its turn."""
    record_id, digest, name = (request.path_params[part] for part in ("record_id", "digest", "file_name"))
    conversions, figure = services().conversions, f"{record_id}/{digest}"

    def find() -> tuple[Path | HostedParts, Converted | None]:
        path = services().figures.get_sliced_source(record_id, digest)
        return path, conversions.get_kept_png(path, low, high, pages, array)

    asked = (figure, low, high, pages, array)
    path, kept = await in_turn(request, services().fetching, figure, ("find", *asked), find)
    if kept is not None:
        return kept

    def convert() -> Converted:
        return conversions.png(path, low, high, name=name, pages=pages, array=array)

    return await in_turn(request, services().decoding, figure, ("png", *asked), convert)


def _count(text: str, most: int) -> int:
    """A number from 1 to `most`; what is none counts as 1."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
    return min(max(number, 1), most)


def _percentiles(low: str, high: str) -> tuple[float, float]:
    """The steps nearest to what was asked for, where that is two percentiles in order; else the usual ones."""
    try:
        asked = float(low or LOW), float(high or HIGH)
    except ValueError:
        return LOW, HIGH
    if all(math.isfinite(one) for one in asked) and 0 <= asked[0] < asked[1] <= 100:
        return percentile_steps(*asked)
    return LOW, HIGH
