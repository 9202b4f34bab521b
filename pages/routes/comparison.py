"""`/comparison/<record>?metric=…&number=…&most=…`: a metric's number among the project's values of the same metric.

It answers at once, with what is known by then: `reading` states that more follows, and the page asks again.
"""

from datetime import UTC
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pages.routes.files import build_refusal
from pages.routes.turns import in_turn
from pages.shell.address import ReviewAddress
from pages.shell.portal import now, services
from qc_core.assets.comparison import choose_axis_range, compare, describe_outlier, describe_rank, select_same
from qc_core.assets.metrics import MetricQuery, MetricRow
from qc_core.assets.query import AssetQuery
from qc_core.errors import QcError, RecordNotFound
from qc_core.quality_control.values.numbers import parse_number, rule_limits, rule_of
from qc_core.stores.metrics_in_background import MetricsSoFar
from qc_core.stores.ports import StoredRecord
from qc_core.stores.summary import metric_rows

COUNTS = (200, 1000, 5000)
"""How many of the last values may be asked for."""
_TIMEOUT = 0.5
"""Seconds until an answer is given with what is known."""


async def serve_comparison(request: Request) -> Response:
    """The values to draw, and in words where the number lies among them."""
    record_id, asked = request.path_params["record_id"], request.query_params
    metric, number = asked.get("metric", ""), parse_number(asked.get("number", ""))
    most = next((count for count in COUNTS if str(count) == asked.get("most")), COUNTS[0])
    key = ("comparison", record_id, metric, number, most)
    try:
        found = await in_turn(
            request, services().fetching, record_id, key, lambda: _compare(record_id, metric, number, most)
        )
    except QcError as error:
        return build_refusal(error)
    return JSONResponse(found, headers={"Cache-Control": "no-store"})


def _compare(record_id: str, key: str, number: float | None, most: int) -> dict[str, Any]:
    stored = services().records.get_recent(record_id)
    rows = metric_rows(stored, now())
    row = next((row for row in rows if row.key == key), None)
    if row is None:
        raise RecordNotFound("This record has no such metric.", "It may have changed: open the page again.")
    scope, assets = _scope(stored)
    if assets is None:
        return {"scope": scope, "reading": False, "values": []}
    names = tuple(sorted({other.name for other in rows if other.number is not None} | {row.name}))
    query = MetricQuery(assets, names=names, numeric=True)
    known = services().metrics_in_background.get(query, row.same_metric, most + 1, timeout=_TIMEOUT)
    same = select_same(known.rows, row.same_metric, most + 1)
    others = [one for one in same if (one.asset.record_id, one.key) != (record_id, key)][-most:]
    return {"scope": scope} | _state(known) | _describe(stored, row, number, others)


def _scope(stored: StoredRecord) -> tuple[str, AssetQuery | None]:
    """In words which assets are compared, and the query for them: of the project, else of the subject."""
    if stored.asset.project:
        return f"project {stored.asset.project}", AssetQuery(projects=(stored.asset.project,))
    if stored.asset.subject_id:
        return f"subject {stored.asset.subject_id}", AssetQuery(subjects=(stored.asset.subject_id,))
    return "", None


def _state(known: MetricsSoFar) -> dict[str, Any]:
    error = known.error
    return {
        "reading": known.reading,
        "assets": known.assets,
        "read": known.read,
        "partial": known.partial,
        "error": f"{error.message} {error.hint}".strip() if error else None,
    }


def _describe(stored: StoredRecord, row: MetricRow, number: float | None, others: list[MetricRow]) -> dict[str, Any]:
    metric = next(metric for metric in stored.document.metrics if metric.key == row.key)
    rule = rule_of(metric.value)
    limits = rule_limits(rule) if rule is not None else ()
    numbers = [other.number for other in others if other.number is not None]
    drawn = choose_axis_range([*numbers, *([number] if number is not None else []), *limits])
    found: dict[str, Any] = {
        "values": [_value(other, stored.asset.subject_id) for other in others],
        "range": list(drawn) if drawn else None,
        "rule": rule if limits else None,
        "limits": list(limits),
        "subject": stored.asset.subject_id,
        "time": _date(row),
        "status": row.status,
        "number": number,
    }
    if number is None:
        return found
    comparison = compare(number, numbers)
    return found | {
        "median": comparison.median,
        "rank": describe_rank(comparison),
        "hint": describe_outlier(comparison),
        "unusual": comparison.is_unusual,
    }


def _value(other: MetricRow, subject: str | None) -> dict[str, Any]:
    return {
        "number": other.number,
        "status": other.status,
        "time": _date(other),
        "asset": other.asset.name,
        "own": subject is not None and other.asset.subject_id == subject,
        "href": ReviewAddress(record_id=other.asset.record_id).href(other.position),
    }


def _date(row: MetricRow) -> str | None:
    time = row.asset.acquisition_time
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if time else None
