"""What can be done to a JSON document: set a value, append to a list."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from qc_core.errors import BadRecord
from qc_core.json_document.value import JsonPath, JsonValue, same_value


@dataclass(frozen=True, slots=True)
class Set:
    """Replace the value at `path`, or add it as the last member of its object."""

    path: JsonPath
    value: JsonValue


@dataclass(frozen=True, slots=True)
class Append:
    """Add `value` at the end of the list at `path`."""

    path: JsonPath
    value: JsonValue


Operation = Set | Append


@dataclass(slots=True)
class OperationTree:
    """What is to be done at one place (`replacement` is the one value to set) and below it, in order."""

    path: JsonPath
    replacement: list[JsonValue] = field(default_factory=list)
    appended: list[JsonValue] = field(default_factory=list)
    below: dict[str | int, "OperationTree"] = field(default_factory=dict)

    def missing(self) -> BadRecord:
        """The error for a place that the document does not have."""
        return BadRecord(
            f"There is nothing to change at {format_path(self.path)} in the document.",
            "It may have changed since it was read: read it again.",
        )


def build_operation_tree(operations: Sequence[Operation]) -> OperationTree:
    """Operations as a tree of places, their values copied.

    Raises BadRecord where two overlap (one path leads to or into another's place; only appending to one
    list several times is fine), or where a value cannot be written as JSON: NaN and infinities among them.
    """
    root = OperationTree(())
    for operation in operations:
        here = root
        for depth, step in enumerate(operation.path):
            if here.replacement or here.appended:
                raise _overlap_error(here.path)
            here = here.below.setdefault(step, OperationTree(operation.path[: depth + 1]))
        if here.below or here.replacement or (here.appended and isinstance(operation, Set)):
            raise _overlap_error(here.path)
        values = here.replacement if isinstance(operation, Set) else here.appended
        values.append(_copy_value(operation))
    return root


def apply(value: JsonValue, operations: Sequence[Operation]) -> JsonValue:
    """What a document says after operations; the argument stays as it is, unchanged parts are shared with it.

    Raises BadRecord for a place that is not there, and as `build_operation_tree` does.
    """
    return _apply_tree(value, build_operation_tree(operations))


def differences(path: JsonPath, old: JsonValue, new: JsonValue) -> tuple[Set, ...]:
    """The smallest Sets that turn `old`, which stands at `path`, into `new`; none where both say the same.

    A dictionary that lost keys, and a list of another length, is set as a whole.
    Raises BadRecord for what is nested too deeply.
    """
    try:
        return tuple(_differences(path, old, new))
    except RecursionError as error:
        raise BadRecord(f"{format_path(path)} is nested too deeply to be compared.", "Check what wrote it.") from error


def format_path(path: JsonPath) -> str:
    """A place for people: `metrics[3].value`."""
    name = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return name.removeprefix(".") or "the top"


def _overlap_error(path: JsonPath) -> BadRecord:
    return BadRecord(f"Two changes meet at {format_path(path)}.", "Make them one change.")


def _copy_value(operation: Operation) -> JsonValue:
    """The operation's value, by way of its JSON text, so that it surely can be read back as it was meant."""
    refusal = f"The value for {format_path(operation.path)} cannot be written as JSON"
    hint = "JSON has text, finite numbers, true, false, null, lists, and objects with text as keys."
    try:
        copy = json.loads(json.dumps(operation.value, allow_nan=False))
        # A tuple, or a number as a key, would come back as something else. An enum of strings equals its text.
        same = bool(copy == operation.value)
    except (TypeError, ValueError, RecursionError) as error:
        raise BadRecord(f"{refusal}: {error}.", hint) from error
    if not same:
        raise BadRecord(f"{refusal} and be read back as it is.", hint)
    return copy


def _apply_tree(value: JsonValue, wanted: OperationTree) -> JsonValue:
    if wanted.replacement:
        return wanted.replacement[0]
    if wanted.appended:
        if not isinstance(value, list):
            raise wanted.missing()
        return [*value, *wanted.appended]
    if not wanted.below:
        return value
    if not isinstance(value, dict | list):
        raise next(iter(wanted.below.values())).missing()
    changed: Any = value.copy()
    held: Any = value
    for step, inner in wanted.below.items():
        if isinstance(value, dict):
            exists, may_be_new = step in value, isinstance(step, str) and bool(inner.replacement)
        else:
            exists, may_be_new = isinstance(step, int) and 0 <= step < len(value), False
        if not exists and not may_be_new:
            raise inner.missing()
        changed[step] = _apply_tree(held[step], inner) if exists else inner.replacement[0]
    return changed


def _differences(path: JsonPath, old: JsonValue, new: JsonValue) -> list[Set]:
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() <= new.keys():
        found = []
        for key, value in new.items():
            inner = (*path, key)
            found += _differences(inner, old[key], value) if key in old else [Set(inner, value)]
        return found
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        pairs = enumerate(zip(old, new, strict=True))
        return [change for index, (one, other) in pairs for change in _differences((*path, index), one, other)]
    return [] if same_value(old, new) else [Set(path, new)]
