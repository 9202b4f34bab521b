"""Read the `evaluations` of a v1 document: aind-data-schema 1.1 to 1.4, the 1.0.0 shape, and their hybrids."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from qc_core.json_document.value import JsonPath, JsonValue, describe_type
from qc_core.quality_control.curation.versions import read_curation
from qc_core.quality_control.metric import Evaluation, Fingerprint, Metric, Modality, Problem
from qc_core.quality_control.reading import fields
from qc_core.quality_control.status import Status

_HISTORY_KEYS = ("metric_status_history", "status_history")
_OWN_HISTORY_KEYS = ("evaluation_status_history", "status_history")


@dataclass(slots=True)
class ReadEvaluations:
    """The evaluations of a document; the metrics of all of them are one flat list."""

    evaluations: list[Evaluation] = field(default_factory=list)
    metrics: list[Metric] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _EvaluationContext:
    """What a metric takes from its evaluation."""

    position: int
    name: str
    modality: Modality
    stage: str
    tags: tuple[str, ...]
    early: bool


def is_early(evaluations: list[JsonValue]) -> bool:
    """Whether the evaluations are in the 1.0.0 shape, or a hybrid with it (docs/formats.md#early-shapes)."""
    return any(
        isinstance(raw, dict) and any(key == "qc_metrics" or key.startswith("evaluation_") for key in raw)
        for raw in evaluations
    )


def read_evaluations(evaluations: list[JsonValue], early: bool) -> ReadEvaluations:
    """Read each evaluation and each of its metrics; never raises."""
    result = ReadEvaluations()
    for position, raw in enumerate(evaluations):
        path: JsonPath = ("evaluations", position)
        sentences: fields.Sentences = []
        if isinstance(raw, dict):
            result.evaluations.append(_evaluation(raw, path, position, early, result, sentences))
        else:
            sentences.append(f"Evaluation {position + 1} is {describe_type(raw)}, not an object.")
            result.evaluations.append(_no_evaluation(path, position))
        result.problems.extend(Problem(path, sentence) for sentence in sentences)
    return result


def _evaluation(
    raw: dict[str, JsonValue],
    path: JsonPath,
    position: int,
    early: bool,
    result: ReadEvaluations,
    problems: fields.Sentences,
) -> Evaluation:
    name = fields.text(raw, _first_key_with_value(raw, "name", "evaluation_name"), problems)
    modality = fields.modality(raw.get(_first_key_with_value(raw, "modality", "evaluation_modality")), problems)
    stage = fields.text(raw, _first_key_with_value(raw, "stage", "evaluation_stage"), problems) or ""
    tags = fields.texts(raw, "tags", problems)
    allow = raw.get("allow_failed_metrics")
    if not isinstance(allow, bool | None):
        problems.append(f"Its allow_failed_metrics is {describe_type(allow)}, not a yes or no; taken as no.")
    # The 1.0.0 shape has no name; the names of its evaluations are in their stage.
    frame = _EvaluationContext(position, name or stage or f"evaluation {position + 1}", modality, stage, tags, early)
    first = len(result.metrics)
    key = _first_key_with_value(raw, "metrics", "qc_metrics")
    result.metrics.extend(_metrics(raw.get(key), (*path, key), frame, problems))
    return Evaluation(
        path=path,
        name=frame.name,
        modality=modality,
        stage=stage,
        description=fields.text(raw, _first_key_with_value(raw, "description", "evaluation_description"), problems),
        notes=fields.text(raw, "notes", problems),
        tags=tags,
        allow_failed_metrics=allow is True,
        latest_status=fields.text(raw, "latest_status", problems),
        created=fields.text(raw, "created", problems),
        metrics=tuple(range(first, len(result.metrics))),
        own_status=_own_status(raw) if early else None,
    )


def _no_evaluation(path: JsonPath, position: int) -> Evaluation:
    return Evaluation(
        path=path,
        name=f"evaluation {position + 1}",
        modality=Modality("", ""),
        stage="",
        description=None,
        notes=None,
        tags=(),
        allow_failed_metrics=False,
        latest_status=None,
        created=None,
        metrics=(),
        read_only="It is not an object.",
    )


def _own_status(raw: Mapping[str, JsonValue]) -> Status | None:
    own = raw.get(_first_key_with_value(raw, *_OWN_HISTORY_KEYS))
    if isinstance(own, list) and own:
        entries, _ = fields.history(own, "history", [])
        return entries[-1].status
    word = raw.get("stage_status")
    return Status(word) if isinstance(word, str) and word in list(Status) else None


def _metrics(raw: JsonValue, path: JsonPath, frame: _EvaluationContext, problems: fields.Sentences) -> Iterator[Metric]:
    if isinstance(raw, list):
        for index, item in enumerate(raw):
            yield _metric(item, (*path, index), f"metric {index + 1}", frame)
    elif isinstance(raw, dict):  # the free dict of 1.0.0: name -> value
        for name, value in raw.items():
            yield _bare_metric(value, (*path, name), name, frame, "It is a bare value and cannot hold a status.")
    else:
        problems.append(f"Its metrics are {describe_type(raw)}, not a list.")


def _bare_metric(value: JsonValue, path: JsonPath, name: str, frame: _EvaluationContext, read_only: str) -> Metric:
    """A metric that is not an object: its value is all there is."""
    return Metric(
        path=path,
        fingerprint=Fingerprint(name, frame.stage, _modality_word(frame.modality), (frame.name,)),
        name=name,
        modality=frame.modality,
        stage=frame.stage,
        value=value,
        history=(),
        history_key=None,
        description=None,
        reference=None,
        tags=tuple(("", tag) for tag in frame.tags),
        evaluated_assets=(),
        evaluation=frame.position,
        object_type=None,
        read_only=read_only,
    )


def _metric(raw: JsonValue, path: JsonPath, default_name: str, frame: _EvaluationContext) -> Metric:
    if not isinstance(raw, dict):
        return _bare_metric(raw, path, default_name, frame, f"It is {describe_type(raw)}, not a metric.")
    problems: fields.Sentences = []
    name = fields.text(raw, "name", problems)
    if name is None:
        problems.append("It has no name.")
    if "value" not in raw:
        problems.append("It has no value.")
    found_key = _first_key_with_value(raw, *(_HISTORY_KEYS if frame.early else _HISTORY_KEYS[::-1]))
    history_key: str | None = found_key
    if found_key in raw:
        history, read_only = fields.history(raw[found_key], found_key, problems)
    elif frame.early:
        history, history_key, read_only = (), None, "It is of the early shape 1.0.0 and cannot hold a status."
    else:
        history, read_only = (), None
        problems.append("Its status_history is missing: it has no status.")
    return Metric(
        path=path,
        fingerprint=Fingerprint(name or "", frame.stage, _modality_word(frame.modality), (frame.name,)),
        name=name or default_name,
        modality=frame.modality,
        stage=frame.stage,
        value=raw.get("value"),
        history=history,
        history_key=history_key,
        description=fields.text(raw, "description", problems),
        reference=_reference(raw, problems),
        tags=tuple(("", tag) for tag in frame.tags),
        evaluated_assets=fields.texts(raw, "evaluated_assets", problems),
        evaluation=frame.position,
        object_type=fields.text(raw, "object_type", problems),
        curation=read_curation(raw),
        problems=tuple(problems),
        read_only=read_only,
    )


def _reference(raw: Mapping[str, JsonValue], problems: fields.Sentences) -> str | None:
    single = fields.text(raw, "reference", problems)
    if single is not None or "references" not in raw:
        return single
    several = fields.texts(raw, "references", problems)
    if len(several) <= 2:
        return ";".join(several) or None
    # More than two cannot be compared side by side: a text that is not taken for a path.
    return f"{', '.join(several)} ({len(several)} references)"


def _first_key_with_value(raw: Mapping[str, JsonValue], *keys: str) -> str:
    """The first of the keys that has a value, else the first that exists, else the first."""
    held = (key for key in keys if raw.get(key) is not None)
    there = (key for key in keys if key in raw)
    return next(held, None) or next(there, keys[0])


def _modality_word(modality: Modality) -> str:
    return modality.abbreviation or modality.name
