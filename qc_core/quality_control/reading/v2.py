"""Read the `metrics` and the groupings of a v2 document: aind-data-schema 2.0 to 2.9, list tags and dict tags."""

from collections.abc import Iterable

from qc_core.json_document.value import JsonPath, JsonValue, describe_type
from qc_core.quality_control.curation.versions import read_curation
from qc_core.quality_control.metric import Fingerprint, Metric, Modality
from qc_core.quality_control.reading import fields

HISTORY_KEY = "status_history"
_OBJECT_TYPES = ("QC metric", "Curation metric")


def has_list_tags(metrics: list[JsonValue]) -> bool:
    """Whether the metrics have list tags (2.0 to 2.2); by the type of `tags`, dict wins where both occur."""
    kinds = {type(raw.get("tags")) for raw in metrics if isinstance(raw, dict)}
    return list in kinds and dict not in kinds


def read_metrics(metrics: list[JsonValue]) -> tuple[Metric, ...]:
    """Read each metric; one that is not even an object is kept as a bare, read-only value. Never raises."""
    return tuple(
        _metric(raw, index) if isinstance(raw, dict) else _no_metric(raw, index) for index, raw in enumerate(metrics)
    )


def read_levels(value: JsonValue, key: str, problems: fields.Sentences) -> tuple[tuple[str, ...], ...]:
    """Read `default_grouping` or `allow_tag_failures`: texts or lists of texts (docs/formats.md#second-generation)."""
    if value is None:
        return ()
    if not isinstance(value, list):
        problems.append(f"{key} is {describe_type(value)}, not a list; it is ignored.")
        return ()
    levels = []
    for index, item in enumerate(value, start=1):
        words = [item] if isinstance(item, str) else item
        if isinstance(words, list) and words and all(isinstance(word, str) for word in words):
            levels.append(tuple(words))
        else:
            problems.append(f"Item {index} of {key} is neither text nor a list of texts; it is ignored.")
    return tuple(levels)


def _metric(raw: dict[str, JsonValue], index: int) -> Metric:
    problems: fields.Sentences = []
    name = fields.text(raw, "name", problems)
    modality = fields.modality(raw.get("modality"), problems)
    stage = fields.text(raw, "stage", problems)
    tags = _tags(raw.get("tags"), problems)
    object_type = fields.text(raw, "object_type", problems)
    if object_type not in _OBJECT_TYPES:
        problems.append("Its object_type is neither “QC metric” nor “Curation metric”.")
    problems.extend(
        f"It has no {key}." for key, missing in (("name", name is None), ("stage", stage is None)) if missing
    )
    if "value" not in raw:
        problems.append("It has no value.")
    if HISTORY_KEY in raw:
        history, read_only = fields.history(raw[HISTORY_KEY], HISTORY_KEY, problems)
    else:
        history, read_only = (), None
        problems.append("Its status_history is missing: it has no status.")
    return Metric(
        path=("metrics", index),
        fingerprint=_fingerprint(name or "", stage or "", modality, tags),
        name=name or f"metric {index + 1}",
        modality=modality,
        stage=stage or "",
        value=raw.get("value"),
        history=history,
        history_key=HISTORY_KEY,
        description=fields.text(raw, "description", problems),
        reference=fields.text(raw, "reference", problems),
        tags=tags,
        evaluated_assets=fields.texts(raw, "evaluated_assets", problems),
        evaluation=None,
        object_type=object_type,
        curation=read_curation(raw),
        problems=tuple(problems),
        read_only=read_only,
    )


def _no_metric(raw: JsonValue, index: int) -> Metric:
    path: JsonPath = ("metrics", index)
    return Metric(
        path=path,
        fingerprint=Fingerprint("", "", "", ()),
        name=f"metric {index + 1}",
        modality=Modality("", ""),
        stage="",
        value=raw,
        history=(),
        history_key=None,
        description=None,
        reference=None,
        tags=(),
        evaluated_assets=(),
        evaluation=None,
        object_type=None,
        read_only=f"It is {describe_type(raw)}, not a metric.",
    )


def _tags(value: JsonValue, problems: fields.Sentences) -> tuple[tuple[str, str], ...]:
    if value is None:
        return ()
    if isinstance(value, dict):
        pairs: list[tuple[str, JsonValue]] = list(value.items())
    elif isinstance(value, list):
        pairs = [("", item) for item in value]
    else:
        problems.append(f"Its tags are {describe_type(value)}, neither an object nor a list; they are ignored.")
        return ()
    if not all(isinstance(word, str) for _, word in pairs):
        problems.append("Its tags hold something that is not text.")
    return tuple((key, fields.short(word)) for key, word in pairs)


def tag_texts(tags: Iterable[tuple[str, str]]) -> list[str]:
    """Tags as one text each: `key:value`, or the bare tag where it came from a list."""
    return [f"{key}:{value}" if key else value for key, value in tags]


def _fingerprint(name: str, stage: str, modality: Modality, tags: tuple[tuple[str, str], ...]) -> Fingerprint:
    return Fingerprint(name, stage, modality.abbreviation or modality.name, tuple(sorted(tag_texts(tags))))
