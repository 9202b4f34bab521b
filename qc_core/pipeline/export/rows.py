"""One typed row for each metric of a record, with its history."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from qc_core.assets.record import AssetRecord
from qc_core.json_document.value import JsonValue
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.rollup import get_counted_statuses
from qc_core.quality_control.status import StatusEntry, latest
from qc_core.stores.ports import StoredRecord


@dataclass(frozen=True, slots=True)
class Row:
    """A metric and its record. None where the record has no value.

    `place` is its key in the quality_control (`metrics/3`); `evaluation` the name of its v1 evaluation; `tags`
    as stored, an object or a list. `status`, `evaluator` and `timestamp` are those of the latest entry, by the
    rules of its generation, `latest`; `counts_as` is Pass for a failure that is allowed. `value` is as stored.
    Times are aware, or naive where no zone was recorded.
    """

    asset: str
    record_id: str
    subject_id: str | None
    project_name: str | None
    data_level: str | None
    acquisition_time: datetime | None
    generation: str
    place: str
    metric: str
    evaluation: str | None
    modality: str
    stage: str
    tags: dict[str, str] | list[str]
    status: str | None
    counts_as: str | None
    evaluator: str | None
    timestamp: datetime | None
    value: JsonValue
    description: str | None
    reference: str | None
    evaluated_assets: tuple[str, ...]
    object_type: str | None
    history: tuple[StatusEntry, ...]
    latest: StatusEntry | None


def build_rows(stored: StoredRecord, at: datetime) -> Iterator[Row]:
    """The rows of one record, in its order, with statuses as of an aware time; none if its shape is unknown."""
    document, asset = stored.document, stored.asset
    if document.generation is None:
        return
    for metric, counted in zip(document.metrics, get_counted_statuses(document, at), strict=True):
        entry = latest(metric.history, document.generation, at)
        evaluation = None if metric.evaluation is None else document.evaluations[metric.evaluation].name
        yield Row(
            asset=stored.name,
            record_id=stored.record_id,
            subject_id=asset.subject_id,
            project_name=asset.project,
            data_level=asset.data_level,
            acquisition_time=_acquisition_time(asset),
            generation=str(document.generation),
            place=metric.key,
            metric=metric.name,
            evaluation=evaluation,
            modality=metric.modality.abbreviation or metric.modality.name,
            stage=metric.stage,
            tags=_tags(metric),
            status=status_word(entry),
            counts_as=str(counted) if counted else None,
            evaluator=entry.evaluator if entry else None,
            timestamp=entry.recorded_time if entry else None,
            value=replace_nan(metric.value),
            description=metric.description,
            reference=metric.reference,
            evaluated_assets=metric.evaluated_assets,
            object_type=metric.object_type,
            history=metric.history,
            latest=entry,
        )


def status_word(entry: StatusEntry | None) -> str | None:
    """The status of an entry, as stored where it is none of the three."""
    return (str(entry.status) if entry.status else entry.word or None) if entry else None


def tag_texts(row: Row) -> list[str]:
    """The tags as texts: `key:value`, or the bare tag."""
    return list(row.tags) if isinstance(row.tags, list) else [f"{key}:{value}" for key, value in row.tags.items()]


def value_type(value: JsonValue) -> str:
    """What a value is in JSON: null, boolean, number, string, list or object."""
    if value is None:
        return "null"
    kinds = {bool: "boolean", int: "number", float: "number", str: "string", list: "list"}
    return kinds.get(type(value), "object")


def value_text(value: JsonValue) -> str | None:
    """A value as text: a string as it is, null as None, everything else as JSON.

    `value_type` distinguishes the string `"1"` from the number 1.
    """
    return value if value is None or isinstance(value, str) else json.dumps(value)


def replace_nan(value: JsonValue) -> JsonValue:
    """The value with null for NaN and infinities, as the schema writes them."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: replace_nan(inner) for key, inner in value.items()}
    return [replace_nan(inner) for inner in value] if isinstance(value, list) else value


def _acquisition_time(asset: AssetRecord) -> datetime | None:
    time = asset.acquisition_time
    return time.replace(tzinfo=None) if time and asset.acquisition_time_assumed else time


def _tags(metric: Metric) -> dict[str, str] | list[str]:
    if any(key for key, _ in metric.tags):
        return dict(metric.tags)
    return [value for _, value in metric.tags]
