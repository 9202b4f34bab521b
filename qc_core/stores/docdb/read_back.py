"""Whether a write landed, judged by the record that was read back. Pure."""

from collections.abc import Iterator, Mapping
from enum import Enum, auto
from typing import Any

from qc_core.json_document import Append, Operation, Set
from qc_core.json_document.patch import LengthIs, Patch
from qc_core.json_document.value import JsonPath, JsonValue, same_value, value_at


class Verdict(Enum):
    """What became of a write."""

    LANDED = auto()
    ABSENT = auto()
    """The record does not hold it; it may still arrive."""
    BEHIND_ANOTHER = auto()
    """It follows somebody else's entry, which its conditions forbid: they were ignored."""
    FRAGMENT = auto()
    """The record was deleted in between, and the upsert made a fragment of one instead."""


FAULTS = {
    Verdict.FRAGMENT: (
        "The record was deleted while you worked on it, and the database made a fragment of a record instead."
    ),
    Verdict.BEHIND_ANOTHER: (
        "The database wrote your change although somebody else had changed the record: it ignored the conditions."
    ),
}
"""What to report of a write that went wrong."""


def verdict(before: Mapping[str, Any], after: Mapping[str, Any], patch: Patch) -> Verdict:
    """Whether `after` holds a patch that was made against `before`; both are records, read as for a write.

    An appended entry must be exactly where it had to go, by the condition on its list's length. Where a
    patch appends nothing, what it set must be there.
    """
    if _is_fragment(before, after):
        return Verdict.FRAGMENT
    old, new = before.get("quality_control"), after.get("quality_control")
    appends = list(_list_expected(old, patch.operations))
    if not appends:
        sets = [op for op in patch.operations if isinstance(op, Set)]
        return Verdict.LANDED if all(same_value(value_at(new, op.path), op.value) for op in sets) else Verdict.ABSENT
    fixed = {condition.path for condition in patch.conditions if isinstance(condition, LengthIs)}
    found = [_where(value_at(new, path), index, entry, path in fixed) for path, index, entry in appends]
    if Verdict.BEHIND_ANOTHER in found:
        return Verdict.BEHIND_ANOTHER
    return Verdict.ABSENT if Verdict.ABSENT in found else Verdict.LANDED


def _list_expected(old: JsonValue, operations: tuple[Operation, ...]) -> Iterator[tuple[JsonPath, int, JsonValue]]:
    """Each list that grows, the position of each new entry, and the entry; lists made new begin with theirs."""
    lengths: dict[JsonPath, int] = {}
    for operation in operations:
        if isinstance(operation, Append):
            held = value_at(old, operation.path)
            index = lengths.get(operation.path, len(held) if isinstance(held, list) else 0)
            lengths[operation.path] = index + 1
            yield operation.path, index, operation.value


def _where(history: JsonValue, index: int, entry: JsonValue, fixed: bool) -> Verdict:
    if not isinstance(history, list):
        return Verdict.ABSENT
    if index < len(history) and same_value(history[index], entry):
        return Verdict.LANDED
    if not any(same_value(item, entry) for item in history[index:]):
        return Verdict.ABSENT
    return Verdict.BEHIND_ANOTHER if fixed else Verdict.LANDED


def _is_fragment(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether an upsert created a fragment: lists became objects, and there is no name or location."""
    held, made = before.get("quality_control"), after.get("quality_control")
    if not isinstance(held, dict) or not isinstance(made, dict):
        return False
    lists_became_objects = any(
        isinstance(held.get(key), list) and isinstance(made.get(key), dict) for key in ("metrics", "evaluations")
    )
    lost = any(before.get(key) is not None and key not in after for key in ("name", "location"))
    return lists_became_objects or lost
