"""One collection with MongoDB's semantics, as far as the portal relies on them.

Not mongomock(-ng): there `False` matches `0`, and objects match whatever the order of their keys. In MongoDB they do
not, and a compare-and-set must not rest on the difference. What is not built here is an error, never ignored.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

MAX_DOCUMENT_BYTES = 16 * 1024 * 1024
LARGEST_INTEGER = 2**63 - 1


class MongoError(Exception):
    """The database refused an operation; nothing was changed."""


class DuplicateKeyError(MongoError):
    """E11000: an insert met a document with the same `_id`."""


class Collection:
    """Documents by `_id`. Not for several threads at once."""

    def __init__(self) -> None:
        self.documents: dict[str, dict[str, Any]] = {}

    def insert(self, document: dict[str, Any]) -> None:
        if document["_id"] in self.documents:
            raise DuplicateKeyError(
                "E11000 duplicate key error collection: metadata_index.data_assets index: _id_ "
                f'dup key: {{ _id: "{document["_id"]}" }}'
            )
        _check_numbers(document)
        if len(json.dumps(document)) > MAX_DOCUMENT_BYTES:
            raise MongoError("BSONObjectTooLarge")
        self.documents[document["_id"]] = document

    def find(
        self,
        wanted: dict[str, Any],
        projection: dict[str, Any] | None = None,
        sort: dict[str, int] | None = None,
        limit: int = 0,
        skip: int = 0,
    ) -> list[dict[str, Any]]:
        found = [document for document in self.documents.values() if matches(document, wanted)]
        for field, direction in reversed((sort or {}).items()):
            found.sort(key=lambda document, field=field: _sort_key(document, field), reverse=direction < 0)  # type: ignore[misc]  # a key of mixed types
        found = found[skip : skip + limit if limit else None]
        fields = _fields_of(projection) if projection else None
        return [_copy(document if fields is None else _project(document, fields)) for document in found]

    def update_one(self, wanted: dict[str, Any], update: dict[str, Any]) -> dict[str, Any]:
        """As the gateway calls it: always with upsert."""
        _check_numbers(wanted)
        _check_numbers(update)
        for document in self.documents.values():
            if matches(document, wanted):
                changed = apply_update(document, update)
                self.documents[document["_id"]] = changed
                return {"n": 1, "nModified": int(changed != document), "ok": 1.0, "updatedExisting": True}
        self.insert(apply_update(_from_filter(wanted), update))
        return {"n": 1, "nModified": 0, "ok": 1.0, "updatedExisting": False, "upserted": wanted["_id"]}


def same(one: Any, other: Any) -> bool:
    """Equality as BSON has it: booleans are not numbers, and objects are the same with their keys in the same order."""
    if isinstance(one, bool) or isinstance(other, bool):
        return isinstance(one, bool) and isinstance(other, bool) and one == other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == other
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)


def matches(document: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Whether a filter matches a document."""
    for field, condition in wanted.items():
        if field == "$and":
            if not all(matches(document, each) for each in condition):
                return False
        elif field == "$or":
            if not any(matches(document, each) for each in condition):
                return False
        elif field.startswith("$"):
            raise MongoError(f"unknown top level operator: {field}")
        elif not _holds(list(values_at(document, field.split("."))), condition):
            return False
    return True


def values_at(value: Any, steps: list[str]) -> Iterator[Any]:
    """All values that a dotted path leads to: a number is an index in an array, and arrays are gone through."""
    if not steps:
        yield value
        return
    step, rest = steps[0], steps[1:]
    if isinstance(value, dict):
        if step in value:
            yield from values_at(value[step], rest)
    elif isinstance(value, list):
        if step.isdigit() and int(step) < len(value):
            yield from values_at(value[int(step)], rest)
        for item in value:
            if isinstance(item, dict):
                yield from values_at(item, steps)


def _holds(found: list[Any], condition: Any) -> bool:
    if not (isinstance(condition, dict) and any(key.startswith("$") for key in condition)):
        return _equals(found, condition)
    if "$regex" in condition:
        if condition.keys() - {"$regex", "$options"}:
            raise MongoError("a regular expression has no operators next to it here")
        return _like(found, re.compile(condition["$regex"], re.IGNORECASE if condition.get("$options") == "i" else 0))
    return all(_OPERATORS[operator](found, operand) for operator, operand in condition.items())


def _like(found: list[Any], pattern: re.Pattern[str]) -> bool:
    texts = [item for value in found for item in (value if isinstance(value, list) else [value])]
    return any(isinstance(text, str) and pattern.search(text) for text in texts)


def _equals(found: list[Any], wanted: Any) -> bool:
    if wanted is None and not found:
        return True
    return any(same(value, wanted) or _element_is(value, wanted) for value in found)


def _element_is(value: Any, wanted: Any) -> bool:
    return isinstance(value, list) and any(same(item, wanted) for item in value)


def _compare(compare: Callable[[Any, Any], bool]) -> Callable[[list[Any], Any], bool]:
    return lambda found, operand: any(type(value) is type(operand) and compare(value, operand) for value in found)


_OPERATORS: dict[str, Callable[[list[Any], Any], bool]] = {
    "$eq": _equals,
    "$ne": lambda found, operand: not _equals(found, operand),
    "$in": lambda found, operand: any(_equals(found, each) for each in operand),
    "$exists": lambda found, operand: bool(found) is operand,
    "$size": lambda found, operand: any(isinstance(value, list) and len(value) == operand for value in found),
    "$gt": _compare(lambda value, operand: value > operand),
    "$gte": _compare(lambda value, operand: value >= operand),
    "$lt": _compare(lambda value, operand: value < operand),
    "$lte": _compare(lambda value, operand: value <= operand),
}


Fields = dict[str, "Fields | None"]
"""What an inclusion keeps, by key: all of it (None), or some of the fields below it."""


def project(document: dict[str, Any], projection: dict[str, Any] | None) -> dict[str, Any]:
    """The fields of an inclusion, `_id` always among them."""
    return _project(document, _fields_of(projection)) if projection else document


def _project(document: dict[str, Any], fields: Fields) -> dict[str, Any]:
    return {"_id": document["_id"], **_include(document, fields)}


def _fields_of(projection: dict[str, Any]) -> Fields:
    fields: Fields = {}
    for path in (field.split(".") for field, wanted in projection.items() if wanted):
        at: Fields | None = fields
        for step in path[:-1]:
            at = at.setdefault(step, {})
            if at is None:
                raise MongoError(f"Path collision at {'.'.join(path)}")
        if path[-1] in at:
            raise MongoError(f"Path collision at {'.'.join(path)}")
        at[path[-1]] = None
    return fields


def _include(value: Any, fields: Fields) -> Any:
    if isinstance(value, list):
        return [_include(item, fields) for item in value if isinstance(item, dict | list)]
    kept = {}
    for key, inner in value.items():
        if key in fields:
            below = fields[key]
            if below is None:
                kept[key] = inner
            elif isinstance(inner, dict | list):
                kept[key] = _include(inner, below)
    return kept


def apply_update(document: dict[str, Any], update: dict[str, Any]) -> dict[str, Any]:
    """The document after `$set`, `$push` and `$unset`; the argument stays as it is."""
    if not update or update.keys() - {"$set", "$push", "$unset"}:
        raise MongoError(f"the update operation document is not understood: {list(update)}")
    paths = [tuple(field.split(".")) for fields in update.values() for field in fields]
    for number, one in enumerate(paths):
        if any(one[: len(other)] == other for index, other in enumerate(paths) if index != number):
            raise MongoError(f"Updating the path '{'.'.join(one)}' would create a conflict")
    changed: dict[str, Any] = _copy(document)
    for field, value in update.get("$set", {}).items():
        if field == "_id" or "" in field.split("."):
            raise MongoError(f"the path '{field}' cannot be set")
        _set(changed, field.split("."), _copy(value))
    for field, value in update.get("$push", {}).items():
        held = next(iter(values_at(changed, field.split("."))), None)
        if held is None:
            _set(changed, field.split("."), held := [])
        if not isinstance(held, list):
            raise MongoError(f"The field '{field}' must be an array but is of type {type(held).__name__}")
        held.extend(_copy(value["$each"] if isinstance(value, dict) and "$each" in value else [value]))
    for field in update.get("$unset", {}):
        changed.pop(field)  # of a whole record only: what is below is not needed here
    return changed


def _set(value: Any, steps: list[str], wanted: Any) -> None:
    step, rest = steps[0], steps[1:]
    key: Any = step
    if isinstance(value, list):
        if not step.isdigit():
            raise MongoError(f"Cannot create field '{step}' in element that is an array")
        key = int(step)
        value.extend([None] * (key + 1 - len(value)))
        if rest and value[key] is None:
            value[key] = {}
    elif not isinstance(value, dict):
        raise MongoError(f"Cannot create field '{step}' in element {value!r}")
    if not rest:
        value[key] = wanted
        return
    if isinstance(value, dict):
        value.setdefault(key, {})
    _set(value[key], rest, wanted)


def _copy(value: Any) -> Any:
    """A copy of a JSON value: `copy.deepcopy` takes many times as long."""
    if isinstance(value, dict):
        return {key: _copy(inner) for key, inner in value.items()}
    return [_copy(inner) for inner in value] if isinstance(value, list) else value


def _from_filter(wanted: dict[str, Any]) -> dict[str, Any]:
    """The document that an upsert begins with: what the filter sets by equality."""
    fixed: dict[str, Any] = {}
    for part in [wanted, *wanted.get("$and", [])]:
        for field, condition in part.items():
            if field.startswith("$"):
                continue
            operators = isinstance(condition, dict) and any(key.startswith("$") for key in condition)
            if operators and "$eq" not in condition:
                continue
            if any(f"{field}.".startswith(f"{other}.") or f"{other}.".startswith(f"{field}.") for other in fixed):
                raise MongoError(f"cannot infer query fields to set, path '{field}' is matched twice")
            fixed[field] = condition["$eq"] if operators else condition
    document: dict[str, Any] = {"_id": fixed.pop("_id")}
    for field, value in fixed.items():
        _set(document, field.split("."), _copy(value))
    return document


def _sort_key(document: dict[str, Any], field: str) -> tuple[int, Any]:
    value = next(iter(values_at(document, field.split("."))), None)
    if value is None:
        return 0, ""
    rank = 1 if isinstance(value, int | float) else 2 if isinstance(value, str) else 3  # as BSON orders types
    return rank, value if rank < 3 else json.dumps(value)


def _check_numbers(value: Any) -> None:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            _check_numbers(item)
    elif isinstance(value, int) and abs(value) > LARGEST_INTEGER:
        raise MongoError("MongoDB can only handle up to 8-byte ints")
