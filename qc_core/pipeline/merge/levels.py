"""Merge the levels of two `default_grouping` lists, as aind-data-schema adds two documents. Pure."""

from collections.abc import Sequence
from itertools import zip_longest

from qc_core.json_document import Append, Operation, Set
from qc_core.json_document.value import JsonPath, JsonValue, same_value


def join_levels(old: Sequence[JsonValue], new: Sequence[JsonValue]) -> list[JsonValue]:
    """The levels of both, level by level: `["probe", "kind"]` and `["camera"]` give `[["probe", "camera"], "kind"]`.

    The keys of the earlier list come first, and none occurs twice in a level; a level with one key is that key alone.
    This is `QualityControl.__add__` of aind-data-schema 2.3.2 to 2.9.2, but for a level that is the same in both, which
    keeps its form: merging one document twice changes nothing.
    """
    absent = object()
    levels: list[JsonValue] = []
    for ours, theirs in zip_longest(old, new, fillvalue=absent):
        if theirs is absent or (ours is not absent and same_value(ours, theirs)):
            levels.append(ours)
        elif ours is absent:
            levels.append(theirs)
        else:
            keys: list[JsonValue] = []
            for key in (*_keys(ours), *_keys(theirs)):
                if not any(same_value(key, one) for one in keys):
                    keys.append(key)
            levels.append(keys[0] if len(keys) == 1 else keys)
    return levels


def level_operations(path: JsonPath, old: JsonValue, new: JsonValue) -> list[Operation]:
    """The operations that make the list of levels at a path, `old`, hold those of `new`; none where it holds them.

    The list is only appended to where no level that is there changes. What is neither a list nor null stays as it is.
    """
    if not isinstance(new, list) or not isinstance(old, list | None):
        return []
    there = old or []
    levels = join_levels(there, new)
    if same_value(levels, there):
        return []
    if old is None or not same_value(levels[: len(there)], there):
        return [Set(path, levels)]
    return [Append(path, level) for level in levels[len(there) :]]


def _keys(level: JsonValue) -> Sequence[JsonValue]:
    return level if isinstance(level, list) else [level]
