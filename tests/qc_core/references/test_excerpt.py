from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.references.excerpt import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, excerpt


def whole(name: str, text: str) -> Any:
    raw = text.encode()
    return excerpt(name, raw, len(raw))


def test_a_short_text_is_shown_whole() -> None:
    assert whole("a.txt", "first\nsecond") == excerpt("a.txt", b"first\nsecond", 12)
    assert whole("a.txt", "first").limit == ""


def test_a_long_text_has_a_note_of_how_much_is_shown() -> None:
    shown = excerpt("a.log", b"x" * MAX_BYTES, 3_000_000)
    assert len(shown.text) == MAX_BYTES
    assert shown.limit == "Shown: the first 100 kB of 3.0 MB."


def test_a_character_that_the_limit_cuts_is_left_out() -> None:
    assert excerpt("a.txt", "dµ".encode()[:-1], 400) == excerpt("a.txt", b"d", 400)


def test_bytes_that_are_not_text_are_reported() -> None:
    shown = excerpt("a.txt", b"a\xff\x00b", 4)
    assert shown.text == "a\ufffd\x00b"
    assert shown.limit == "Some characters could not be read."
    assert whole("a.txt", "\ufeffa").text == "a"
    assert excerpt("a.txt", "aµ".encode("utf-16"), 6).text == "aµ"


def test_a_table_has_rows_whatever_delimiter_it_has() -> None:
    assert whole("a.csv", 'a,b\n1,"x, y"\n').rows == (("a", "b"), ("1", "x, y"))
    assert whole("a.csv", "a;b\n1,5;2\n").rows == (("a", "b"), ("1,5", "2"))
    assert whole("a.tsv", "a\tb\n1\t2").rows == (("a", "b"), ("1", "2"))


def test_a_large_table_has_a_note_of_what_is_left_out() -> None:
    shown = whole("a.csv", "\n".join(",".join(["1"] * 70) for _ in range(MAX_ROWS + 9)))
    assert len(shown.rows) == MAX_ROWS + 1
    assert len(shown.rows[0]) == MAX_COLUMNS
    assert shown.limit == f"Shown: the first {MAX_ROWS} rows. Shown: the first {MAX_COLUMNS} of 70 columns."


def test_a_row_that_the_limit_cuts_is_left_out() -> None:
    assert excerpt("a.csv", b"a,b\n1,2\n3,", 900).rows == (("a", "b"), ("1", "2"))


def test_json_is_laid_out_unless_it_is_cut() -> None:
    assert whole("a.json", '{"a":[1,"µ"]}').text == '{\n  "a": [\n    1,\n    "µ"\n  ]\n}'
    assert excerpt("a.json", b'{"a":[1', 900).text == '{"a":[1'
    assert whole("a.json", "[" * 50_000).text.startswith("[[")


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(["a.csv", "a.tsv", "a.json", "a.txt"]), st.binary(max_size=60), st.integers(0, 9))
def test_no_bytes_make_it_fail(name: Any, head: Any, more: Any) -> None:
    shown = excerpt(name, head, len(head) + more)
    assert not (shown.text and shown.rows)
    assert shown.limit.startswith("Shown: the first 0 kB") == (more > 0)


def test_json_that_would_become_far_longer_with_a_value_a_line_stays_as_it_is() -> None:
    nested = "[" * 900 + ",".join("1" * 40_000) + "]" * 900
    assert whole("a.json", nested).text == nested
    assert whole("a.json", '{"a":[1]}').text == '{\n  "a": [\n    1\n  ]\n}'
