"""Evaluate a rule over a metric's value: a whitelist of Python's expression syntax, and nothing else.

A rule may use comparisons (chained too), `and`, `or`, `not`, arithmetic on numbers, `in`, literals, the functions of
`FUNCTIONS`, comprehensions, and the name `value`::

    0.1 < value < 10
    len(value) >= 3 and all(one > 5 for one in value)

It is parsed by Python's parser and evaluated here, never compiled. Its cost is counted in steps, so that the same rule
ends at the same point on every machine.
"""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from qc_core.json_document.value import JsonValue
from qc_core.quality_control.values import rule_operations as operations
from qc_core.quality_control.values.rule_operations import Budget, RuleError

MAX_CHARACTERS = 1_000
"""Characters of a rule at most."""
MAX_DEPTH = 40
"""Levels of a rule's syntax tree at most."""
MAX_STEPS = 20_000
"""Steps of one evaluation at most: each node that is evaluated, and each item that is visited, is one."""

FUNCTIONS: Mapping[str, Callable[..., JsonValue]] = {
    "len": operations.call_len,
    "abs": operations.call_abs,
    "min": operations.call_min,
    "max": operations.call_max,
    "sum": operations.call_sum,
    "all": operations.call_all,
    "any": operations.call_any,
    "round": operations.call_round,
}

_ONE_PARSER = Lock()
"""Two threads that parse at once trip over a fault of older Pythons (gh-106905), seen on 3.11.7."""
_OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)
_COMPARISONS = (ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn, ast.Is, ast.IsNot)
_ALLOWED = (
    *(ast.Expression, ast.Constant, ast.Name, ast.Load, ast.Store, ast.Call, ast.Compare, *_COMPARISONS),
    *(ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.UAdd, ast.BinOp, *_OPERATORS),
    *(ast.List, ast.Tuple, ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.comprehension),
)


@dataclass(frozen=True, slots=True)
class RuleResult:
    """The result of a rule: whether it holds for the value."""

    holds: bool


@dataclass(frozen=True, slots=True)
class NoRuleResult:
    """A rule has no result for a value; `reason` is a sentence.

    `is_text` is True for a text that is not an expression of the whitelist (such as a sentence for people), False for
    an expression that failed on this value.
    """

    reason: str
    is_text: bool


def run_rule(rule: str, value: JsonValue) -> RuleResult | NoRuleResult:
    """Evaluate a rule on a JSON value. Never raises, and changes neither.

    `run_rule("0 < value <= 1", 0.5)` gives `RuleResult(holds=True)`.
    """
    tree = _parse(rule)
    if isinstance(tree, NoRuleResult):
        return tree
    try:
        result = _Evaluation(Budget(MAX_STEPS)).evaluate(tree, {"value": value})
    except RuleError as error:
        return NoRuleResult(f"It could not be run: {error}.", is_text=False)
    except (ArithmeticError, TypeError, ValueError, RecursionError) as error:
        return NoRuleResult(f"It could not be run: {error}.", is_text=False)
    if isinstance(result, bool):
        return RuleResult(result)
    return NoRuleResult(
        f"It gives {operations.describe_result(result)}, which is neither true nor false.", is_text=False
    )


def parse_rule(rule: str) -> ast.expr | None:
    """The syntax tree of a rule, to be read, never run; None for a text that is not an expression of the whitelist."""
    tree = _parse(rule)
    return None if isinstance(tree, NoRuleResult) else tree


@lru_cache(maxsize=256)
def _parse(rule: str) -> ast.expr | NoRuleResult:
    if len(rule) > MAX_CHARACTERS:
        return NoRuleResult(f"It is longer than {MAX_CHARACTERS:,} characters.", is_text=True)
    try:
        with _ONE_PARSER:
            tree = ast.parse(rule.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return NoRuleResult("It is not an expression that can be run.", is_text=True)
    waiting: list[tuple[ast.AST, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        refusal = _find_refusal(node, depth)
        if refusal:
            return NoRuleResult(refusal, is_text=True)
        waiting += [(child, depth + 1) for child in _check_children(node)]
    return tree.body


def _check_children(node: ast.AST) -> Iterator[ast.AST]:
    """The child nodes to check; the name of a called function is checked with its call."""
    called = node.func if isinstance(node, ast.Call) else None
    return (child for child in ast.iter_child_nodes(node) if child is not called)


def _find_refusal(node: ast.AST, depth: int) -> str | None:
    if depth > MAX_DEPTH:
        return f"It is nested deeper than {MAX_DEPTH} levels."
    if not isinstance(node, _ALLOWED):
        return f"It uses syntax that rules may not use: {type(node).__name__}."
    match node:
        case ast.Constant(value=bool() | int() | float() | str() | None):
            return None
        case ast.Constant():
            return "It holds a literal that JSON does not have."
        case ast.Call(func=ast.Name(id=name)) if name in FUNCTIONS:
            return "It calls a function with keyword or starred arguments." if _has_keywords_or_stars(node) else None
        case ast.Call():
            return f"It calls a function other than {', '.join(FUNCTIONS)}."
        case ast.comprehension(target=ast.Name(id=name)) if name not in FUNCTIONS:
            return "It uses async." if node.is_async else None
        case ast.comprehension():
            return "It unpacks items, or assigns to the name of a function."
        case ast.Name(id=name) if name in FUNCTIONS:
            return "It uses a function without calling it."
    return None


def _has_keywords_or_stars(call: ast.Call) -> bool:
    return bool(call.keywords) or any(isinstance(argument, ast.Starred) for argument in call.args)


class _Evaluation:
    """One evaluation of a rule, within its budget."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget

    def evaluate(self, node: ast.AST, names: Mapping[str, JsonValue]) -> JsonValue:
        """The value of one node. Raises RuleError, and what arithmetic raises."""
        self.budget.take(1)
        match node:
            case ast.Constant(value=value):
                return value
            case ast.Name(id=name):
                if name not in names:
                    raise RuleError(f"there is no “{name}”, only “value”")
                return names[name]
            case ast.BoolOp():
                return self._bool_op(node, names)
            case ast.UnaryOp(op=op, operand=operand):
                return operations.apply_unary(op, self.evaluate(operand, names))
            case ast.BinOp(left=left, op=op, right=right):
                return operations.apply_arithmetic(self.evaluate(left, names), op, self.evaluate(right, names))
            case ast.Compare():
                return self._comparison(node, names)
            case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
                return [self.evaluate(item, names) for item in items]
            case ast.Dict():
                return self._dict(node, names)
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
                return list(self._comprehension(node, 0, dict(names)))
            case ast.Call(func=ast.Name(id=name), args=args):
                return FUNCTIONS[name](self.budget, *[self._argument(one, names, name) for one in args])
        raise RuleError(f"{type(node).__name__} cannot be run")

    def _argument(
        self, node: ast.expr, names: Mapping[str, JsonValue], function: str
    ) -> JsonValue | Iterator[JsonValue]:
        if isinstance(node, ast.GeneratorExp) and function in (
            "all",
            "any",
        ):  # they stop at the first item that decides
            return self._comprehension(node, 0, dict(names))
        return self.evaluate(node, names)

    def _bool_op(self, node: ast.BoolOp, names: Mapping[str, JsonValue]) -> JsonValue:
        stops_at = isinstance(node.op, ast.Or)
        result: JsonValue = not stops_at
        for part in node.values:
            result = self.evaluate(part, names)
            if bool(result) is stops_at:
                break
        return result

    def _comparison(self, node: ast.Compare, names: Mapping[str, JsonValue]) -> bool:
        left = self.evaluate(node.left, names)
        for op, part in zip(node.ops, node.comparators, strict=True):
            right = self.evaluate(part, names)
            if not operations.compare(self.budget, left, op, right):
                return False
            left = right
        return True

    def _dict(self, node: ast.Dict, names: Mapping[str, JsonValue]) -> JsonValue:
        pairs = [(key and self.evaluate(key, names), self.evaluate(one, names)) for key, one in _pairs(node)]
        if not all(isinstance(key, str) for key, _ in pairs):
            raise RuleError("an object has something other than text as a key")
        return dict(pairs)

    def _comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp, level: int, names: dict[str, JsonValue]
    ) -> Iterator[JsonValue]:
        if level == len(node.generators):
            yield self.evaluate(node.elt, names)
            return
        loop = node.generators[level]
        assert isinstance(loop.target, ast.Name)
        for item in operations.iterate(self.evaluate(loop.iter, names)):
            self.budget.take(1)
            inner = {**names, loop.target.id: item}
            if all(self.evaluate(condition, inner) for condition in loop.ifs):
                yield from self._comprehension(node, level + 1, inner)


def _pairs(node: ast.Dict) -> Iterator[tuple[ast.expr | None, ast.expr]]:
    return zip(node.keys, node.values, strict=True)
