import json
import sys
from typing import Any

import pytest

from qc_core.log_lines import line, redact


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer SECRET-token-12345",
        "cookie _streamlit_user=SECRET; Path=/",
        "https://bucket.s3.amazonaws.com/key.png?X-Amz-Signature=SECRET&X-Amz-Date=1",
        "eyJhbGciOiJSUECRET.SECRETSECRET.SECRET",
        "token=SECRET",
        "GET /oauth2callback?code=SECRET&state=SECRET",
        "client_secret=SECRET",
    ],
)
def test_secrets_are_removed(text: str) -> None:
    assert "SECRET" not in redact(text)


def test_other_text_stays() -> None:
    for text in (
        "GET /files/abc/def/drift.png",
        "an error 1a2b3c while drawing the figure",
        "https://example.org/a.png",
    ):
        assert redact(text) == text


def test_a_line_is_one_object_whatever_is_in_it() -> None:
    text = line({"message": "two\nlines “and” more", "status": 200, "session": None})
    assert "\n" not in text
    assert json.loads(text) == {"message": "two\nlines “and” more", "status": 200}


def test_a_failure_is_logged_by_its_kind_and_line_and_never_by_its_text() -> None:
    try:
        raise ValueError("what somebody wrote in a note")
    except ValueError:
        text = line({"message": "error 12 while drawing"}, sys.exc_info())
    record = json.loads(text)
    assert record["error"] == "ValueError"
    assert (
        record["traceback"].startswith("Traceback (most recent call last)")
        and "test_log_lines.py" in record["traceback"]
    )
    assert record["message"] == "error 12 while drawing"


@pytest.mark.parametrize(
    "character",
    [
        *("\x1b", "\x7f", "\x85", "\x9b", "\u2028", "\u2029"),
        *("\u202e", "\u2066", "\u200b", "\u200f", "\ufeff", "\u061c", "\U000e0041", "\ud800", "\ue000"),
    ],
)
def test_a_character_that_ends_lines_or_steers_a_terminal_is_escaped(character: Any) -> None:
    text = line({"message": f"before{character}after", character: 1})
    assert character not in text and text.isprintable()
    assert len(text.splitlines()) == 1
    assert json.loads(text) == {"message": f"before{character}after", character: 1}


def test_letters_of_every_language_stay_readable() -> None:
    assert "Žluťoučký 漢字 עברית 🐭" in line({"message": "Žluťoučký 漢字 עברית 🐭"})
