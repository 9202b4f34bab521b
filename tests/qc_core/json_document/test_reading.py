"""JSON text is read with errors that say where."""

import codecs
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc_core.errors import BadRecord
from qc_core.json_document import Set, parse, splice
from qc_core.json_document.value import same_value
from tests.qc_core.json_document.documents import documents, quick


@quick
@given(documents)
def test_document_is_read_as_json_loads_reads_it_where_lone_surrogates_are_kept(raw: bytes) -> None:
    assert same_value(parse(raw, what="qc.json", keep_lone_surrogates=True), json.loads(raw))


@quick
@given(st.binary(max_size=20) | st.text('[]{},:"\\ \n0-e.ntfN', max_size=20).map(str.encode))
def test_whatever_the_bytes_are_they_are_read_or_refused_by_name(raw: bytes) -> None:
    try:
        parse(raw, what="qc.json")
    except BadRecord as error:
        assert error.message.startswith("qc.json ")
        assert error.hint


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "not JSON: Expecting value at line 1, column 1"),
        (b'{\r\n  "a": 1,\r\n}', "not JSON: Expecting property name enclosed in double quotes at line 3, column 1"),
        (b'{"a": 1} x', "not JSON: Extra data at line 1, column 10"),
        (b'["a\nb"]', "not JSON: Invalid control character at at line 1, column 4"),
        (b'["\n', "line 1, column 3"),
        (b'[\n "\xff"]', "not UTF-8 text: line 2, byte 3"),
        (b'["\xed\xa0\x80"]', "not UTF-8 text: line 1, byte 3"),
        ("[]".encode("utf-16"), "not UTF-8 text: line 1, byte 1"),
        (codecs.BOM_UTF8 * 2 + b"[]", "at line 1, column 1"),
        (b"[" * 100_000, "nested too deeply"),
        (b'["' + b"1" * 5000 + b'",\n ' + b"1" * 5000 + b".5, " + b"1" * 5000 + b"]", "line 2, column 5006"),
    ],
)
def test_unreadable_text_is_reported_with_its_line(raw: bytes, words: str) -> None:
    with pytest.raises(BadRecord) as refused:
        parse(raw, what="qc.json")
    assert refused.value.message.startswith("qc.json ")
    assert words in refused.value.message
    assert refused.value.hint
    with pytest.raises(BadRecord):
        splice(raw, [Set(("a",), 1)])
