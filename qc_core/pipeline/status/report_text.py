"""The report of a status as text for a terminal and as JSON for programs."""

import json
from collections.abc import Iterator

from qc_core.pipeline.check.findings import shorten
from qc_core.pipeline.status.report import MetricStatus, StatusReport
from qc_core.quality_control.status import Generation, Status
from qc_core.times import write_time

_WORST_FIRST = (Status.FAIL, Status.PENDING, None, Status.PASS)
_MAX_LISTED = 50


def as_text(found: StatusReport) -> str:
    """The report as text: the status, its parts, and the metrics that do not pass, the worst first."""
    return "\n".join(_lines(found)) + "\n"


def as_json(found: StatusReport) -> str:
    """The whole report; `status` is null if there is none, `exit_code` is that of the command."""
    report = {
        "name": found.name,
        "where": found.where,
        "at": write_time(found.at),
        "generation": str(found.generation),
        "modality": found.selection.modality,
        "stage": found.selection.stage,
        "tag": found.selection.tag,
        "status": found.status,
        "exit_code": found.exit_code,
        "counts": {str(status or "none"): found.count(status) for status in _WORST_FIRST},
        "parts": [{"name": name, "status": status} for name, status in found.parts],
        "metrics": [_metric(one) for one in found.metrics],
    }
    return json.dumps(report, indent=2) + "\n"


def _metric(one: MetricStatus) -> dict[str, object]:
    metric = one.metric
    return {
        "place": metric.key,
        "name": metric.name,
        "modality": metric.modality.abbreviation or metric.modality.name,
        "stage": metric.stage,
        "tags": [f"{key}:{value}" if key else value for key, value in metric.tags],
        "status": one.status,
        "counts_as": one.counts_as,
        **({"allowed": one.allowed} if one.allowed else {}),
    }


def _lines(found: StatusReport) -> Iterator[str]:
    of = f" of {shorten(str(found.selection))}" if str(found.selection) else ""
    yield f"{found.status or 'No status'}{of}  {shorten(found.name)}"
    yield f"  {shorten(found.where, 300)}, as of {write_time(found.at)[:19]}Z"
    if not found.metrics:
        rules = "; by the rules of the schema nothing counts as Pass" if found.status else ""
        yield f"  No metric matches{rules}." if str(found.selection) else "  It has no metrics."
        return
    counts = [f"{found.count(status)} {status or 'without status'}" for status in _WORST_FIRST if found.count(status)]
    yield f"  {len(found.metrics)} {'metric' if len(found.metrics) == 1 else 'metrics'}: {', '.join(counts)}"
    if not str(found.selection):
        yield "  By evaluation:" if found.generation is Generation.V1 else "  By tag, modality and stage:"
        yield from (f"    {status or '–':<8} {shorten(name)}" for name, status in found.parts)
    listed = sorted((one for one in found.metrics if one.status is not Status.PASS), key=_rank)
    if listed:
        yield "  Not passed:"
    for one in listed[:_MAX_LISTED]:
        allowed = f"  ({shorten(one.allowed, 300)})" if one.allowed else ""
        yield f"    {one.status or '–':<8} {one.place}{allowed}"
    if len(listed) > _MAX_LISTED:
        yield f"    … and {len(listed) - _MAX_LISTED} more; --format json lists all."


def _rank(one: MetricStatus) -> int:
    return _WORST_FIRST.index(one.status)
