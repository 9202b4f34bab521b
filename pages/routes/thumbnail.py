"""`/thumbnail/<record>/<which reference>/<name>`: a small JPEG of a picture, for the strip of sessions."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from pages.routes.files import PASSIVE, build_refusal, respond_with_file
from pages.routes.turns import in_turn
from pages.shell.portal import services
from qc_core.errors import QcError
from qc_core.stores.figures.conversions import Converted


async def serve_thumbnail(request: Request) -> Response:
    """The small picture, from the cache or made in its turn; a sentence where there is none."""
    record_id, digest, name = (request.path_params[part] for part in ("record_id", "digest", "file_name"))
    conversions, figure = services().conversions, f"{record_id}/{digest}"

    def find() -> tuple[Path, Converted | None]:
        path = services().figures.local_file(record_id, digest)
        return path, conversions.get_kept_thumbnail(path)

    try:
        path, found = await in_turn(request, services().fetching, figure, ("find thumbnail", figure), find)
        if found is None:
            found = await in_turn(
                request,
                services().decoding,
                figure,
                ("thumbnail", figure),
                lambda: conversions.thumbnail(path, name=name),
            )
    except QcError as error:
        return build_refusal(error)
    headers = {"Content-Security-Policy": PASSIVE, "Cross-Origin-Resource-Policy": "same-origin"}
    return respond_with_file(request, found.path, "image/jpeg", headers | {"ETag": f'"{found.path.stem}"'})
