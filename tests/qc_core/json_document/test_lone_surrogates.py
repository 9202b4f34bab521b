"""Lone surrogates: read as the characters that are written, and written back as the escape."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc_core.json_document import Append, Set, apply, parse, splice

ANY_TEXT = st.text(st.characters(codec=None) | st.sampled_from("\ud800\udbff\udc00\udfff\\u\U0001f600"))
ANY_VALUE = st.recursive(
    st.none() | st.integers() | ANY_TEXT, lambda inner: st.lists(inner) | st.dictionaries(ANY_TEXT, inner)
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (rb'"\ud800"', r"\ud800"),
        (rb'"\uDFFF end"', r"\udfff end"),
        (rb'"\ud83d\ude00"', "\U0001f600"),
        (rb'"\ud800\ud83d\ude00"', "\\ud800\U0001f600"),
        (rb'"\ude00\ud83d"', r"\ude00\ud83d"),
        (rb'"\\ud800"', r"\ud800"),
        (rb'"\\\ud800"', r"\\ud800"),
        (rb'{"\ud800": ["\ud801"]}', {r"\ud800": [r"\ud801"]}),
    ],
)
def test_lone_surrogate_reads_as_the_characters_written(written: bytes, read: object) -> None:
    assert parse(written, what="It") == read


def test_lone_surrogate_can_be_kept() -> None:
    assert parse(rb'"\ud800"', what="It", keep_lone_surrogates=True) == "\ud800"


@given(ANY_VALUE)
def test_every_text_that_is_read_can_be_encoded(value: object) -> None:
    read = parse(json.dumps(value).encode(), what="It")
    assert json.loads(json.dumps(read, ensure_ascii=False).encode("utf-8")) == read


def test_splice_leaves_lone_surrogates_elsewhere_byte_for_byte() -> None:
    raw = rb'{"metrics": [{"name": "a\ud800b", "history": [{"by": "\udc00"}], "status": "Fail"}]}'
    new = splice(raw, [Append(("metrics", 0, "history"), {"by": "Ada"}), Set(("metrics", 0, "status"), "Pass")])
    assert new == raw.replace(rb'"\udc00"}', rb'"\udc00"}, {"by": "Ada"}').replace(b'"Fail"', b'"Pass"')


def test_splice_finds_a_key_that_holds_a_lone_surrogate() -> None:
    assert splice(rb'{"a": {"tag:\ud800": "Fail"}}', [Set(("a", r"tag:\ud800"), "Pass")]) == (
        rb'{"a": {"tag:\ud800": "Pass"}}'
    )


def test_splice_writes_the_lone_surrogates_of_a_replaced_text_again() -> None:
    raw = rb'{"notes": "old \ud800 text"}'
    assert splice(raw, [Set(("notes",), parse(raw, what="It")["notes"] + "\nnew")]) == (
        rb'{"notes": "old \ud800 text\nnew"}'
    )


def test_splice_keeps_characters_that_were_plain_text() -> None:
    raw = rb'{"notes": "old \\ud800 text"}'
    assert splice(raw, [Set(("notes",), "old \\ud800 text, new")]) == rb'{"notes": "old \\ud800 text, new"}'


@given(ANY_VALUE, ANY_VALUE)
def test_parsed_splice_equals_apply(old: object, new: object) -> None:
    raw = json.dumps({"value": old}).encode()
    operation = Set(("value",), parse(json.dumps(new).encode(), what="It"))
    assert parse(splice(raw, [operation]), what="It") == apply(parse(raw, what="It"), [operation])
