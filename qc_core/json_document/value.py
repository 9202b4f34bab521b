"""JSON values: their equality, and the value at a path."""

import math
from typing import Any

JsonValue = Any
"""What `json.loads` gives: None, bool, int, float, str, list, dict."""

JsonPath = tuple[str | int, ...]
"""A path in a document: keys and list positions from its root, e.g. `("metrics", 3, "value")`."""


def same_value(one: JsonValue, other: JsonValue) -> bool:
    """Whether two JSON values are equal.

    `True` is not `1`, `""` is not `None`, and `0` is not `False`; `1` and `1.0` are one number (a database may write
    either), and NaN equals NaN. The order of keys does not matter, that of lists does.
    """
    if isinstance(one, bool) or isinstance(other, bool):
        return isinstance(one, bool) and isinstance(other, bool) and one == other
    if isinstance(one, int | float) and isinstance(other, int | float):
        both_nan = isinstance(one, float) and isinstance(other, float) and math.isnan(one) and math.isnan(other)
        return both_nan or one == other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same_value(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same_value(one[key], other[key]) for key in one)
    return type(one) is type(other) and bool(one == other)


def is_unset(value: JsonValue) -> bool:
    """Whether nothing was entered yet: `None`, `""`, `[]` or `{}`; never `0` or `False`."""
    return value is None or (isinstance(value, str | list | dict) and len(value) == 0)


_TYPES: dict[type, str] = {dict: "an object", list: "a list", str: "text", bool: "a yes or no", type(None): "null"}

ABSENT = object()
"""The value at a path that a document does not have; null is a value."""


def get_at(document: JsonValue, path: JsonPath) -> JsonValue:
    """The value at a path of a document, ABSENT if there is no such path."""
    for step in path:
        inside_list = isinstance(document, list) and isinstance(step, int) and 0 <= step < len(document)
        inside_object = isinstance(document, dict) and isinstance(step, str) and step in document
        if not (inside_list or inside_object):
            return ABSENT
        document = document[step]
    return document


def value_at(document: JsonValue, path: JsonPath) -> JsonValue:
    """The value at a path of a document; None if there is no such path."""
    found = get_at(document, path)
    return None if found is ABSENT else found


def describe_type(value: JsonValue) -> str:
    """The name of a JSON type for people: "a list", "null"."""
    return _TYPES.get(type(value), "a number")
