"""One line of the list of assets, from a whole record; and one row for each of its metrics."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from qc_core.assets.index import AssetSummary
from qc_core.assets.metrics import MetricChange, MetricRow
from qc_core.quality_control.figure_pages import metric_addresses
from qc_core.quality_control.grouping import build_tree
from qc_core.quality_control.position import Position
from qc_core.quality_control.rollup import count_pending, document_review_status, get_counted_statuses, review_status
from qc_core.quality_control.status import Status, StatusEntry, latest
from qc_core.quality_control.values.numbers import numeric_value
from qc_core.stores.ports import StoredRecord


def summary_of(stored: StoredRecord, at: datetime) -> AssetSummary:
    """The summary of a record; its statuses are those at a moment."""
    document, asset = stored.document, stored.asset
    counted = Counter(get_counted_statuses(document, at))
    newest = _newest_entry(stored, at)
    of_metrics = (metric.modality.abbreviation or metric.modality.name for metric in document.metrics)
    return AssetSummary(
        record_id=stored.record_id,
        name=stored.name,
        subject_id=asset.subject_id,
        project=asset.project,
        modalities=asset.modality_labels or tuple(dict.fromkeys(label for label in of_metrics if label)),
        acquisition_time=asset.acquisition_time,
        data_level=asset.data_level,
        status=str(document_review_status(document, at) or ""),
        pending=count_pending(document, at),
        metrics=len(document.metrics),
        generation=str(document.generation or ""),
        problem=document.read_only or next(iter(stored.problems), None),
        passed=counted[Status.PASS],
        failed=counted[Status.FAIL],
        location=asset.location,
        genotype=asset.genotype,
        platform=asset.platform,
        code_ocean_id=asset.code_ocean_id,
        processed_at=asset.processed_at,
        instrument=asset.instrument,
        experimenters=asset.experimenters,
        key_experimenters=document.key_experimenters,
        sources=asset.source_names,
        changed_at=newest.timestamp if newest else None,
        changed_by=newest.evaluator if newest else None,
    )


def metric_rows(stored: StoredRecord, at: datetime) -> tuple[MetricRow, ...]:
    """The metrics of a record, in its order, with statuses as of an aware time; none if its shape is unknown."""
    document = stored.document
    if document.generation is None or not document.metrics:
        return ()
    asset = summary_of(stored, at)
    addresses = metric_addresses(document, build_tree(document, at))
    rows = []
    for index, (metric, counted) in enumerate(zip(document.metrics, get_counted_statuses(document, at), strict=True)):
        entry = latest(metric.history, document.generation, at)
        rows.append(
            MetricRow(
                asset=asset,
                key=metric.key,
                position=Position("", addresses[index]),
                name=metric.name,
                stage=metric.stage,
                modality=metric.modality.abbreviation or metric.modality.name,
                tags=tuple(f"{key}:{value}" if key else value for key, value in metric.tags),
                status=str(counted or review_status(metric, document.generation, at) or ""),
                number=numeric_value(metric.value),
                reference=metric.reference,
                changed_at=entry.timestamp if entry else None,
                evaluator=entry.evaluator if entry else None,
            )
        )
    return tuple(rows)


def metric_changes(stored: StoredRecord, rows: Sequence[MetricRow]) -> Iterator[MetricChange]:
    """The status entries of a record's metrics that have a time, metric by metric; `rows` are its `metric_rows`."""
    for row, metric in zip(rows, stored.document.metrics, strict=False):
        before = ""
        for entry in metric.history:
            status = str(entry.status) if entry.status else entry.word or ""
            if entry.timestamp is not None:
                yield MetricChange(row, before, status, entry.evaluator or "", entry.timestamp)
            before = status


def _newest_entry(stored: StoredRecord, at: datetime) -> StatusEntry | None:
    entries = [entry for metric in stored.document.metrics for entry in metric.history]
    dated = [entry for entry in entries if entry.timestamp is not None and entry.timestamp <= at]
    return max(dated, key=lambda entry: entry.timestamp or at, default=None)


def status_valid_until(stored: StoredRecord, at: datetime) -> datetime | None:
    """When the first status entry that lies in the future comes to count, None where there is none."""
    entries = (entry.timestamp for metric in stored.document.metrics for entry in metric.history)
    return min((time for time in entries if time and time > at), default=None)
