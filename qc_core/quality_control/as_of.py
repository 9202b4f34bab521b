"""Reconstruct a document as of an earlier time from its status histories."""

from dataclasses import replace
from datetime import datetime

from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.rollup import document_status, find_allowed_failures, metric_statuses
from qc_core.quality_control.status import Status, is_future
from qc_core.quality_control.status_counts import StatusCounts, count_one, sum_counts


def remove_later_entries(document: QualityControl, at: datetime) -> QualityControl:
    """The document without the status entries that are later than a moment; everything else is as it is now.

    So a metric that had no entry then has no status: the schema's rule would take its first one.
    """
    metrics = tuple(
        replace(metric, history=tuple(entry for entry in metric.history if not is_future(entry, at)))
        for metric in document.metrics
    )
    return replace(document, metrics=metrics)


def describe_status_as_of(document: QualityControl, at: datetime) -> tuple[Status | None, StatusCounts]:
    """The status of the whole at an earlier time, and how many metrics had which."""
    then = remove_later_entries(document, at)
    allowed = find_allowed_failures(then, at)
    statuses = enumerate(metric_statuses(then, at))
    counts = sum_counts(count_one(status, is_allowed=index in allowed) for index, status in statuses)
    return document_status(then, at), counts
