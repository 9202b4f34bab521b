"""`/sessions/<record>?metric=…&search=…`: the sessions with the same figure as a metric, each with a small picture.

Those of the metric's subject; with `search`, those of its project whose name or subject matches. It answers within a
second, with what is known by then: `reading` states that more follows, and the page asks again.
"""

from datetime import UTC
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pages.routes.files import build_refusal
from pages.routes.turns import in_turn
from pages.shell.address import ReviewAddress
from pages.shell.portal import now, services
from qc_core.assets.metrics import MetricQuery, MetricRow
from qc_core.assets.query import AssetQuery
from qc_core.assets.sessions import list_sessions
from qc_core.errors import QcError, RecordNotFound
from qc_core.references.kind import suffix
from qc_core.references.shown import resolve_figure
from qc_core.references.thumbnails import thumbnail_address
from qc_core.stores.ports import StoredRecord
from qc_core.stores.summary import metric_rows

MAX_SESSIONS = 300
"""Sessions of one subject that are listed at most."""
MAX_FOUND = 30
"""Sessions that a search lists at most."""
_TIMEOUT = 0.5


async def serve_sessions(request: Request) -> Response:
    """The sessions, earliest first."""
    record_id, asked = request.path_params["record_id"], request.query_params
    metric, search = asked.get("metric", ""), " ".join(asked.get("search", "").split())[:200]
    try:
        found = await in_turn(
            request,
            services().fetching,
            record_id,
            ("sessions", record_id, metric, search),
            lambda: _find(record_id, metric, search),
        )
    except QcError as error:
        return build_refusal(error)
    return JSONResponse(found, headers={"Cache-Control": "no-store"})


def _find(record_id: str, key: str, search: str) -> dict[str, Any]:
    stored = services().records.get_recent(record_id)
    rows = metric_rows(stored, now())
    row = next((row for row in rows if row.key == key), None)
    if row is None:
        raise RecordNotFound("This record has no such metric.", "It may have changed: open the page again.")
    wanted = [row, *(one for one in rows if one.reference == row.reference and one is not row)]
    scope, assets = _scope(stored, search)
    answer: dict[str, Any] = {"scope": scope, "reading": False, "error": None}
    if assets is None:
        return answer | {"sessions": _describe_all([row], record_id)}
    query = MetricQuery(assets, names=tuple(dict.fromkeys(one.name for one in wanted)))
    most = MAX_FOUND if search else MAX_SESSIONS
    known = services().metrics_in_background.get(query, row.same_metric, most, timeout=_TIMEOUT)
    listed = list_sessions(wanted, known.rows, most)
    if search:
        listed = [one for one in listed if one.asset.record_id != record_id]
    error = f"{known.error.message} {known.error.hint}".strip() if known.error else None
    state = {"reading": known.reading, "read": known.read, "assets": known.assets, "error": error}
    return answer | state | {"sessions": _describe_all(listed, record_id)}


def _scope(stored: StoredRecord, search: str) -> tuple[str, AssetQuery | None]:
    """In words which assets are listed, and the query for them; "" and None where the record does not say."""
    asset = stored.asset
    if search:
        projects = (asset.project,) if asset.project else ()
        return f"project {asset.project}" if asset.project else "all assets", AssetQuery(text=search, projects=projects)
    return (f"subject {asset.subject_id}", AssetQuery(subjects=(asset.subject_id,))) if asset.subject_id else ("", None)


def _describe_all(rows: list[MetricRow], record_id: str) -> list[dict[str, Any]]:
    return [_describe(row, is_this=row.asset.record_id == record_id) for row in rows]


def _describe(row: MetricRow, *, is_this: bool) -> dict[str, Any]:
    asset, time = row.asset, row.asset.acquisition_time
    return {
        "record": asset.record_id,
        "asset": asset.name,
        "subject": asset.subject_id,
        "time": time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if time else None,
        "status": row.status,
        "this": is_this,
        "href": ReviewAddress(record_id=asset.record_id).href(row.position),
        "picture": thumbnail_address(resolve_figure(row.reference, asset.record_id)),
        "kind": suffix(row.reference or "").upper()[:8],
    }
