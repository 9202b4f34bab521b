"""Append new metrics to an earlier document, in either generation, taking nothing away. Pure.

What is in both is kept as it was: it may have been annotated since. Two metrics are the same where name, stage,
modality and group (v1: the evaluation's name; v2: the tags) are; the same for evaluations without the group. Where
several of a document share all of that, the second of the new one matches the second of the earlier one, and so on. So
appending the same document again adds nothing.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qc_core.errors import BadRecord
from qc_core.json_document import Append, Operation, Set, apply
from qc_core.json_document.value import JsonPath, JsonValue, same_value, value_at
from qc_core.pipeline.check.findings import describe_metric
from qc_core.pipeline.merge.levels import level_operations
from qc_core.quality_control.document import Dialect, QualityControl, read
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.rollup import rollup_operations, status_map
from qc_core.quality_control.status import Generation

_SAME_PACKAGE = "Write both with one version of aind-data-schema, or bring the earlier one to the newer form first."
_GENERATIONS = {Generation.V1: "first (evaluations)", Generation.V2: "second (metrics)"}


@dataclass(frozen=True, slots=True)
class AppendPlan:
    """The operations that turn the earlier document into the merged one.

    `steps` are applied one after the other: first what is new within existing evaluations, then whole new evaluations.
    `added`, `kept` and `differing` name metrics of the new document: new; existing with the same value and reference;
    existing with another value or reference, and kept as they were.
    """

    steps: tuple[tuple[Operation, ...], ...]
    added: tuple[str, ...]
    kept: tuple[str, ...]
    differing: tuple[str, ...]

    def on(self, old: JsonValue) -> JsonValue:
        """The merged document."""
        for step in self.steps:
            old = apply(old, step)
        return old


def plan_append(old: JsonValue, new: JsonValue, at: datetime) -> AppendPlan:
    """How to append the new document to the earlier one; both are raw, and are not changed.

    Notes, allowed tag failures and experimenters that the earlier one lacks are added too, and the levels of the
    groupings are merged one by one (see `levels`). A stored roll-up is updated, as of `at`; none is added.
    Raises BadRecord if a document cannot be read, or the two are not of one shape.
    """
    before, after = read(old), read(new)
    _check_same_shape(before, after)
    merge = _Merge(old, new, before, after)
    if before.generation is Generation.V2:
        merge.metrics()
    else:
        merge.evaluations()
    merge.notes(("notes",), ("notes",))
    return AppendPlan(merge.steps(at), tuple(merge.added), tuple(merge.kept), tuple(merge.differing))


def match_keys(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[int | None]:
    """For each new key the position of the matching old one; the n-th of several equal keys matches the n-th."""
    indexes: dict[Hashable, list[int]] = defaultdict(list)
    for index, key in enumerate(old):
        indexes[key].append(index)
    seen: dict[Hashable, int] = defaultdict(int)
    found: list[int | None] = []
    for key in new:
        rank, seen[key] = seen[key], seen[key] + 1
        found.append(indexes[key][rank] if rank < len(indexes[key]) else None)
    return found


def _check_same_shape(old: QualityControl, new: QualityControl) -> None:
    for which, document in (("earlier", old), ("new", new)):
        if document.generation is None:
            raise BadRecord(f"The {which} document cannot be merged. {document.read_only}", "Check the path.")
    if old.generation is not new.generation and old.generation and new.generation:
        raise BadRecord(
            f"The earlier document is of the {_GENERATIONS[old.generation]} generation of aind-data-schema, and the "
            f"new one of the {_GENERATIONS[new.generation]}: they cannot become one document.",
            _SAME_PACKAGE,
        )
    if old.metrics and new.metrics and old.dialect is not new.dialect:
        raise BadRecord(
            f"The earlier document is written as {old.dialect}, and the new one as {new.dialect}: they cannot become "
            "one document.",
            _SAME_PACKAGE,
        )


class _Merge:
    """The state of one merge."""

    def __init__(self, old: Any, new: Any, before: QualityControl, after: QualityControl) -> None:
        self.old, self.new, self.before, self.after = old, new, before, after
        self.operations: list[Operation] = []
        self.whole: list[Operation] = []
        self.added: list[str] = []
        self.kept: list[str] = []
        self.differing: list[str] = []

    def metrics(self) -> None:
        """v2: metrics by fingerprint, and the other lists of the document."""
        keys = [[metric.fingerprint for metric in document.metrics] for document in (self.before, self.after)]
        self._append(("metrics",), self._new_metrics(self.after.metrics, self.before.metrics, match_keys(*keys)))
        lists = ["allow_tag_failures", "key_experimenters"]
        if Dialect.V2_LIST_TAGS in (self.before.dialect, self.after.dialect):
            lists.insert(0, "default_grouping")  # it names tags there, which are groups of one level
        else:
            grouping = "default_grouping"
            self.operations += level_operations((grouping,), self.old.get(grouping), self.new.get(grouping))
        for key in lists:
            self._append((key,), _find_lacking(self.old.get(key), self.new.get(key)))

    def evaluations(self) -> None:
        """v1: evaluations by name, stage and modality; new metrics of an existing one are added to it."""
        keys = [
            [(one.name, one.stage, one.modality.abbreviation or one.modality.name) for one in document.evaluations]
            for document in (self.before, self.after)
        ]
        fresh = []
        for index, match in enumerate(match_keys(*keys)):
            evaluation = self.after.evaluations[index]
            raw = value_at(self.new, evaluation.path)
            if not isinstance(raw, dict):
                raise BadRecord(
                    f"Evaluation {index + 1} of the new document is not an evaluation.",
                    "Check the program that wrote it.",
                )
            if match is None:
                fresh.append(raw)
                self.added += [describe_metric(self.after.metrics[index]) for index in evaluation.metrics]
            else:
                self._into(match, index)
        within, self.operations = self.operations, []
        self._append(("evaluations",), fresh)
        self.whole, self.operations = self.operations, within

    def notes(self, old_path: JsonPath, new_path: JsonPath) -> None:
        """Notes of the new document go below the earlier ones, unless they are there already."""
        old, new = value_at(self.old, old_path), value_at(self.new, new_path)
        if not isinstance(new, str) or not new.strip() or not isinstance(old, str | None):
            return
        if not _has_lines(old or "", new):
            self.operations.append(Set(old_path, f"{old.rstrip()}\n{new}" if old and old.strip() else new))

    def steps(self, at: datetime) -> tuple[tuple[Operation, ...], ...]:
        """The operations, with those that update the stored roll-up."""
        merged = read(apply(self.old, self.operations))
        rolled = [Set(path, status) for path, status in rollup_operations(merged, at)]
        if self.before.generation is Generation.V2 and not self.before.metrics and self.after.stored_status is not None:
            rolled = [Set(("status",), status_map(merged, at))]
        return tuple(step for step in ((*self.operations, *rolled), tuple(self.whole)) if step)

    def _into(self, match: int, index: int) -> None:
        """Add to an existing evaluation the metrics that it lacks."""
        old, new = self.before.evaluations[match], self.after.evaluations[index]
        there = [self.before.metrics[index] for index in old.metrics]
        come = [self.after.metrics[index] for index in new.metrics]
        matches = match_keys([metric.fingerprint for metric in there], [metric.fingerprint for metric in come])
        key = "qc_metrics" if "qc_metrics" in value_at(self.old, old.path) else "metrics"
        container = (*old.path, key)
        if isinstance(value_at(self.old, container), dict):  # the free dict of 1.0.0: name -> value
            for metric, value in zip(*self._name_metrics(come, there, matches), strict=True):
                self.operations.append(Set((*container, metric.path[-1]), value))
        else:
            self._append(container, self._new_metrics(come, there, matches))
        self.notes((*old.path, "notes"), (*new.path, "notes"))

    def _name_metrics(
        self, come: Sequence[Metric], there: Sequence[Metric], matches: list[int | None]
    ) -> tuple[list[Metric], list[JsonValue]]:
        fresh = [metric for metric, match in zip(come, matches, strict=True) if match is None]
        if any(isinstance(metric.path[-1], int) for metric in fresh):
            raise BadRecord("The metrics of one document are listed, and of the other named.", _SAME_PACKAGE)
        return fresh, list(self._new_metrics(come, there, matches, bare=True))

    def _new_metrics(
        self, come: Sequence[Metric], there: Sequence[Metric], matches: list[int | None], *, bare: bool = False
    ) -> Iterator[JsonValue]:
        """The metrics to add, as stored in the new document; the others are recorded in `kept` and `differing`."""
        for metric, match in zip(come, matches, strict=True):
            raw = value_at(self.new, metric.path)
            if match is not None:
                earlier = there[match]
                same = same_value(metric.value, earlier.value) and metric.reference == earlier.reference
                (self.kept if same else self.differing).append(describe_metric(metric))
                continue
            if not bare and not isinstance(raw, dict):
                raise BadRecord(
                    f"{describe_metric(metric)} of the new document is not a metric.",
                    "Check the program that wrote it.",
                )
            self.added.append(describe_metric(metric))
            yield raw

    def _append(self, path: JsonPath, items: Iterator[JsonValue] | Sequence[JsonValue]) -> None:
        """Append to the list at a path; if there is none, or null, create it."""
        found = list(items)
        there = value_at(self.old, path)
        if not found or not isinstance(there, list | None):
            return
        if there is None:
            self.operations.append(Set(path, found))
        else:
            self.operations += [Append(path, item) for item in found]


def _has_lines(text: str, wanted: str) -> bool:
    """Whether the lines of `wanted` follow each other somewhere in `text`, each whole: "n1" is not in "n10"."""
    lines, block = ([line.strip() for line in one.strip().splitlines()] for one in (text, wanted))
    return any(lines[start : start + len(block)] == block for start in range(len(lines) - len(block) + 1))


def _find_lacking(old: JsonValue, new: JsonValue) -> list[JsonValue]:
    """The items of `new` that `old` lacks; a text and a list of that one text are the same level."""
    items = new if isinstance(new, list) else []
    there = [_level(item) for item in old] if isinstance(old, list) else []
    lacking: list[JsonValue] = []
    for item in items:
        if not any(same_value(_level(item), one) for one in there):
            lacking.append(item)
            there.append(_level(item))
    return lacking


def _level(item: JsonValue) -> JsonValue:
    return item[0] if isinstance(item, list) and len(item) == 1 else item
