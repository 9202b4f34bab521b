"""A file is changed only where it changes."""

import codecs
import json
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qc_core.json_document import Append, Operation, Set, apply, parse, splice
from qc_core.json_document.value import JsonValue
from tests.qc_core.json_document.documents import (
    STYLES,
    documents,
    operations_for,
    outcome_of,
    paths_in,
    plain,
    quick,
    spaces,
    texts,
    values,
)


@quick
@given(st.data(), documents)
def test_spliced_text_parses_to_the_applied_value(data: st.DataObject, raw: bytes) -> None:
    value = parse(raw, what="qc.json", keep_lone_surrogates=True)
    operations = data.draw(operations_for(value))
    spliced = splice(raw, operations)
    assert json.dumps(parse(spliced, what="spliced", keep_lone_surrogates=True)) == json.dumps(apply(value, operations))
    assert spliced.startswith(codecs.BOM_UTF8) == raw.startswith(codecs.BOM_UTF8)


@quick
@given(st.data(), documents, documents)
def test_operation_refused_for_the_value_is_refused_for_the_text(data: st.DataObject, raw: bytes, other: bytes) -> None:
    operations = data.draw(operations_for(parse(other, what="other", keep_lone_surrogates=True))) + data.draw(
        operations_for(parse(raw, what="raw", keep_lone_surrogates=True))
    )
    in_text = outcome_of(lambda: parse(splice(raw, operations), what="spliced", keep_lone_surrogates=True))
    assert in_text == outcome_of(lambda: apply(parse(raw, what="raw", keep_lone_surrogates=True), operations))


@quick
@given(st.data(), st.lists(st.tuples(spaces, spaces, texts, spaces), min_size=1, max_size=6))
def test_outside_of_changed_values_every_byte_stays(
    data: st.DataObject, members: list[tuple[str, str, str, str]]
) -> None:
    def document(values_at: list[str]) -> bytes:
        rows = [
            f'{a}"k{i}":{b}{value}{c}' for i, ((a, b, _, c), value) in enumerate(zip(members, values_at, strict=True))
        ]
        return ('\r\n{"rows" :[ 0,{' + ",".join(rows) + '}\t] , "last":[1E400 ]}\n').encode()

    old = [text for _, _, text, _ in members]
    new = [
        data.draw(st.none() | plain | st.sampled_from(["", "a\n"])) if data.draw(st.booleans()) else ... for _ in old
    ]
    operations = [Set(("rows", 1, f"k{i}"), value) for i, value in enumerate(new) if value is not ...]
    expected = [text if value is ... else json.dumps(value) for text, value in zip(old, new, strict=True)]
    spliced = splice(document(old), data.draw(st.permutations(operations)))
    assert spliced == document(expected)


@quick
@given(st.data(), texts | st.just(""), spaces, spaces, st.booleans())
def test_outside_of_added_items_every_byte_stays(
    data: st.DataObject, item: str, lead: str, trail: str, keyed: bool
) -> None:
    opening, closing, key = ("{", "}", '"k":') if keyed else ("[", "]", "")
    head = '\t{"before":[1.50,2],\n"here" :' + opening
    tail = closing + ' ,"after":-0}\r\n '
    if item:
        head, tail = head + lead + key + item, trail + tail
    raw = (head + ("" if item else lead) + tail).encode()
    added = data.draw(st.lists(values, min_size=1, max_size=3))
    at = ("here",)
    spliced = splice(raw, [Set((*at, f"new{i}"), v) if keyed else Append(at, v) for i, v in enumerate(added)])
    assert spliced.startswith(head.encode())
    assert spliced.endswith(tail.encode())
    assert len(spliced) > len(raw) - len(lead.encode())


def test_text_without_operations_stays_even_if_it_is_not_json() -> None:
    assert splice(b"\xff not json", []) == b"\xff not json"


@quick
@given(st.data(), values, st.sampled_from(STYLES), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_text_of_json_dumps_is_spliced_to_what_json_dumps_would_write(
    data: st.DataObject, value: JsonValue, style: dict[str, Any], newline: str, ascii_only: bool
) -> None:
    def dump(document: JsonValue) -> bytes:
        text = json.dumps(document, ensure_ascii=ascii_only, **style).encode("utf-8", "surrogatepass")
        return text.replace(b"\n", newline.encode())

    document = {"é": {"habits": [1, 2]}, "doc": value}
    operations = data.draw(operations_for(document, under=("doc",)))
    expected = apply(document, operations)
    # Half a surrogate pair has no UTF-8: it is an escape in any document, which json.dumps does not see to.
    assume("\\ud800" not in json.dumps([document, expected]))
    assert splice(dump(document), operations) == dump(expected)


@quick
@given(st.data(), values, st.sampled_from(STYLES))
def test_a_change_taken_back_gives_the_same_bytes(data: st.DataObject, value: JsonValue, style: dict[str, Any]) -> None:
    document = {"habits": [1, {}], "doc": value}
    raw = json.dumps(document, **style).encode()
    there = dict(paths_in(document))
    changed = [operation for operation in data.draw(operations_for(document, ("doc",))) if operation.path in there]
    changes = [Set(operation.path, data.draw(values)) for operation in changed if isinstance(operation, Set)]
    back = [Set(change.path, there[change.path]) for change in changes]
    assert splice(splice(raw, changes), back) == raw


# --- new text follows the text around it ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "operation", "after"),
    [
        ("[1,2]", Append((), 3), "[1,2,3]"),
        ("[1, 2]", Append((), [3, 4]), "[1, 2, [3, 4]]"),
        ("[1 ,2 ]", Append((), 3), "[1 ,2 ,3 ]"),
        ("[]", Append((), {"a": [1, 2]}), '[{"a": [1, 2]}]'),
        ("[1]", Append((), 2), "[1, 2]"),
        ("[ ]", Append((), 1), "[1]"),
        ("[\n  1\n]", Append((), [2]), "[\n  1,\n  [\n    2\n  ]\n]"),
        ("[\n  1, 2,\n  3, 4\n]", Append((), 5), "[\n  1, 2,\n  3, 4, 5\n]"),
        ("[\n\t1\n\t, 2\n]", Append((), 3), "[\n\t1\n\t, 2\n\t, 3\n]"),
        ("[\r\n   [1],\r\n   [2]\r\n]\r\n", Append((), [3]), "[\r\n   [1],\r\n   [2],\r\n   [3]\r\n]\r\n"),
        ('[{\n  "a": 1\n}]', Append((), {"b": 2}), '[{\n  "a": 1\n}, {\n  "b": 2\n}]'),
        ('{"a":1}', Set(("b",), [1, {"c": 2}]), '{"a":1,"b":[1,{"c":2}]}'),
        ('{"a" : 1}', Set(("b",), 2), '{"a" : 1, "b" : 2}'),
        ('{\n    "a": {}\n}', Set(("a", "b"), 2), '{\n    "a": {\n        "b": 2\n    }\n}'),
        ('{\n\t"a": [ ]\n}', Append(("a",), 2), '{\n\t"a": [\n\t\t2\n\t]\n}'),
        ('{\n "a": {"b": []}\n}', Append(("a", "b"), 2), '{\n "a": {"b": [2]}\n}'),
        ('{\n "a": [1, 2]\n}', Set(("a",), [1, 2, 3]), '{\n "a": [1, 2, 3]\n}'),
        ('{\n "a": [1, 2]\n}', Set(("a",), {"b": 3}), '{\n "a": {\n  "b": 3\n }\n}'),
        ('{\n "a": null\n}', Set(("a",), [1]), '{\n "a": [\n  1\n ]\n}'),
        ('{\n "a": [\n  1\n ]\n}', Set(("a",), []), '{\n "a": []\n}'),
        ('{\n    "a": {\n      "b": 1\n    }\n}', Set(("a",), {"c": 2}), '{\n    "a": {\n      "c": 2\n    }\n}'),
        ('{"a": 1, "a": 2}', Set(("a",), 3), '{"a": 1, "a": 3}'),
        ('{"a": 1, "a": {"b": 2}}', Set(("a", "b"), 3), '{"a": 1, "a": {"b": 3}}'),
        (r'{"\u0061": 1}', Set(("a",), 2), r'{"\u0061": 2}'),
        ('["a"]', Append((), "é"), r'["a", "\u00e9"]'),
        ('["ä"]', Append((), "é"), '["ä", "é"]'),
        ('["ä"]', Append((), "é\ud800"), r'["ä", "\u00e9\ud800"]'),
        (" NaN\n", Set((), 1), " 1\n"),
        ("[NaN, -0, 1E400]", Set((1,), 0), "[NaN, 0, 1E400]"),
    ],
)
def test_new_text_follows_the_layout_of_its_surroundings(before: str, operation: Operation, after: str) -> None:
    assert splice(before.encode(), [operation]) == after.encode()


def test_many_operations_go_into_one_document_in_one_pass() -> None:
    raw = b'{\n  "history": [],\n  "status": {"a": 1},\n  "value": 0\n}\n'
    operations = [
        Append(("history",), {"by": "Ada"}),
        Set(("value",), 1),
        Set(("status", "b"), 2),
        Set(("new",), None),
        Append(("history",), 2),
        Set(("status", "c"), 3),
        Set(("status", "a"), 0),
        Set(("newer",), []),
    ]
    assert splice(raw, operations).decode() == (
        '{\n  "history": [\n    {\n      "by": "Ada"\n    },\n    2\n  ],\n'
        '  "status": {"a": 0, "b": 2, "c": 3},\n  "value": 1,\n  "new": null,\n  "newer": []\n}\n'
    )
