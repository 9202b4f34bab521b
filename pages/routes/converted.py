"""`/converted/<record>/<which reference>/<name>?low=…&high=…`: a picture as PNG; with `facts`, what was done to it."""

import math

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pages.components.portal import services
from pages.routes.files import PASSIVE, refusal, sent
from qc_core.errors import QcError
from qc_core.stores.conversions import HIGH, LOW, Converted


async def converted(request: Request) -> Response:
    """The first page of a TIFF, or a 16-bit picture, stretched between two percentiles into 8 bits."""
    names, asked = request.path_params, request.query_params
    low, high = _percentiles(asked.get("low", ""), asked.get("high", ""))

    def made() -> Converted:
        source = services().figures.local_file(names["record_id"], names["digest"])
        return services().conversions.png(source, low, high, name=names["file_name"])

    try:
        found = await to_thread.run_sync(made)
    except QcError as error:
        return refusal(error)
    if "facts" in asked:
        return JSONResponse(dict(found.facts), headers={"Cache-Control": "no-store"})
    headers = {"Content-Security-Policy": PASSIVE, "Cross-Origin-Resource-Policy": "same-origin"}
    return sent(request, found.path, "image/png", headers | {"ETag": f'"{found.path.stem}"'})


def _percentiles(low: str, high: str) -> tuple[float, float]:
    """The two that were asked for, where they are two percentiles in order; else the usual ones."""
    try:
        asked = float(low or LOW), float(high or HIGH)
    except ValueError:
        return LOW, HIGH
    if all(math.isfinite(one) for one in asked) and 0 <= asked[0] < asked[1] <= 100:
        return round(asked[0], 3), round(asked[1], 3)
    return LOW, HIGH
