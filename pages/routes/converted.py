"""`/converted/<record>/<which reference>/<name>?low=…&high=…`: a picture as PNG; with `facts`, what was done to it."""

import math
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pages.routes.files import PASSIVE, refusal, sent
from pages.routes.turns import in_turn
from pages.shell.portal import services
from qc_core.errors import QcError
from qc_core.references.steps import percentile_steps
from qc_core.stores.figures.conversions import HIGH, LOW, Converted


async def converted(request: Request) -> Response:
    """The first page of a TIFF, or a 16-bit picture, stretched between two percentiles into 8 bits."""
    asked = request.query_params
    try:
        found = await _converted(request, *_percentiles(asked.get("low", ""), asked.get("high", "")))
    except QcError as error:
        return refusal(error)
    if "facts" in asked:
        return JSONResponse(dict(found.facts), headers={"Cache-Control": "no-store"})
    headers = {"Content-Security-Policy": PASSIVE, "Cross-Origin-Resource-Policy": "same-origin"}
    return sent(request, found.path, "image/png", headers | {"ETag": f'"{found.path.stem}"'})


async def _converted(request: Request, low: float, high: float) -> Converted:
    """The picture, from the cache or made in its turn."""
    record_id, digest, name = (request.path_params[part] for part in ("record_id", "digest", "file_name"))
    conversions, figure = services().conversions, f"{record_id}/{digest}"

    def find() -> tuple[Path, Converted | None]:
        path = services().figures.local_file(record_id, digest)
        return path, conversions.kept_png(path, low, high)

    path, kept = await in_turn(request, services().fetching, figure, ("find", figure, low, high), find)
    if kept is not None:
        return kept
    key = ("png", figure, low, high)
    return await in_turn(request, services().decoding, figure, key, lambda: conversions.png(path, low, high, name=name))


def _percentiles(low: str, high: str) -> tuple[float, float]:
    """The steps nearest to what was asked for, where that is two percentiles in order; else the usual ones."""
    try:
        asked = float(low or LOW), float(high or HIGH)
    except ValueError:
        return LOW, HIGH
    if all(math.isfinite(one) for one in asked) and 0 <= asked[0] < asked[1] <= 100:
        return percentile_steps(*asked)
    return LOW, HIGH
