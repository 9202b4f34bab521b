"""What is read of a record in the database: every read is projected to the fields that are used."""

from collections.abc import Mapping
from typing import Any

from qc_core.assets.record import FIELDS
from qc_core.settings.model import Database

_ASSET_METADATA = {".".join(path): 1 for path in FIELDS}
_OF_A_METRIC = (
    *("name", "modality", "stage", "tags", "evaluated_assets", "object_type", "type"),
    *("status_history.status", "status_history.timestamp", "status_history.evaluator"),
    *("metric_status_history", "metric_status", "status"),
)
_VALUES = ("value", "reference")
_OF_AN_EVALUATION = (
    *("name", "modality", "stage", "tags", "latest_status", "allow_failed_metrics"),
    *("evaluation_name", "evaluation_modality", "evaluation_stage", "evaluation_status_history", "stage_status"),
    *(f"metrics.{key}" for key in _OF_A_METRIC),
)
_STATUS_ONLY = (
    *("status", "allow_tag_failures", "schema_version", "overall_status", "overall_status_history"),
    "key_experimenters",
    *(f"metrics.{key}" for key in _OF_A_METRIC),
    *(f"evaluations.{key}" for key in _OF_AN_EVALUATION),
    "evaluations.qc_metrics",
)

_METRICS = (
    *_STATUS_ONLY,
    "default_grouping",
    *(f"{at}.{key}" for at in ("metrics", "evaluations.metrics") for key in _VALUES),
)

ASSET_METADATA: Mapping[str, int] = _ASSET_METADATA
"""A record without its quality control."""
WHOLE: Mapping[str, int] = _ASSET_METADATA | {"quality_control": 1}
"""A record as a review shows it."""
JUST_QC: Mapping[str, int] = {"name": 1, "location": 1, "quality_control": 1}
"""What a write is made against, and what it is read back by."""
LINE: Mapping[str, int] = _ASSET_METADATA | {f"quality_control.{key}": 1 for key in _STATUS_ONLY}
"""A line of the list of assets: its statuses, and no values, references or notes."""

HISTORIES = ("status_history", "metric_status_history")
"""The names that a metric's history has."""
LIGHT: Mapping[str, int] = {"_last_modified": 1, "last_modified": 1} | {
    f"quality_control.{holder}.{history}.status": 1
    for holder in ("metrics", "evaluations.metrics", "evaluations.qc_metrics")
    for history in HISTORIES
}
"""What shows that somebody changed a record: its time, and how long each history is (`parsing.revision_of`)."""

METRICS: Mapping[str, int] = {"name": 1} | {f"quality_control.{key}": 1 for key in _METRICS}
"""The metrics of a record, with values and references, and without descriptions and notes."""


def get_modified_key(database: Database) -> str:
    """The field that the database keeps the time of the last change in (docs/formats.md#the-record)."""
    return "last_modified" if database.version == "v1" else "_last_modified"


def read_modified(record: Mapping[str, Any], database: Database) -> str:
    """When a record was last changed, as written; "" where it does not say."""
    value = record.get(get_modified_key(database))
    return value if isinstance(value, str) else ""
