"""One line of the list of assets, from a whole record."""

from datetime import datetime

from qc_core.assets.index import AssetSummary
from qc_core.quality_control.rollup import document_status, pending_count
from qc_core.stores.ports import StoredRecord


def summary_of(stored: StoredRecord, at: datetime) -> AssetSummary:
    """The summary of a record; its statuses are those at a moment."""
    document, asset = stored.document, stored.asset
    of_metrics = (metric.modality.abbreviation or metric.modality.name for metric in document.metrics)
    return AssetSummary(
        record_id=stored.record_id,
        name=stored.name,
        subject_id=asset.subject_id,
        project=asset.project,
        modalities=asset.modality_labels or tuple(dict.fromkeys(label for label in of_metrics if label)),
        acquisition_time=asset.acquisition_time,
        data_level=asset.data_level,
        status=str(document_status(document, at) or ""),
        pending=pending_count(document, at),
        metrics=len(document.metrics),
        generation=str(document.generation or ""),
        problem=document.read_only or next(iter(stored.problems), None),
    )


def status_valid_until(stored: StoredRecord, at: datetime) -> datetime | None:
    """When the first status entry that lies in the future comes to count, None where there is none."""
    entries = (entry.timestamp for metric in stored.document.metrics for entry in metric.history)
    return min((time for time in entries if time and time > at), default=None)
