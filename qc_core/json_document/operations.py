"""The operations on a JSON document: set a value, append to a list."""

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
    """Operations by path: those at one path, and below it those at longer paths, in order.

    `replacement` is empty or holds the one value to set; `appended` are the values to append.
    """

    path: JsonPath
    replacement: list[JsonValue] = field(default_factory=list)
    appended: list[JsonValue] = field(default_factory=list)
    below: dict[str | int, "OperationTree"] = field(default_factory=dict)

    def make_missing_error(self) -> BadRecord:
        """The error for a path that the document does not have."""
        return BadRecord(
            f"There is nothing to change at {format_path(self.path)} in the document.",
            "It may have changed since it was read: read it again.",
        )


def build_operation_tree(operations: Sequence[Operation]) -> OperationTree:
    """Operations as a tree of paths, with copies of their values.

    Raises BadRecord if two overlap (one path equals the other or leads into it; several appends to one list are
    allowed), or if a value cannot be written as JSON (NaN, infinities).
    """
    root = OperationTree(())
    for operation in operations:
        node = root
        for depth, step in enumerate(operation.path):
            if node.replacement or node.appended:
                raise _overlap_error(node.path)
            node = node.below.setdefault(step, OperationTree(operation.path[: depth + 1]))
        if node.below or node.replacement or (node.appended and isinstance(operation, Set)):
            raise _overlap_error(node.path)
        values = node.replacement if isinstance(operation, Set) else node.appended
        values.append(_copy_value(operation))
    return root


def apply(value: JsonValue, operations: Sequence[Operation]) -> JsonValue:
    """The document after operations. The argument is not changed; unchanged parts are shared with it.

    `apply({"a": [1]}, [Append(("a",), 2), Set(("b",), 3)])` gives `{"a": [1, 2], "b": 3}`.

    Raises BadRecord for a path that does not exist, and as `build_operation_tree` does.
    """
    return _apply_tree(value, build_operation_tree(operations))


def differences(path: JsonPath, old: JsonValue, new: JsonValue) -> tuple[Set, ...]:
    """The smallest Sets that turn `old`, the value at `path`, into `new`; none if the two are equal (`same_value`).

    `differences((), {"a": 1, "b": 2}, {"a": 1, "b": 3})` gives `(Set(("b",), 3),)`. An object that lost keys, and a
    list of another length, is set as a whole. Raises BadRecord for values nested too deeply.
    """
    try:
        return tuple(_differences(path, old, new))
    except RecursionError as error:
        raise BadRecord(f"{format_path(path)} is nested too deeply to be compared.", "Check what wrote it.") from error


def format_path(path: JsonPath) -> str:
    """A path for people: `("metrics", 3, "value")` gives `metrics[3].value`, the root "the top"."""
    name = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return name.removeprefix(".") or "the top"


def _overlap_error(path: JsonPath) -> BadRecord:
    return BadRecord(f"Two changes meet at {format_path(path)}.", "Make them one change.")


def _copy_value(operation: Operation) -> JsonValue:
    """A copy of the operation's value through its JSON text, which checks that it can be read back unchanged."""
    refusal = f"The value for {format_path(operation.path)} cannot be written as JSON"
    hint = "JSON has text, finite numbers, true, false, null, lists, and objects with text as keys."
    try:
        copy = json.loads(json.dumps(operation.value, allow_nan=False))
        # A tuple, or a number as a key, is read back as something else. An enum of strings equals its text.
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
            raise wanted.make_missing_error()
        return [*value, *wanted.appended]
    if not wanted.below:
        return value
    if not isinstance(value, dict | list):
        raise next(iter(wanted.below.values())).make_missing_error()
    changed: Any = value.copy()
    held: Any = value
    for step, inner in wanted.below.items():
        if isinstance(value, dict):
            exists, may_be_new = step in value, isinstance(step, str) and bool(inner.replacement)
        else:
            exists, may_be_new = isinstance(step, int) and 0 <= step < len(value), False
        if not exists and not may_be_new:
            raise inner.make_missing_error()
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
