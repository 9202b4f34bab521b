"""Summaries and metrics of assets as the tests of queries and histories build them."""

from datetime import UTC, datetime
from typing import Any

from qc_core.assets.index import AssetSummary
from qc_core.assets.metrics import MetricRow
from qc_core.quality_control.position import Position

NOON = datetime(2025, 1, 20, 12, tzinfo=UTC)


def summary(name: str, **known: Any) -> AssetSummary:
    values: dict[str, Any] = {
        "record_id": name,
        "subject_id": None,
        "project": None,
        "modalities": (),
        "acquisition_time": None,
        "data_level": None,
        "status": "",
        "pending": 0,
        "metrics": 0,
        "generation": "v2",
        "problem": None,
    }
    return AssetSummary(name=name, **(values | known))


ASSET = summary("session", subject_id="1", acquisition_time=NOON)


def row(name: str = "Drift", **known: Any) -> MetricRow:
    values: dict[str, Any] = {
        "asset": ASSET,
        "key": f"metrics/{name}",
        "position": Position("", name),
        "stage": "Raw data",
        "modality": "ecephys",
        "tags": (),
        "status": "Pending",
        "number": None,
        "reference": None,
        "changed_at": None,
        "evaluator": None,
    }
    return MetricRow(name=name, **(values | known))
