"""The changes that a push makes to a record as it is now: one conditional patch, and evaluations to post."""

from dataclasses import dataclass
from datetime import datetime

from qc_core.json_document import Append, Operation, Set
from qc_core.json_document.patch import Condition, LengthIs, Missing, Patch, ValueIs
from qc_core.json_document.value import ABSENT, JsonPath, JsonValue, get_at
from qc_core.pipeline.merge.appending import plan_append
from qc_core.quality_control.annotating.conditions import build_conditions
from qc_core.quality_control.document import read
from qc_core.quality_control.status import Generation

_EVALUATIONS: JsonPath = ("evaluations",)


@dataclass(frozen=True, slots=True)
class PushStep:
    """What is left to do until a record holds all of a document.

    `whole` is a document for a record that has no quality control yet. Else `patch` comes first (None if no existing
    part changes), then each of `evaluations` is appended. `added`, `kept` and `differing` name metrics, as in
    `AppendPlan`.
    """

    whole: JsonValue
    patch: Patch | None
    evaluations: tuple[JsonValue, ...]
    added: tuple[str, ...]
    kept: tuple[str, ...]
    differing: tuple[str, ...]

    @property
    def is_done(self) -> bool:
        """Whether there is nothing left to do."""
        return self.whole is None and self.patch is None and not self.evaluations


def next_step(now: JsonValue, document: JsonValue, at: datetime) -> PushStep:
    """The step from a record's quality control (None where it has none) to one with the document in it.

    A stored roll-up is brought up to date in the patch, as of `at`. Raises BadRecord as `plan_append` does.
    """
    if now is None:
        empty: JsonValue = {"metrics": []} if read(document).generation is Generation.V2 else {"evaluations": []}
        return PushStep(document, None, (), plan_append(empty, document, at).added, (), ())
    appended = plan_append(now, document, at)
    appended.on(now)  # raises BadRecord for values that are not JSON, such as NaN
    operations = [operation for step in appended.steps for operation in step]
    posts = tuple(one.value for one in operations if _is_post(one))
    within = tuple(one for one in operations if not _is_post(one))
    if all(_is_roll_up(one) for one in within):  # a stale roll-up alone is no reason to write
        within = ()
    patch = Patch(_conditions(now, within), within) if within else None
    return PushStep(None, patch, posts, appended.added, appended.kept, appended.differing)


def document_after(now: JsonValue, document: JsonValue, at: datetime) -> JsonValue:
    """The record's quality control after the push."""
    return document if now is None else plan_append(now, document, at).on(now)


def count_same_evaluations(now: JsonValue, evaluation: JsonValue) -> int:
    """How many evaluations of a record are the same as this one, by name, stage and modality."""
    (wanted,) = read({"evaluations": [evaluation]}).evaluations
    key = (wanted.name, wanted.stage, wanted.modality.label)
    return sum((one.name, one.stage, one.modality.label) == key for one in read(now).evaluations)


def _is_post(operation: Operation) -> bool:
    return isinstance(operation, Append) and operation.path == _EVALUATIONS


def _is_roll_up(operation: Operation) -> bool:
    return operation.path[0] == "status" or operation.path[-1] == "latest_status"


def _conditions(now: JsonValue, operations: tuple[Operation, ...]) -> tuple[Condition, ...]:
    """Conditions: each changed value, and each history that a roll-up depends on, is as it was read."""
    found: dict[tuple[JsonPath, bool], Condition] = {}

    def add(condition: Condition) -> None:
        found.setdefault((condition.path, isinstance(condition, LengthIs)), condition)

    document = read(now)
    for operation in operations:
        path = operation.path
        if len(path) > 1 and path[0] == "evaluations":  # positions are numbers: it must be the same evaluation
            add(_build_unchanged(now, (*path[:2], "name")))
        if isinstance(operation, Set):
            add(_build_unchanged(now, path))
            continue
        there = get_at(now, path)
        add(LengthIs(path, len(there)) if isinstance(there, list) else _build_unchanged(now, path))
    changed = {operation.path[:2] for operation in operations}
    of_v2 = document.generation is Generation.V2 and (("metrics",) in changed)
    rated = [metric for metric in document.metrics if of_v2 or metric.path[:2] in changed]
    for condition in build_conditions(now, document, [], rated, []):
        add(condition)
    return tuple(found.values())


def _build_unchanged(now: JsonValue, path: JsonPath) -> Condition:
    there = get_at(now, path)
    return Missing(path) if there is ABSENT else ValueIs(path, there)
