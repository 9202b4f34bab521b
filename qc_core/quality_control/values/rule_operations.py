"""The operations of rules: arithmetic, comparisons and a few functions, each within limits."""

import ast
import operator
from collections.abc import Callable, Collection, Iterator

from qc_core.json_document.value import JsonValue, describe_type

MAX_BITS = 256
"""Bits of an integer at most."""
_DIGITS = 20
_CHARACTERS_PER_STEP = 100
_NOTHING = object()


class RuleError(Exception):
    """A rule cannot be evaluated on this value; the text is the reason, without a full stop."""


class Budget:
    """The steps that an evaluation has left."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def take(self, steps: int) -> None:
        """Spend steps. Raises RuleError when none are left."""
        self.left -= steps
        if self.left < 0:
            raise RuleError("it takes too many steps")

    def weigh(self, value: JsonValue) -> None:
        """Spend the steps that it takes to visit the whole of a value."""
        waiting = [value]
        while waiting:
            one = waiting.pop()
            self.take(1 + (len(one) // _CHARACTERS_PER_STEP if isinstance(one, str) else 0))
            if isinstance(one, list | dict):
                self.take(len(one) // _CHARACTERS_PER_STEP)  # before they are all listed
                waiting.extend(one.values() if isinstance(one, dict) else one)


def describe_result(value: JsonValue) -> str:
    """A result for people, short whatever it is."""
    if isinstance(value, bool) or value is None or isinstance(value, str | list | dict):
        return describe_type(value)
    return str(value) if isinstance(value, float) or value.bit_length() <= MAX_BITS else "a huge number"


def to_number(value: JsonValue) -> int | float:
    """A value as a number; True counts as 1. Raises RuleError for anything else, and for a number too large."""
    if not isinstance(value, int | float):
        raise RuleError(f"{describe_type(value)} is not a number")
    if isinstance(value, int) and value.bit_length() > MAX_BITS:
        raise RuleError("a number is too large")
    return value


def apply_unary(op: ast.unaryop, value: JsonValue) -> JsonValue:
    """`not`, `-` or `+` applied to a value."""
    if isinstance(op, ast.Not):
        return not value
    return -to_number(value) if isinstance(op, ast.USub) else +to_number(value)


_ARITHMETIC: dict[type[ast.operator], Callable[[int | float, int | float], int | float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
}


def apply_arithmetic(left: JsonValue, op: ast.operator, right: JsonValue) -> JsonValue:
    """The result of arithmetic on two numbers. Raises RuleError for anything else."""
    one, other = to_number(left), to_number(right)
    whole = isinstance(one, int) and isinstance(other, int)
    if isinstance(op, ast.Pow) and whole and abs(other) * int(one).bit_length() > MAX_BITS:
        raise RuleError("a number is too large")
    result = _ARITHMETIC[type(op)](one, other)
    if isinstance(result, complex):
        raise RuleError("a root of a negative number is not a number")
    return to_number(result)


_ORDER: dict[type[ast.cmpop], Callable[[JsonValue, JsonValue], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def compare(budget: Budget, left: JsonValue, op: ast.cmpop, right: JsonValue) -> bool:
    """One comparison. Order is between two numbers, or two texts; `is` is for None, True and False."""
    match op:
        case ast.Eq() | ast.NotEq():
            return _is_equal(budget, left, right) is isinstance(op, ast.Eq)
        case ast.In() | ast.NotIn():
            return _contains(budget, left, right) is isinstance(op, ast.In)
        case ast.Is() | ast.IsNot():
            if not (right is None or isinstance(right, bool)):
                raise RuleError("“is” compares with None, True or False only")
            return (left is right) is isinstance(op, ast.Is)
    if isinstance(left, str) and isinstance(right, str):
        budget.weigh(left)
        return _ORDER[type(op)](left, right)
    if isinstance(left, int | float) and isinstance(right, int | float):
        return _ORDER[type(op)](left, right)
    raise RuleError(f"{describe_type(left)} and {describe_type(right)} have no order")


def _is_equal(budget: Budget, left: JsonValue, right: JsonValue) -> bool:
    if isinstance(left, list | dict | str) and type(left) is type(right):
        budget.weigh(left)
    return bool(left == right)


def _contains(budget: Budget, item: JsonValue, container: JsonValue) -> bool:
    if isinstance(container, str):
        if not isinstance(item, str):
            raise RuleError(f"{describe_type(item)} cannot be in a text")
        budget.take(1 + (len(item) + len(container)) // _CHARACTERS_PER_STEP)
        return item in container
    for one in iterate(container):
        budget.take(1)  # an object's keys too: the item need not be one that a dictionary can look up
        if _is_equal(budget, item, one):
            return True
    return False


def iterate(value: JsonValue) -> Collection[JsonValue]:
    """The items of a list, the keys of an object, the characters of a text. Raises RuleError for anything else."""
    if isinstance(value, list | str | dict):
        return value
    raise RuleError(f"{describe_type(value)} holds no items")


def call_len(budget: Budget, *arguments: JsonValue) -> JsonValue:
    """`len(value)`."""
    return len(iterate(_single_argument("len", arguments)))


def call_abs(budget: Budget, *arguments: JsonValue) -> JsonValue:
    """`abs(value)`."""
    return abs(to_number(_single_argument("abs", arguments)))


def call_min(budget: Budget, *arguments: JsonValue) -> JsonValue:
    """`min(value)`, `min(a, b)`."""
    return _extreme(budget, "min", ast.Lt(), arguments)


def call_max(budget: Budget, *arguments: JsonValue) -> JsonValue:
    """`max(value)`, `max(a, b)`."""
    return _extreme(budget, "max", ast.Gt(), arguments)


def call_sum(budget: Budget, *arguments: JsonValue) -> JsonValue:
    """`sum(value)`."""
    result: JsonValue = 0
    for one in _iterate_counting(budget, _single_argument("sum", arguments)):
        result = apply_arithmetic(result, ast.Add(), one)
    return result


def call_all(budget: Budget, *arguments: JsonValue) -> JsonValue:
    """`all(value)`."""
    return all(_iterate_counting(budget, _single_argument("all", arguments)))


def call_any(budget: Budget, *arguments: JsonValue) -> JsonValue:
    """`any(value)`."""
    return any(_iterate_counting(budget, _single_argument("any", arguments)))


def call_round(budget: Budget, *arguments: JsonValue) -> JsonValue:
    """`round(value)`, `round(value, digits)`."""
    if len(arguments) not in (1, 2):
        raise RuleError("round takes one or two arguments")
    value = to_number(arguments[0])
    if len(arguments) == 1 or arguments[1] is None:
        return round(value)
    digits = arguments[1]
    if not isinstance(digits, int) or abs(digits) > _DIGITS:
        raise RuleError(f"round takes at most {_DIGITS} digits")
    return round(value, digits)


def _extreme(budget: Budget, name: str, better: ast.cmpop, arguments: tuple[JsonValue, ...]) -> JsonValue:
    among = _iterate_counting(budget, _single_argument(name, arguments)) if len(arguments) == 1 else iter(arguments)
    found = next(among, _NOTHING)
    if found is _NOTHING:
        raise RuleError(f"{name} of nothing")
    for one in among:
        if compare(budget, one, better, found):
            found = one
    return found


def _single_argument(name: str, arguments: tuple[JsonValue, ...]) -> JsonValue:
    if len(arguments) != 1:
        raise RuleError(f"{name} takes one argument")
    return arguments[0]


def _iterate_counting(budget: Budget, value: JsonValue) -> Iterator[JsonValue]:
    """The items one by one, each a step; those of a comprehension were counted already."""
    if isinstance(value, Iterator):
        yield from value
        return
    for one in iterate(value):
        budget.take(1)
        yield one
