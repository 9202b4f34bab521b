"""Read a quality_control document of any shape: metrics, evaluations, notes, groupings, and its problems."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from qc_core.json_document.value import JsonPath, JsonValue, describe_type
from qc_core.quality_control.curation import objects as curated_objects
from qc_core.quality_control.metric import Evaluation, Metric, Problem
from qc_core.quality_control.reading import fields, v1, v2
from qc_core.quality_control.status import Generation

__all__ = ["Dialect", "Problem", "QualityControl", "read"]


class Dialect(StrEnum):
    """How a document spells its generation (docs/formats.md#which-generation)."""

    V1A = "v1, the 1.0.0 shape"
    V1 = "v1"
    V2_LIST_TAGS = "v2, list tags"
    V2_DICT_TAGS = "v2, dict tags"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, weakref_slot=True)
class QualityControl:
    """A quality_control document, parsed. There are as many `metrics` as entries in the document, in its order.

    `default_grouping` and `allow_tag_failures` are levels, each a tuple of names (mostly one). `stored_status`
    is the v2 roll-up as stored, None where the document has none. `problems` are those of the document and
    its evaluations; each metric has its own. `duplicates` are the keys of metrics that share a fingerprint.
    `read_only` is the reason why nothing in it can be annotated, or None.
    """

    generation: Generation | None
    dialect: Dialect
    metrics: tuple[Metric, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    notes: str | None = None
    default_grouping: tuple[tuple[str, ...], ...] = ()
    allow_tag_failures: tuple[tuple[str, ...], ...] = ()
    stored_status: Mapping[str, str] | None = None
    key_experimenters: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    read_only: str | None = None
    duplicates: frozenset[str] = field(default=frozenset())

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """The problems of the document, its evaluations and its metrics, each with its path."""
        of_metrics = (Problem(metric.path, sentence) for metric in self.metrics for sentence in metric.problems)
        return (*self.problems, *of_metrics)

    def references(self) -> Iterator[str | None]:
        """All references in the document: of its metrics, and of the objects in their curations."""
        for metric in self.metrics:
            yield metric.reference
            for version in metric.curation.versions if metric.curation else ():
                yield from curated_objects.references(version.content)


def read(raw: JsonValue) -> QualityControl:
    """Read any JSON value as quality control; never raises.

    The shape is recognised by keys, never by `schema_version`: `metrics` at the top is v2, `evaluations` is v1
    (docs/formats.md#which-generation). An unknown shape has no generation and no metrics, and the reason in
    `read_only`.
    """
    if not isinstance(raw, dict):
        return _build_unknown(
            "The record has no quality control." if raw is None else f"It is {describe_type(raw)}, not an object."
        )
    for key, reader in (("metrics", _read_v2), ("evaluations", _read_v1)):
        if isinstance(raw.get(key), list):
            return reader(raw, raw[key])
    for key, reader in (("metrics", _read_v2), ("evaluations", _read_v1)):
        if key not in raw:
            continue
        if raw[key] is not None:
            return _build_unknown(f"Its {key} are {describe_type(raw[key])}, not a list.")
        return reader(raw, [])
    return _build_unknown("It has neither metrics nor evaluations, so it is of no known shape.")


def _build_unknown(reason: str) -> QualityControl:
    return QualityControl(generation=None, dialect=Dialect.UNKNOWN, problems=(Problem((), reason),), read_only=reason)


def _read_v2(raw: dict[str, JsonValue], entries: list[JsonValue]) -> QualityControl:
    sentences: fields.Sentences = []
    if raw["metrics"] is None:
        sentences.append("Its metrics are null.")
    if "evaluations" in raw:
        sentences.append("It has both evaluations and metrics; the evaluations are not shown.")
    metrics = v2.read_metrics(entries)
    return QualityControl(
        generation=Generation.V2,
        dialect=Dialect.V2_LIST_TAGS if v2.has_list_tags(entries) else Dialect.V2_DICT_TAGS,
        metrics=metrics,
        notes=fields.text(raw, "notes", sentences),
        default_grouping=v2.read_levels(raw.get("default_grouping"), "default_grouping", sentences),
        allow_tag_failures=v2.read_levels(raw.get("allow_tag_failures"), "allow_tag_failures", sentences),
        stored_status=_read_stored_status(raw.get("status"), sentences),
        key_experimenters=tuple(filter(str.strip, fields.texts(raw, "key_experimenters", sentences))),
        problems=_at_the_root(sentences),
        duplicates=_duplicates(metrics),
    )


def _read_v1(raw: dict[str, JsonValue], entries: list[JsonValue]) -> QualityControl:
    sentences: fields.Sentences = []
    if raw["evaluations"] is None:
        sentences.append("Its evaluations are null.")
    early = v1.is_early(entries) or any(key.startswith("overall_status") for key in raw)
    if early:
        sentences.append(
            "It is of the early shape 1.0.0: the statuses of its evaluations and of the whole are left as they are."
        )
    found = v1.read_evaluations(entries, early)
    metrics = tuple(found.metrics)
    return QualityControl(
        generation=Generation.V1,
        dialect=Dialect.V1A if early else Dialect.V1,
        metrics=metrics,
        evaluations=tuple(found.evaluations),
        notes=fields.text(raw, "notes", sentences),
        problems=(*_at_the_root(sentences), *found.problems),
        duplicates=_duplicates(metrics),
    )


def _read_stored_status(value: JsonValue, problems: fields.Sentences) -> Mapping[str, str] | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        problems.append(f"Its status is {describe_type(value)}, not an object; it is left as it is.")
        return None
    return {key: fields.short(word) for key, word in value.items()}


def _at_the_root(sentences: fields.Sentences) -> tuple[Problem, ...]:
    root: JsonPath = ()
    return tuple(Problem(root, sentence) for sentence in sentences)


def _duplicates(metrics: tuple[Metric, ...]) -> frozenset[str]:
    counts = Counter(metric.fingerprint for metric in metrics)
    return frozenset(metric.key for metric in metrics if counts[metric.fingerprint] > 1)
