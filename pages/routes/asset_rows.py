"""`/rows/assets?…`: one page of the list of assets, for its rows while the reader types."""

from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pages.routes.files import build_refusal
from pages.routes.turns import in_turn
from pages.routes.who import person_of
from pages.shell.asset_rows import ROWS_ON_A_PAGE, build_list
from pages.shell.portal import services
from qc_core.assets.list_view import parse_view
from qc_core.errors import QcError
from qc_core.identity.permissions import draft_owner


async def list_assets(request: Request) -> Response:
    """The rows of the view that the address states, as `asset_rows.build_list` gives them."""
    try:
        found = await in_turn(request, services().listing, "rows", object(), lambda: _list(request))
    except QcError as error:
        return build_refusal(error)
    return JSONResponse(found, headers={"Cache-Control": "no-store"})


def _list(request: Request) -> dict[str, Any]:
    view = parse_view(request.query_params.multi_items())
    result = services().index.query(replace(view.query, limit=ROWS_ON_A_PAGE)).result
    return build_list(result, view, draft_owner(person_of(request), services().settings), while_typing=True)
