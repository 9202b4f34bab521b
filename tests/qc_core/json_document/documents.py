"""Strategies: JSON documents as someone, or some program, may have written them, and operations on them."""

import codecs
import json
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from qc_core.errors import BadRecord
from qc_core.json_document import Append, Operation, Set
from qc_core.json_document.value import JsonPath, JsonValue

STYLES: list[dict[str, Any]] = [
    {"indent": 2},
    {"indent": 3},
    {"indent": 4},
    {"indent": "\t"},
    {"indent": 0},
    {"indent": None},
    {"separators": (",", ":")},
]
quick = settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])

spaces = st.sampled_from(["", "", "", " ", "\n", "\r\n", "\t", "\n    ", "\r", " \n \t \r\n  "])
strings = st.one_of(
    st.text(max_size=4).map(json.dumps),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=4).map(
        lambda text: json.dumps(text, ensure_ascii=False)
    ),
    st.sampled_from([r'"\/\b\f\u0041\""', r'"\ud83d\ude00"', r'"\ud800"', r'"\\"', '"]}, ["', '"a\u2028\x7f"', '"a"']),
)
numbers = st.sampled_from(
    ["0", "-0", "1.50", "1E400", "-1e-400", "NaN", "-Infinity", "1e5", "3.0", "123456789012345678901234567890"]
)
tokens = strings | numbers | st.sampled_from(["true", "false", "null"])
keys = st.sampled_from(['"a"', '"b"', r'"\u0061"', '"é"', '""', r'"\""', r'"\ud83d\ude00"']) | strings


@st.composite
def objects(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    members = draw(st.lists(st.tuples(spaces, keys, spaces, spaces, inner, spaces), max_size=4))
    body = ",".join(f"{a}{key}{b}:{c}{value}{d}" for a, key, b, c, value, d in members)
    return "{" + (body or draw(spaces)) + "}"


@st.composite
def lists(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    items = draw(st.lists(st.tuples(spaces, inner, spaces), max_size=4))
    return "[" + (",".join(map("".join, items)) or draw(spaces)) + "]"


marks = st.sampled_from([b"", codecs.BOM_UTF8])
texts = st.recursive(tokens, lambda inner: objects(inner) | lists(inner), max_leaves=12)
documents = st.tuples(marks, spaces, texts, spaces).map(lambda d: d[0] + "".join(d[1:]).encode())
plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
plain_keys = st.sampled_from(["a", "b", "é", "", '"', "😀"])
values = st.recursive(
    plain | st.text(max_size=4) | st.sampled_from(["\ud800", "é\n", "😀"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(plain_keys, inner, max_size=3),
    max_leaves=8,
)


def paths_in(value: JsonValue, path: JsonPath = ()) -> Iterator[tuple[JsonPath, JsonValue]]:
    yield path, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, below in inner:
        yield from paths_in(below, (*path, step))


def meet(one: Operation, other: Operation) -> bool:
    if one.path == other.path:
        return isinstance(one, Set) or isinstance(other, Set)
    shorter, longer = sorted((one.path, other.path), key=len)
    return longer[: len(shorter)] == shorter


@st.composite
def operations_for(draw: st.DrawFn, value: JsonValue, under: JsonPath = ()) -> list[Operation]:
    """Operations that can all be done on a value, which do not meet."""
    found = [found_path for found_path in paths_in(value) if found_path[0][: len(under)] == under]
    chosen: list[Operation] = []
    for path, there in draw(st.lists(st.sampled_from(found), max_size=5)):
        possible: list[Operation] = [Set(path, draw(values))]
        if isinstance(there, dict):
            possible.append(Set((*path, draw(plain_keys)), draw(values)))
        if isinstance(there, list):
            possible.append(Append(path, draw(values)))
        operation = draw(st.sampled_from(possible))
        if not any(meet(operation, other) for other in chosen):
            chosen.append(operation)
    return chosen


def outcome_of(do: Callable[[], object]) -> tuple[str, object]:
    """What something gives, or how it refuses, so that two can be compared (NaN is itself, order counts)."""
    try:
        return "gives", json.dumps(do())
    except BadRecord as error:
        return "refuses", error.message
