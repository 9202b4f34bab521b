"""A patch: conditions that must hold in a document, and the operations to apply to it then, in one step."""

from dataclasses import dataclass

from qc_core.json_document import Append, Operation, Set
from qc_core.json_document.operations import format_path
from qc_core.json_document.value import ABSENT, JsonPath, JsonValue, get_at, same_value


@dataclass(frozen=True, slots=True)
class ValueIs:
    """The value at `path` equals `value` (`same_value`)."""

    path: JsonPath
    value: JsonValue


@dataclass(frozen=True, slots=True)
class LengthIs:
    """There is a list at `path`, and it has `length` items."""

    path: JsonPath
    length: int


@dataclass(frozen=True, slots=True)
class Missing:
    """There is nothing at `path`."""

    path: JsonPath


Condition = ValueIs | LengthIs | Missing


@dataclass(frozen=True, slots=True)
class Patch:
    """Conditions and operations, with paths from the root of the `quality_control` document.

    A store applies all operations if all conditions hold, else none. A reviewer's Pass for the fourth metric, which had
    one status entry when it was read::

        Patch(
            conditions=(
                ValueIs(("metrics", 3, "value"), 0.5),
                LengthIs(("metrics", 3, "status_history"), 1),
            ),
            operations=(
                Append(
                    ("metrics", 3, "status_history"),
                    {"evaluator": "Ada Lovelace", "status": "Pass", "timestamp": "2025-01-01T00:00:00.000000Z"},
                ),
                Set(("status", "probe:A"), "Pass"),
            ),
        )
    """

    conditions: tuple[Condition, ...]
    operations: tuple[Operation, ...]


def find_failed_conditions(document: JsonValue, conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """The conditions that do not hold in a `quality_control` document."""
    return tuple(condition for condition in conditions if not _holds(document, condition))


def describe_paths(conditions: tuple[Condition, ...]) -> str:
    """The paths of conditions for people: the first three, and how many more there are."""
    names = list(dict.fromkeys(format_path(condition.path) for condition in conditions))
    more = f" and {len(names) - _NAMED} others" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def with_prefix(prefix: JsonPath, operations: tuple[Operation, ...]) -> tuple[Operation, ...]:
    """The same operations for a file in which the document is at `prefix`."""
    return tuple(
        Set(prefix + op.path, op.value) if isinstance(op, Set) else Append(prefix + op.path, op.value)
        for op in operations
    )


_NAMED = 3


def _holds(document: JsonValue, condition: Condition) -> bool:
    found = get_at(document, condition.path)
    match condition:
        case ValueIs(_, value):
            return found is not ABSENT and same_value(found, value)
        case LengthIs(_, length):
            return isinstance(found, list) and len(found) == length
        case Missing():
            return found is ABSENT
