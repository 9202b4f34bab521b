"""The conditions of a change: the metric is as it was seen, and so are the histories that the roll-up depends on."""

from qc_core.json_document.patch import Condition, LengthIs, Missing, ValueIs
from qc_core.json_document.value import ABSENT, JsonPath, JsonValue, get_at
from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.rollup import metrics_in_rollup

_NAMES_IN_V2 = ("name", "modality", "stage", "tags")
_NAMES_OF_EVALUATION = ("name", "modality", "stage")


def build_conditions(
    raw: JsonValue,
    document: QualityControl,
    changed: list[Metric],
    rated: list[Metric],
    notes: list[JsonPath],
) -> tuple[Condition, ...]:
    """The conditions for changing some metrics, of which those `rated` get a status entry, and the notes at paths.

    Each changed metric is what it was: its fingerprint's parts, value, reference and history. A stored roll-up
    is written along with a status, so all histories that feed it, and the lists of metrics, are as long as they
    were: else two people on different metrics would leave it stale. Of a curation, which can be very large, only
    grows, and is only appended to, the lengths of its lists are compared instead of its value.

    For a v2 metric with one status entry and no roll-up:

        ValueIs(("metrics", 0, "name"), "drift"), …, ValueIs(("metrics", 0, "value"), 0.4),
        Missing(("metrics", 0, "reference")), LengthIs(("metrics", 0, "status_history"), 1),
        ValueIs(("metrics", 0, "status_history", 0, "status"), "Pending"), …
    """
    found: dict[tuple[JsonPath, bool], Condition] = {}

    def add(*wanted: Condition) -> None:
        for condition in wanted:
            found.setdefault((condition.path, isinstance(condition, LengthIs)), condition)

    for metric in changed:
        add(*_identity(raw, metric))
        add(*_value(raw, metric))
        add(*_references(raw, metric.path))
        add(*_history(raw, metric))
    feeding = metrics_in_rollup(document, {metric.key for metric in rated})
    for metric in feeding:
        add(_length(raw, _history_path(metric)), _length(raw, metric.path[:-1]))
    for path in notes:
        add(*_anchor(raw, path), _build_unchanged(raw, path))
    return tuple(found.values())


def _identity(raw: JsonValue, metric: Metric) -> list[Condition]:
    if metric.evaluation is None:
        return [_build_unchanged(raw, (*metric.path, key)) for key in _NAMES_IN_V2]
    return [_build_unchanged(raw, (*metric.path, "name")), *_evaluation(raw, metric.path[:2])]


def _evaluation(raw: JsonValue, path: JsonPath) -> list[Condition]:
    early = [f"evaluation_{key}" for key in _NAMES_OF_EVALUATION]
    there = [key for key in early if get_at(raw, (*path, key)) is not ABSENT]
    return [_build_unchanged(raw, (*path, key)) for key in (*_NAMES_OF_EVALUATION, *there)]


def _anchor(raw: JsonValue, notes: JsonPath) -> list[Condition]:
    return _evaluation(raw, notes[:2]) if notes[0] == "evaluations" else []


def _value(raw: JsonValue, metric: Metric) -> list[Condition]:
    if metric.curation is None or metric.curation.read_only is not None:
        return [_build_unchanged(raw, (*metric.path, "value"))]
    lists = (metric.curation.items_path, metric.curation.history_path)
    return [_length(raw, (*metric.path, *inner)) for inner in lists]


def _references(raw: JsonValue, path: JsonPath) -> list[Condition]:
    several = (*path, "references")  # of the early shape
    both = ((*path, "reference"), *(() if get_at(raw, several) is ABSENT else (several,)))
    return [_build_unchanged(raw, each) for each in both]


def _history_path(metric: Metric) -> JsonPath:
    return (*metric.path, metric.history_key or "status_history")


def _history(raw: JsonValue, metric: Metric) -> list[Condition]:
    path = _history_path(metric)
    history = get_at(raw, path)
    if not isinstance(history, list) or not history:
        return [_length(raw, path)]
    last = (*path, len(history) - 1)
    return [_length(raw, path), *(_build_unchanged(raw, (*last, key)) for key in ("status", "timestamp"))]


def _build_unchanged(raw: JsonValue, path: JsonPath) -> Condition:
    found = get_at(raw, path)
    return Missing(path) if found is ABSENT else ValueIs(path, found)


def _length(raw: JsonValue, path: JsonPath) -> Condition:
    found = get_at(raw, path)
    return LengthIs(path, len(found)) if isinstance(found, list) else _build_unchanged(raw, path)
