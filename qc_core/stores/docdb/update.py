"""Convert a patch to one conditional `update_one` of MongoDB: conditions to a filter, operations to an update. Pure.

What MongoDB makes of such a filter and update is written down in docs/database.md.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from qc_core.errors import BadRecord
from qc_core.json_document import Append, Operation, Set, apply
from qc_core.json_document.operations import format_path
from qc_core.json_document.patch import Condition, LengthIs, Missing, Patch, ValueIs
from qc_core.json_document.value import ABSENT, JsonPath, JsonValue, get_at

ROOT = "quality_control"
LARGEST_INTEGER = 2**63 - 1
"""What fits into the integers of the database."""
_MAX_LEAVES = 200
"""How many scalars of one large value are compared one by one."""

Terms = list[tuple[str, dict[str, JsonValue]]]


@dataclass(frozen=True, slots=True)
class Update:
    """One `update_one`: the filter that holds the plain `_id` and all conditions, and what is then changed."""

    filter: dict[str, JsonValue]
    update: dict[str, JsonValue]


def as_update(record_id: str, raw: JsonValue, patch: Patch) -> Update | None:
    """The update that applies a patch to the record whose `quality_control` is `raw`; None if nothing changes.

    A path never leads through a key that the database's paths cannot spell (with `.`, with `$` in front, of digits,
    or empty): there the smallest value around it is compared, and set, as a whole.

    Raises BadRecord for an operation that cannot be done, or a number that the database cannot hold.
    """
    after = apply(raw, patch.operations)
    terms = [term for condition in patch.conditions for term in _terms(raw, condition)]
    sets, pushes = _changes(raw, after, patch.operations, terms)
    if not sets and not pushes:
        return None
    changes = {"$set": sets, "$push": pushes}
    return Update(
        filter={"_id": record_id, **_merge(terms)},
        update={operator: fields for operator, fields in changes.items() if fields},
    )


def is_safe(path: JsonPath) -> bool:
    """Whether a path can be written as a dotted path of the database."""
    return all(isinstance(step, int) or _is_safe_key(step) for step in path)


def _is_safe_key(key: str) -> bool:
    """A key of digits would mean an index in a list as well."""
    return bool(key) and "." not in key and "\0" not in key and not key.startswith("$") and not key.isdigit()


def _field(path: JsonPath) -> str:
    return ".".join((ROOT, *map(str, path)))


def _context(path: JsonPath) -> JsonPath:
    """The longest beginning of a path that can be written."""
    length = next((n for n, step in enumerate(path) if not is_safe((step,))), len(path))
    return path[:length]


def _terms(raw: JsonValue, condition: Condition) -> Iterator[tuple[str, dict[str, JsonValue]]]:
    if not is_safe(condition.path):
        context = _context(condition.path)
        yield _exactly(context, get_at(raw, context))
        return
    match condition:
        case LengthIs(path, length):
            yield _field(path), {"$size": length}
        case Missing(path):
            yield _field(path), {"$exists": False}
        case ValueIs(path, value):
            yield from _same(path, value, budget=[_MAX_LEAVES])


def _same(path: JsonPath, value: JsonValue, budget: list[int]) -> Iterator[tuple[str, dict[str, JsonValue]]]:
    """What identifies a value: scalars by equality, lists by length and objects by members, down to a limit."""
    field = _field(path)
    if isinstance(value, list):
        yield field, {"$size": len(value)}
        members: Iterable[tuple[str | int, JsonValue]] = enumerate(value)
    elif isinstance(value, dict) and value and all(map(_is_safe_key, value)):
        yield f"{field}.0", {"$exists": False}  # a path looks into the objects of a list too, and this is none
        members = value.items()
    elif isinstance(value, dict):
        yield _exactly(path, value)
        return
    else:
        budget[0] -= 1
        yield _scalar(field, value)
        return
    for step, inner in members:
        if budget[0] <= 0:
            return
        yield from _same((*path, step), inner, budget)


def _scalar(field: str, value: JsonValue) -> tuple[str, dict[str, JsonValue]]:
    if value is None:  # null alone would match a missing field too
        return field, {"$eq": None, "$exists": True}
    is_no_number_in_json = isinstance(value, float) and (value != value or value in (float("inf"), float("-inf")))
    if is_no_number_in_json or _too_large(value):
        return field, {"$exists": True}
    return field, {"$eq": value}


def _exactly(path: JsonPath, value: JsonValue) -> tuple[str, dict[str, JsonValue]]:
    """The whole value, as it was read: the database compares objects with the order of their keys."""
    return _field(path), {"$exists": False} if value is ABSENT else {"$eq": value, "$exists": True}


def _merge(terms: Terms) -> dict[str, JsonValue]:
    """The terms by field. A field that is asked for twice in different words goes into `$and`."""
    fields: dict[str, Any] = {}
    others: list[JsonValue] = []
    for field, term in terms:
        held = fields.setdefault(field, {})
        if any(operator in held and held[operator] != operand for operator, operand in term.items()):
            others.append({field: term})
        else:
            held.update(term)
    short = {field: _simplify(term) for field, term in fields.items()}
    return short | ({"$and": others} if others else {})


def _simplify(term: dict[str, JsonValue]) -> JsonValue:
    """Equality with a scalar in its usual form."""
    value = term.get("$eq")
    return value if term.keys() == {"$eq"} and not isinstance(value, dict | list) else term


def _changes(
    raw: JsonValue, after: JsonValue, operations: tuple[Operation, ...], terms: Terms
) -> tuple[dict[str, JsonValue], dict[str, JsonValue]]:
    wholes = {_context(op.path) for op in operations if not is_safe(op.path)}
    sets: dict[str, JsonValue] = {}
    pushes: dict[str, list[JsonValue]] = {}
    for context in wholes:
        if any(context[: len(other)] == other for other in wholes - {context}):
            continue
        # What is set as a whole must still be what it was as a whole.
        terms.append(_exactly(context, get_at(raw, context)))
        sets[_field(context)] = _require_storable(context, get_at(after, context))
    for operation in operations:
        if any(operation.path[: len(context)] == context for context in wholes):
            continue
        field = _field(operation.path)
        value = _require_storable(operation.path, operation.value)
        match operation:
            case Set():
                sets[field] = value
            case Append():
                pushes.setdefault(field, []).append(value)
    pushed = {field: values[0] if len(values) == 1 else {"$each": values} for field, values in pushes.items()}
    return sets, pushed


def _require_storable(path: JsonPath, value: JsonValue) -> JsonValue:
    if _holds_too_large(value):
        raise BadRecord(
            f"The database cannot hold a number in {format_path(path)}: integers end at {LARGEST_INTEGER:,} there.",
            "Enter a smaller number.",
        )
    return value


def _holds_too_large(value: JsonValue) -> bool:
    if isinstance(value, dict):
        return any(_holds_too_large(inner) for inner in value.values())
    return any(map(_holds_too_large, value)) if isinstance(value, list) else _too_large(value)


def _too_large(value: JsonValue) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and not -LARGEST_INTEGER <= value <= LARGEST_INTEGER
