"""Text of records means nothing to Markdown, and an error costs one part of the screen."""

import logging
import re
import string

import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from pages.shell.errors import BREAK, boundary, plain, plain_lines, plain_with_code

HOSTILE = [
    "[x](javascript:alert(1))",
    "![x](https://example.org/seen.png)",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "https://example.org/x www.example.org someone@example.org",
    "[x]: https://example.org\n\n[x]",
    ":red[x] :material/delete: :smile: :red-badge[x] :small[x]",
    "$\\text{x}$ $$x$$",
    "**b** __b__ _i_ *i* ~~s~~ `c` ```\ncode\n```",
    "# title\n## title\n- item\n+ item\n1. item\n> quote\n---\n===\n***",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "&lt;b&gt; &#60; &colon;",
    "line  \nbreak\\\nbreak\tand\u2028more",
    "-> <- -- => 1) ^2^ [^1] :::note",
]
REWRITTEN = (
    # remark-gfm, remark-emoji and Streamlit's own plugins, as in the page's script (StreamlitMarkdown.*.js)
    r"(^|\s)(<->|->|<-|--|>=|<=|~=)(\s|$)",
    r":streamlit:",
    r":material_(\w+):",
    r":\+1:|:-1:|:[\w-]+:",
    r"(?i)(https?://|www(?=\.))([-.\w]+)([^ \t\r\n]*)",
    r"([-.\w+]+)@([-\w]+(?:\.[-\w]+)+)",
)
"""What the page looks for in each run of text, after its escapes are gone."""
MEANS_SOMETHING = set("\\`*_{}[]()<>#+-.!|~$:^&\"'=@/")


def meant(escaped: str) -> str:
    """What Markdown may still take for itself: the text without escaped signs."""
    rest, letters = "", iter(escaped)
    for letter in letters:
        if letter == "\\":
            next(letters)
        else:
            rest += letter
    return rest


def runs(escaped: str) -> list[str]:
    """The runs of text that the page makes of it, without the escapes."""
    shown, letters = "", iter(escaped.replace(BREAK, "\0"))
    for letter in letters:
        shown += next(letters) if letter == "\\" else letter
    return shown.split("\0")


def expect_as_it_is(text: str) -> None:
    assert "".join(runs(plain(text))) == " ".join(text.split())
    assert not MEANS_SOMETHING & set(meant(plain(text).replace(BREAK, "")))
    assert [run for run in runs(plain(text)) if any(re.search(one, run) for one in REWRITTEN)] == []


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_a_record_is_shown_as_it_is(text: str) -> None:
    expect_as_it_is(text)


_PIECES = [
    *string.printable,
    "é",
    "\u2028",
    "\u00a0",
    "->",
    ">=",
    " -- ",
    "<->",
    ":smile:",
    "www.",
    "https://",
    "a@b.c",
]


@given(some.lists(some.sampled_from(_PIECES), max_size=40).map("".join))
def test_no_text_means_anything_to_markdown(text: str) -> None:
    expect_as_it_is(text)
    assert "\n" not in plain(text)


def test_text_of_several_lines_keeps_them() -> None:
    assert plain_lines("first\n\n- second ->\n") == "first  \n\u00a0  \n\\- second \\-:small[]\\>"


def test_only_characters_that_markdown_can_escape_are_escaped() -> None:
    assert plain("Drift µm 12 é 漢") == "Drift µm 12 é 漢"
    signs = "".join(MEANS_SOMETHING)
    assert set(signs) <= set(string.punctuation)


def test_error_is_shown_where_it_happened_and_the_rest_is_drawn(caplog: pytest.LogCaptureFixture) -> None:
    def script() -> None:
        import streamlit as st

        from pages.shell.errors import boundary
        from qc_core.errors import StoreUnavailable

        with boundary("one part"):
            raise StoreUnavailable("The [disk](x) is full.", "Make room.")
        with boundary("the metric *Drift*"):
            raise ZeroDivisionError("secret detail")
        st.write("the rest")

    app = AppTest.from_function(script).run()
    assert not app.exception
    known, unknown = (one.value for one in app.error)
    assert known == f"{plain('The [disk](x) is full.')}\n\n{plain('Make room.')}"
    assert "secret" not in unknown and plain("the metric *Drift*") in unknown
    assert app.markdown[0].value == "the rest"
    [record] = [record for record in caplog.records if record.name == "qc_portal"]
    assert record.levelno == logging.ERROR
    assert record.args is not None
    number = str(record.args[0])
    assert f"give the number {number}" in unknown


def test_control_flow_of_streamlit_passes_the_boundary() -> None:
    def script() -> None:
        import streamlit as st

        from pages.shell.errors import boundary

        with boundary("one part"):
            st.stop()
        st.write("never")

    app = AppTest.from_function(script).run()
    assert not app.exception and not app.error and not app.markdown


def test_boundary_adds_nothing_without_an_error() -> None:
    passed = False
    with boundary("one part"):
        passed = st.session_state is not None
    assert passed


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Run `python -m qc_core merge`, then reload.", "Run `python -m qc_core merge`, then reload\\."),
        ("`metrics` nor `evaluations`", "`metrics` nor `evaluations`"),
        ("one ` alone", plain("one ` alone")),
        ("an empty pair ``", plain("an empty pair ``")),
        ("no code", "no code"),
        ("", ""),
    ],
)
def test_code_in_a_sentence_is_drawn_as_code(text: str, markdown: str) -> None:
    assert plain_with_code(text) == markdown


@given(some.text("`\\ *[]():/w.@<>$\nab"))
def test_text_next_to_code_means_nothing_to_markdown(text: str) -> None:
    drawn = plain_with_code(text)
    assert re.fullmatch(r"(?:\\.|`[^`]*`|[ab w]|:small\[\])*", drawn), drawn
