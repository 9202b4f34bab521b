"""The numeric value of a metric, and the limits in its rule."""

import ast
import itertools
import math
from collections.abc import Iterator

from qc_core.json_document.value import JsonValue
from qc_core.quality_control.values.rules import parse_rule


def numeric_value(value: JsonValue) -> float | None:
    """The value as a finite number, of a rule-based one the value that the rule is about; None for anything else.

    `numeric_value({"value": 12.4, "rule": "value < 20"})` gives 12.4. A boolean is not a number.
    """
    if isinstance(value, dict) and rule_of(value) is not None:
        value = value["value"]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:  # JSON has integers of any length
        return None
    return number if math.isfinite(number) else None


def parse_number(text: str) -> float | None:
    """A finite number written as Python or JSON write it, such as `12.4` or `1e-05`; None for any other text."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def rule_of(value: JsonValue) -> str | None:
    """The rule of a rule-based value, `{"value": …, "rule": "…"}`; None for any other value (docs/formats.md)."""
    if not isinstance(value, dict) or "value" not in value or "type" in value:
        return None
    rule = value.get("rule")
    return rule if isinstance(rule, str) else None


def rule_limits(rule: str) -> tuple[float, ...]:
    """The numbers that a rule compares the value with, in ascending order; () for a rule of another form.

    `rule_limits("0.1 < value < 10")` gives `(0.1, 10.0)`, `rule_limits("abs(value) <= 3")` gives `(-3.0, 3.0)`. A
    comparison of anything but `value` itself, such as of its length, has no limit.
    """
    tree = parse_rule(rule)
    if tree is None:
        return ()
    return tuple(sorted({limit for limit in _limits(tree) if math.isfinite(limit)}))


def _limits(node: ast.AST) -> Iterator[float]:
    match node:
        case ast.BoolOp(values=parts):
            for part in parts:
                yield from _limits(part)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield from _limits(operand)
        case ast.Compare(left=left, comparators=comparators):
            sides = [left, *comparators]
            for one, other in itertools.pairwise(sides):
                yield from _limits_of_two(one, other)
                yield from _limits_of_two(other, one)


def _limits_of_two(about: ast.expr, limit: ast.expr) -> Iterator[float]:
    number = _number(limit)
    if number is None:
        return
    match about:
        case ast.Name(id="value"):
            yield number
        case ast.Call(func=ast.Name(id="abs"), args=[ast.Name(id="value")]):
            yield number
            yield -number


def _number(node: ast.expr) -> float | None:
    match node:
        case ast.Constant(value=value):
            return numeric_value(value)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=value)):
            number = numeric_value(value)
            return None if number is None else -number
        case ast.UnaryOp(op=ast.UAdd(), operand=ast.Constant(value=value)):
            return numeric_value(value)
    return None
