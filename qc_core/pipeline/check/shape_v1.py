"""What packages 1.1 to 1.4 of aind-data-schema would refuse (docs/formats.md#first-generation): rules of our own.

The installed package is of the second generation and cannot validate the first.
"""

from collections.abc import Collection, Iterator, Mapping

from qc_core.json_document.value import JsonPath, JsonValue, describe_type
from qc_core.pipeline.check.findings import CheckFinding, describe_path, error, shorten, warning
from qc_core.quality_control.status import Status
from qc_core.times import parse_time

_DOCUMENT = {"describedBy", "schema_version", "evaluations", "notes"}
_EVALUATION = {
    *("modality", "stage", "name", "description", "metrics", "notes", "allow_failed_metrics", "tags"),
    *("latest_status", "created"),
}
_METRIC = {"name", "value", "status_history", "description", "reference", "evaluated_assets"}
_STAGES = ("Raw data", "Processing", "Analysis", "Multi-asset")
_STATUSES = tuple(str(status) for status in Status)
_MODALITIES = {
    *("behavior", "behavior-videos", "confocal", "EMG", "ecephys", "fib", "fMOST", "icephys", "ISI", "MRI"),
    *("merfish", "pophys", "slap", "SPIM"),
}
_DO = "Write it as aind-data-schema 1.4 does."


def shape_findings(raw: Mapping[str, JsonValue]) -> Iterator[CheckFinding]:
    """Where the first generation's schema would refuse the document. Never raises."""
    for path, what in _document(raw):
        yield error("schema", describe_path(path, raw), what, _DO)
    evaluations = raw.get("evaluations")
    for index, evaluation in enumerate(evaluations if isinstance(evaluations, list) else []):
        if isinstance(evaluation, dict):
            yield from _check_modality(evaluation, ("evaluations", index), raw)
            yield from _check_dropped(evaluation, ("evaluations", index), raw)


_Refusal = tuple[JsonPath, str]


def _document(raw: Mapping[str, JsonValue]) -> Iterator[_Refusal]:
    yield from _check_unknown_keys(raw, _DOCUMENT, ())
    evaluations = raw.get("evaluations")
    if not isinstance(evaluations, list):
        yield ("evaluations",), f"It is {describe_type(evaluations)}, not a list."
        return
    for index, evaluation in enumerate(evaluations):
        path: JsonPath = ("evaluations", index)
        if isinstance(evaluation, dict):
            yield from _evaluation(evaluation, path)
        else:
            yield path, f"It is {describe_type(evaluation)}, not an evaluation."


def _evaluation(raw: Mapping[str, JsonValue], path: JsonPath) -> Iterator[_Refusal]:
    yield from _check_unknown_keys(raw, _EVALUATION, path)
    yield from _check_missing(raw, ("modality", "stage", "name", "metrics"), path)
    yield from _one_of(raw, "stage", _STAGES, path)
    if "latest_status" in raw:
        yield from _one_of(raw, "latest_status", _STATUSES, path)
    if not isinstance(raw.get("allow_failed_metrics", False), bool):
        yield (*path, "allow_failed_metrics"), "It is neither true nor false."
    if "created" in raw and parse_time(raw["created"]) is None:
        yield (*path, "created"), "It is not a time."
    yield from _texts(raw, ("tags",), path)
    metrics = raw.get("metrics")
    if not isinstance(metrics, list):
        return
    if not metrics:
        yield (*path, "metrics"), "An evaluation needs at least one metric (from package 1.3 on)."
    for index, metric in enumerate(metrics):
        inner = (*path, "metrics", index)
        if isinstance(metric, dict):
            yield from _metric(metric, inner, several_assets=raw.get("stage") == "Multi-asset")
        else:
            yield inner, f"It is {describe_type(metric)}, not a metric."


def _metric(raw: Mapping[str, JsonValue], path: JsonPath, *, several_assets: bool) -> Iterator[_Refusal]:
    yield from _check_missing(raw, ("name", "value", "status_history"), path)
    yield from _texts(raw, ("evaluated_assets",), path)
    assets = raw.get("evaluated_assets")
    if several_assets and not assets:
        yield path, "Its evaluation is Multi-asset, so it needs evaluated_assets."
    if not several_assets and assets:
        yield path, "It has evaluated_assets, which only a Multi-asset evaluation may have."
    history = raw.get("status_history")
    if not isinstance(history, list):
        return
    if not history:
        yield (*path, "status_history"), "It is empty: a metric needs at least one status."
    for index, entry in enumerate(history):
        inner = (*path, "status_history", index)
        if not isinstance(entry, dict):
            yield inner, f"It is {describe_type(entry)}, not a status."
            continue
        yield from _check_missing(entry, ("evaluator", "status", "timestamp"), inner)
        yield from _one_of(entry, "status", _STATUSES, inner)
        if "timestamp" in entry and parse_time(entry["timestamp"]) is None:
            yield (*inner, "timestamp"), "It is not a time."


def _check_dropped(evaluation: Mapping[str, JsonValue], path: JsonPath, raw: JsonValue) -> Iterator[CheckFinding]:
    metrics = evaluation.get("metrics")
    for index, metric in enumerate(metrics if isinstance(metrics, list) else []):
        for key in sorted(metric.keys() - _METRIC if isinstance(metric, dict) else ()):
            yield warning(
                "unknown-field",
                describe_path((*path, "metrics", index), raw),
                f"A metric of the first generation has no field “{shorten(key)}”: programs that validate drop it.",
                "Put it into the description, or into a metric of its own.",
            )


def _check_modality(evaluation: Mapping[str, JsonValue], path: JsonPath, raw: JsonValue) -> Iterator[CheckFinding]:
    modality = evaluation.get("modality")
    word = modality.get("abbreviation") if isinstance(modality, dict) else modality
    if word is not None and not (isinstance(word, str) and word in _MODALITIES):
        name = shorten(word) if isinstance(word, str) else describe_type(word)
        yield warning(
            "modality",
            describe_path((*path, "modality"), raw),
            f"The schema's last version of this generation has no modality “{name}”.",
            "Use the modality's abbreviation as aind-data-schema 1.4 spells it.",
        )


def _check_unknown_keys(raw: Mapping[str, JsonValue], known: Collection[str], path: JsonPath) -> Iterator[_Refusal]:
    for key in raw:
        if key not in known:
            yield (*path, key), "The schema has no such field here."


def _check_missing(raw: Mapping[str, JsonValue], keys: Collection[str], path: JsonPath) -> Iterator[_Refusal]:
    for key in keys:
        if key not in raw or (raw[key] is None and key != "value"):
            yield path, f"It has no {key}."


def _one_of(raw: Mapping[str, JsonValue], key: str, words: Collection[str], path: JsonPath) -> Iterator[_Refusal]:
    word = raw.get(key)
    if key in raw and word not in words:
        found = f"“{shorten(word)}”" if isinstance(word, str) else describe_type(word)
        yield (*path, key), f"It is {found}; the schema allows {', '.join(words)}."


def _texts(raw: Mapping[str, JsonValue], keys: Collection[str], path: JsonPath) -> Iterator[_Refusal]:
    for key in keys:
        value = raw.get(key)
        if value is not None and not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
            yield (*path, key), "It is not a list of texts."
